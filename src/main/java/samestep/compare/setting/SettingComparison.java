package samestep.compare.setting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.compare.proof.Partners;
import samestep.compare.setting.SettingRow.Status;
import samestep.recipe.ParameterName;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.recipe.setting.Settings;
import samestep.recipe.setting.Unjudged;

/**
 * The settings of two trainings side by side. A setting that only one side gives is neither a difference nor a proof of
 * sameness: it is counted.
 *
 * @param rows one for each setting; layers that read alike are one row
 * @param unjudged fields of the net and the data that are not the same, where both files are of one form: what follows from
 *     them is not judged
 */
public record SettingComparison(List<SettingRow> rows, List<Unjudged.Difference> unjudged) {
    /** Copies the lists. */
    public SettingComparison {
        rows = List.copyOf(rows);
        unjudged = List.copyOf(unjudged);
    }

    /** The rows of one file: the layers that read alike together. */
    public static List<SettingRow> grouped(Settings settings) {
        List<SettingRow> rows = new ArrayList<>();
        for (SettingKind kind : SettingKind.values()) {
            rows.addAll(OfKind.merged(OfKind.byOwner(settings.of(kind)).values().stream()
                    .map(s -> SettingRow.of(s.owner(), Optional.of(s), Optional.empty()))
                    .toList()));
        }
        return rows;
    }

    /** Compares; layers belong together as their parameters do. */
    public static SettingComparison of(Settings source, Settings target, Partners partners) {
        Map<String, String> names = new HashMap<>();
        partners.layers().forEach((here, there) -> names.put(there, here));
        Settings renamed = target.renamed(names);
        List<SettingRow> rows = new ArrayList<>();
        for (SettingKind kind : SettingKind.values()) {
            rows.addAll(new OfKind(source.of(kind), renamed.of(kind)).rows());
        }
        return new SettingComparison(rows, source.unjudged().differences(target.unjudged()));
    }

    /** Rows of a status. */
    public List<SettingRow> of(Status status) {
        return rows.stream().filter(r -> r.status() == status).toList();
    }

    /** Whether a setting is surely not the same. */
    public boolean differs() {
        return !of(Status.DIFFERS).isEmpty();
    }

    /** Whether no setting differs, and no field of the net or the data does. */
    public boolean isSame() {
        return !differs() && unjudged.isEmpty();
    }

    /** One kind of setting on both sides. */
    private record OfKind(List<Setting> source, List<Setting> target) {

        List<SettingRow> rows() {
            Map<String, Setting> here = byOwner(source);
            Map<String, Setting> there = byOwner(target);
            List<SettingRow> rows = new ArrayList<>();
            List<Setting> alone = new ArrayList<>();
            for (Map.Entry<String, Setting> entry : here.entrySet()) {
                List<Setting> partners = partners(entry.getValue(), there);
                for (Setting partner : partners) {
                    rows.add(SettingRow.of(entry.getKey(), Optional.of(entry.getValue()), Optional.of(partner)));
                }
                if (partners.isEmpty()) {
                    alone.add(entry.getValue());
                }
            }
            List<Setting> aloneInTarget = there.values().stream()
                    .filter(s -> partners(s, here).isEmpty())
                    .toList();
            rows.addAll(withoutPartners(alone, aloneInTarget));
            return merged(rows);
        }

        private static Map<String, Setting> byOwner(List<Setting> settings) {
            Map<String, Setting> byOwner = new LinkedHashMap<>();
            settings.forEach(s -> byOwner.putIfAbsent(s.owner(), s));
            return byOwner;
        }

        /** The one of the same owner; or the one for every layer; for what is given for every layer, all of them. */
        private static List<Setting> partners(Setting setting, Map<String, Setting> others) {
            Optional<Setting> one = Optional.ofNullable(others.get(setting.owner()))
                    .or(() -> Optional.ofNullable(
                            others.get(setting.in(ParameterName.ANY_LAYER).owner())));
            if (one.isPresent() || !setting.layer().equals(ParameterName.ANY_LAYER)) {
                return one.stream().toList();
            }
            return others.values().stream()
                    .filter(s -> s.part().equals(setting.part()))
                    .toList();
        }

        /** Layers of other names: where each side has one value for all of its layers, the names do not matter. */
        private static List<SettingRow> withoutPartners(List<Setting> here, List<Setting> there) {
            Set<String> parts = new LinkedHashSet<>();
            here.forEach(s -> parts.add(s.part()));
            there.forEach(s -> parts.add(s.part()));
            List<SettingRow> rows = new ArrayList<>();
            parts.forEach(part -> rows.addAll(ofPart(of(part, here), of(part, there))));
            return rows;
        }

        private static List<Setting> of(String part, List<Setting> settings) {
            return settings.stream().filter(s -> s.part().equals(part)).toList();
        }

        private static List<SettingRow> ofPart(List<Setting> here, List<Setting> there) {
            if (!here.isEmpty()
                    && !there.isEmpty()
                    && here.get(0).kind().scope() != SettingKind.Scope.FIELD
                    && isOneValue(here)
                    && isOneValue(there)) {
                return here.stream()
                        .map(s -> SettingRow.of(s.owner(), Optional.of(s), Optional.of(there.get(0))))
                        .toList();
            }
            List<SettingRow> rows = new ArrayList<>();
            here.stream()
                    .filter(OfKind::isWorthSaying)
                    .forEach(s -> rows.add(SettingRow.of(s.owner(), Optional.of(s), Optional.empty())));
            there.stream()
                    .filter(OfKind::isWorthSaying)
                    .forEach(s -> rows.add(SettingRow.of(s.owner(), Optional.empty(), Optional.of(s))));
            return rows;
        }

        /** The default of a field that the other form lacks is not worth a row, nor is what is off by default. */
        private static boolean isWorthSaying(Setting setting) {
            boolean field = setting.kind().scope() == SettingKind.Scope.FIELD;
            return setting.isWritten() || !field && !isOff(setting);
        }

        private static boolean isOff(Setting setting) {
            return switch (setting.kind()) {
                case LABEL_SMOOTHING, MIXUP, CUTMIX, WEIGHT_AVERAGE, DROPOUT, DROP_PATH ->
                    setting.value() instanceof SettingValue.Number number
                            && number.quantity().isZero();
                case LOSS_SCALING ->
                    setting.value() instanceof SettingValue.Word word
                            && word.word().equals("none");
                default -> false;
            };
        }

        private static boolean isOneValue(List<Setting> settings) {
            Setting first = settings.get(0);
            return settings.stream().allMatch(s -> s.value().means(first.value()));
        }

        private static List<SettingRow> merged(List<SettingRow> rows) {
            List<SettingRow> merged = new ArrayList<>();
            for (SettingRow row : rows) {
                int at = 0;
                while (at < merged.size() && !merged.get(at).readsAs(row)) {
                    at++;
                }
                if (at == merged.size()) {
                    merged.add(row);
                } else {
                    List<String> owners = new ArrayList<>(merged.get(at).owners());
                    owners.addAll(row.owners());
                    merged.set(at, merged.get(at).with(owners));
                }
            }
            return merged;
        }
    }
}
