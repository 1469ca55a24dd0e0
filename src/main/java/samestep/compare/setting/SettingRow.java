package samestep.compare.setting;

import java.util.List;
import java.util.Optional;
import samestep.recipe.ParameterName;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;

/**
 * A setting, as in each of two configurations.
 *
 * @param kind what it decides
 * @param owners the layers or parameters that have it, as the source names them; empty for the whole run
 * @param source the source's; empty where the source does not say it
 * @param target the target's; empty where the target does not say it
 * @param status what came of comparing them
 */
public record SettingRow(
        SettingKind kind, List<String> owners, Optional<Setting> source, Optional<Setting> target, Status status) {

    /** So many owners are all named. */
    private static final int FEW = 3;

    /** What came of comparing a setting. */
    public enum Status {
        /** Both sides mean the same. */
        SAME,
        /** The sides mean different things. */
        DIFFERS,
        /** The source does not say it: nothing follows. */
        NOT_SAID_BY_SOURCE,
        /** The target does not say it: nothing follows. */
        NOT_SAID_BY_TARGET
    }

    /** Copies the owners. */
    public SettingRow {
        owners = List.copyOf(owners);
    }

    static SettingRow of(String owner, Optional<Setting> source, Optional<Setting> target) {
        Setting any = source.or(() -> target).orElseThrow();
        Status status;
        if (source.isPresent() && target.isPresent()) {
            status = source.get().value().means(target.get().value()) ? Status.SAME : Status.DIFFERS;
        } else {
            status = source.isPresent() ? Status.NOT_SAID_BY_TARGET : Status.NOT_SAID_BY_SOURCE;
        }
        return new SettingRow(any.kind(), owner.isEmpty() ? List.of() : List.of(owner), source, target, status);
    }

    /** Whether another row says the same of other layers; of fields, the same field of them. */
    boolean readsAs(SettingRow other) {
        return kind == other.kind
                && (kind.scope() != SettingKind.Scope.FIELD || isSameField(other))
                && status == other.status
                && alike(source, other.source)
                && alike(target, other.target);
    }

    private boolean isSameField(SettingRow other) {
        Setting here = source.or(() -> target).orElseThrow();
        Setting there = other.source.or(() -> other.target).orElseThrow();
        return !here.layer().isEmpty()
                && !there.layer().isEmpty()
                && here.part().equals(there.part());
    }

    private static boolean alike(Optional<Setting> one, Optional<Setting> other) {
        return one.isPresent() == other.isPresent()
                && (one.isEmpty() || one.get().value().means(other.orElseThrow().value()));
    }

    /** The owners in a few words: {@code 7 (conv1 ... fc8)}; empty for a setting of the whole run. */
    public String ownersInWords() {
        if (owners.size() == 1) {
            return owners.get(0).equals(ParameterName.ANY_LAYER) ? "every layer" : owners.get(0);
        }
        String few = owners.size() <= FEW
                ? String.join(", ", owners)
                : owners.get(0) + " ... " + owners.get(owners.size() - 1);
        return owners.isEmpty() ? "" : owners.size() + " (" + few + ")";
    }

    SettingRow with(List<String> others) {
        return new SettingRow(kind, others, source, target, status);
    }
}
