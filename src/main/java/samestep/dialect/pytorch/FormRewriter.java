package samestep.dialect.pytorch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.Proposal;
import samestep.dialect.Rewrite;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.syntax.Decimals;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlScalar;
import samestep.text.SourceText;

/** Changes a user's own file so that it says what a form would write for a recipe. */
final class FormRewriter {
    private final Recipe recipe;
    private final SourceText existing;

    FormRewriter(Recipe recipe, SourceText existing) {
        this.recipe = recipe;
        this.existing = existing;
    }

    /** How the entries of a written document come into an existing one. */
    interface Change {
        /**
         * Notes the edits.
         *
         * @param here the existing document
         * @param wanted what would be written
         */
        void make(YamlMerge edits, YamlMapping here, YamlMapping wanted);
    }

    /** One rewrite for each way of writing. */
    Outcome<List<Rewrite>> rewrites(String style, Change change) {
        return ConfigurationText.parse(existing).then(here -> {
            List<Rewrite> rewrites = new ArrayList<>();
            for (Proposal proposal : PytorchWriter.proposals(recipe, style)) {
                SourceText text = new SourceText("wanted", proposal.texts().getOrDefault(style, ""));
                Optional<YamlMapping> wanted = ConfigurationText.mapping(text);
                if (wanted.isPresent()) {
                    YamlMerge edits = new YamlMerge(existing);
                    change.make(edits, here, wanted.get());
                    rewrites.add(new Rewrite(
                            existing, edits.edits(), Optional.empty(), proposal.written(), proposal.findings()));
                }
            }
            return rewrites.isEmpty()
                    ? Outcome.failed(Finding.of(Code.SS204, "PyTorch has nothing that corresponds to this optimizer"))
                    : Outcome.of(rewrites, List.of());
        });
    }

    /**
     * For documents of names with values: every entry is set, unless it is missing and the library's default, and others
     * that would say more are taken away.
     *
     * @param here the mapping of the document
     * @param prefix of the fields among the defaults
     * @param based whether a file below this one may say something else than the defaults
     * @param others what decides an update as well
     */
    static void flat(
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
