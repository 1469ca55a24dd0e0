package samestep.dialect.pytorch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.dialect.pytorch.form.FormChange;
import samestep.dialect.pytorch.form.YamlMerge;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.Rewrite;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.syntax.yaml.YamlMapping;
import samestep.text.SourceText;

/** Changes a user's own file so that it says what a form would write for a recipe. */
final class FormRewriter {
    private final Recipe recipe;
    private final SourceText existing;

    FormRewriter(Recipe recipe, SourceText existing) {
        this.recipe = recipe;
        this.existing = existing;
    }

    /** One rewrite for each way of writing. */
    Outcome<List<Rewrite>> rewrites(String style, FormChange change) {
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
}
