package samestep.dialect.pytorch.form;

import java.util.List;
import samestep.syntax.Decimals;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;

/** The change of documents of names with values. */
public final class FlatChange {
    private FlatChange() {}

    /**
     * For documents of names with values: every entry is set, unless it is missing and the library's default, and others
     * that would say more are taken away.
     *
     * @param here the mapping of the document
     * @param prefix of the fields among the defaults
     * @param based whether a file below this one may say something else than the defaults
     * @param others what decides an update as well
     */
    public static void make(
            YamlMerge edits,
            YamlMapping here,
            YamlMapping wanted,
            FormDefaults defaults,
            String prefix,
            boolean based,
            List<String> others) {
        for (String other : others) {
            if (wanted.get(other).isEmpty()) {
                edits.remove(here, other);
            }
        }
        for (YamlEntry entry : wanted.entries()) {
            boolean missing = here.get(entry.name()).isEmpty();
            if (!missing || based || !isDefault(defaults, prefix + entry.name(), entry)) {
                edits.set(here, entry.name(), entry.value());
            }
        }
    }

    private static boolean isDefault(FormDefaults defaults, String field, YamlEntry entry) {
        if (!defaults.knows(field) || !(entry.value() instanceof YamlScalar scalar)) {
            return false;
        }
        return scalar.castDecimal()
                .map(number -> Decimals.parse(defaults.text(field))
                        .filter(d -> d.compareTo(number) == 0)
                        .isPresent())
                .orElseGet(() -> defaults.text(field).equals(scalar.text()));
    }
}
