package samestep.dialect.tensorflow.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Input;
import samestep.dialect.tensorflow.TensorflowForm;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.Rewrite;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.recipe.Recipe;
import samestep.syntax.prototxt.Prototxt;
import samestep.syntax.prototxt.PrototxtDocument;
import samestep.text.SourceText;

/** The {@code pipeline.config} of TensorFlow's Object Detection API. */
public final class PipelineForm implements TensorflowForm {
    private static final Set<String> OTHERS =
            Set.of("yaml", "yml", "json", "py", "ipynb", "md", "rst", "html", "toml", "ini", "cfg", "sh");

    @Override
    public String describes() {
        return "the Object Detection API's pipeline.config";
    }

    @Override
    public boolean recognises(SourceText source) {
        String name = source.name();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String text = source.text();
        return !OTHERS.contains(ending)
                && (text.contains("train_config") || text.contains("eval_config"))
                && text.contains("{")
                && !text.stripLeading().startsWith("{");
    }

    @Override
    public Set<String> styles() {
        return Set.of(PipelineWriter.PIPELINE);
    }

    @Override
    public List<Proposal> write(Recipe recipe, String style) {
        return PipelineWriter.proposals(recipe);
    }

    @Override
    public Outcome<List<Rewrite>> rewrite(Recipe recipe, SourceText existing, Map<String, String> layers) {
        Outcome<PrototxtDocument> parsed = Prototxt.parse(existing);
        if (parsed.hasErrors()) {
            return Outcome.failed(parsed.findings());
        }
        return parsed.then(document -> {
            PipelineSection root = PipelineSection.root(existing, document.root());
            List<Finding> wrong = PipelineCheck.of(root).stream()
                    .filter(f -> f.severity() == Severity.ERROR)
                    .toList();
            return wrong.isEmpty()
                    ? Outcome.of(PipelineRewriter.rewrites(recipe, root, layers), List.of())
                    : Outcome.failed(wrong);
        });
    }

    @Override
    public Optional<Proposal> copyVerbatim(Recipe recipe, String style) {
        return PipelineWriter.verbatim(recipe);
    }

    @Override
    public Outcome<Recipe> read(Input input) {
        Outcome<PrototxtDocument> parsed = Prototxt.parse(input.source());
        if (parsed.hasErrors()) {
            return Outcome.failed(parsed.findings());
        }
        return parsed.then(document -> {
            PipelineSection root = PipelineSection.root(input.source(), document.root());
            List<Finding> findings = new ArrayList<>(PipelineCheck.of(root));
            return new Outcome<>(PipelineReader.read(root, findings), findings);
        });
    }
}
