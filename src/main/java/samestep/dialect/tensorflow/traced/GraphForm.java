package samestep.dialect.tensorflow.traced;

import java.nio.file.Path;
import java.util.Optional;
import samestep.dialect.Input;
import samestep.dialect.tensorflow.TensorflowForm;
import samestep.dialect.tensorflow.graph.GraphFiles;
import samestep.dialect.tensorflow.graph.training.TrainingReader;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.text.LatePattern;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/** What a TensorFlow 1 program saves: {@code graph.pbtxt}, a {@code .meta} file, an Estimator's model_dir. */
public final class GraphForm implements TensorflowForm {
    private static final int HEAD = 20_000;
    private static final LatePattern NODE = new LatePattern("\\bnode\\s*[{<]\\s*name\\s*:\\s*\"[^\"]*\"\\s*op\\s*:");
    private static final LatePattern META_GRAPH = new LatePattern("\\A\\s*(meta_info_def|graph_def|node)\\s*[{<]");

    @Override
    public String describes() {
        return "graph.pbtxt, a .meta file, an Estimator's model_dir";
    }

    @Override
    public boolean recognises(SourceText source) {
        String text = source.text();
        String head = text.substring(0, Math.min(text.length(), HEAD));
        return META_GRAPH.matcher(head).find() && NODE.matcher(head).find();
    }

    @Override
    public Optional<SourceText> unpack(Path file, byte[] head) throws UnreadableSourceException {
        return GraphFiles.unpack(file, head);
    }

    @Override
    public Outcome<Recipe> read(Input input) {
        try {
            Outcome<Recipe> read =
                    TrainingReader.read(input.source()).then(training -> GraphRecipe.of(input.source(), training));
            read.value().ifPresent(recipe -> {
                recipe.quantities().forEach(Quantity::decimal);
                recipe.schedule().rateAtStart();
            });
            return read;
        } catch (ArithmeticException e) {
            // A graph may divide by zero, and find out when it runs.
            return Outcome.failed(Finding.at(
                    Place.start(input.source()),
                    Code.SS004,
                    "a number that the optimizer needs cannot be computed from this graph: " + e.getMessage()));
        }
    }
}
