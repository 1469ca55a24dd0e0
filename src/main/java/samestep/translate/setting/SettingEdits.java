package samestep.translate.setting;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.compare.proof.Partners;
import samestep.compare.setting.SettingRow;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.recipe.setting.Settings;
import samestep.syntax.Decimals;
import samestep.text.Edit;

/** Numbers of a document that are to be other ones so that a setting is the source's, in the convention of their fields. */
public final class SettingEdits {
    private SettingEdits() {}

    /**
     * The number of the source at each place of the target; none where a place cannot say it alone, or says another setting
     * too.
     *
     * @param row a setting that differs
     * @param target all settings of the document
     * @param partners which layers of the source are which of the document's
     */
    public static List<Edit> of(SettingRow row, Settings target, Partners partners) {
        if (!(row.source().orElseThrow().value() instanceof SettingValue.Number wanted)) {
            return List.of();
        }
        Map<String, String> names = new HashMap<>();
        partners.layers().forEach((here, there) -> names.put(there, here));
        Settings renamed = target.renamed(names);
        List<Setting> all = renamed.of(row.kind()).stream()
                .filter(s -> row.owners().isEmpty() || row.owners().contains(s.owner()))
                .filter(s -> s.value().means(row.target().orElseThrow().value()))
                .toList();
        List<Edit> edits = new ArrayList<>();
        for (Setting setting : all.isEmpty() ? List.of(row.target().orElseThrow()) : all) {
            Optional<Edit> edit = edit(setting, wanted.quantity());
            if (edit.isEmpty()) {
                return List.of();
            }
            edits.add(edit.get());
        }
        boolean shared = renamed.all().stream()
                .filter(s -> !all.contains(s))
                .anyMatch(s -> edits.stream().anyMatch(edit -> isAt(edit, s)));
        return shared ? List.of() : edits.stream().distinct().toList();
    }

    /** Another setting that the number says as well. */
    private static boolean isAt(Edit edit, Setting setting) {
        return setting.place()
                .filter(p -> p.source() == edit.source() && p.span().equals(edit.span()))
                .isPresent();
    }

    /** Only where one number of the file is the setting, in the convention of its field. */
    private static Optional<Edit> edit(Setting setting, Quantity wanted) {
        boolean alone = setting.spelling().origin() instanceof Origin.Written written
                && written.through().isEmpty()
                && setting.value() instanceof SettingValue.Number;
        if (!alone || setting.kind().scope() == SettingKind.Scope.FIELD) {
            return Optional.empty();
        }
        Place place = setting.place().orElseThrow();
        Quantity turned = setting.spelling().convention().turned(wanted);
        Quantity current = setting.spelling().convention().turned(((SettingValue.Number) setting.value()).quantity());
        Optional<BigDecimal> token = Decimals.parse(place.text());
        boolean said = token.filter(t -> t.compareTo(current.decimal()) == 0).isPresent();
        boolean whole = place.text().matches("[0-9]+");
        boolean fits = turned.isExactDecimal()
                && (!whole || turned.decimal().stripTrailingZeros().scale() <= 0);
        String text = whole ? turned.decimal().toBigInteger().toString() : turned.written();
        return said && fits
                ? Optional.of(new Edit(place.source(), place.span(), text, Edit.Certainty.EXACT))
                : Optional.empty();
    }
}
