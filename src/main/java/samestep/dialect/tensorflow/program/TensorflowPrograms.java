package samestep.dialect.tensorflow.program;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import samestep.dialect.Companions;
import samestep.dialect.ProgramText;
import samestep.dialect.tensorflow.program.graph.GraphWorld;
import samestep.finding.Place;
import samestep.program.Limits;
import samestep.program.Programs;
import samestep.program.Trace;
import samestep.program.value.RecordedCall.Argument;
import samestep.syntax.python.Python;
import samestep.text.SourceText;
import samestep.text.Words;

/** Programs that train with TensorFlow 1. Nothing of them is run. */
public final class TensorflowPrograms {
    private static final Words NAMES = Words.of("tensorflow", "tf_slim", "tensorpack");
    private static final Pattern LIBRARIES =
            Pattern.compile("(?m)^[ \\t]*(?:import|from)[ \\t]+(?:tensorflow|tf_slim|tensorpack)\\b");

    /** Without one of these a program makes neither a penalty nor an optimizer of TensorFlow 1. */
    private static final Pattern MATTERS = Pattern.compile(
            "\\btrain\\.\\w*Optimizer\\b|contrib\\.opt\\b|\\bl[12]_regularizer\\b|\\bl2_loss\\b|\\boptimize_loss\\b"
                    + "|\\bcreate_train_op\\b|\\bregularize_cost\\b|\\bweight_decay\\b|\\bmodel_fn\\b"
                    + "|import[ \\t]+\\w*Optimizer\\b|\\btrain\\w*\\(|\\barg_scope\\b");

    /** Networks of a hundred layers that are made in Python loops need more steps than a configuration. */
    private static final Limits LIMITS = new Limits(1_200_000, 20_000, 60, 2_000, 20_000, 200, 120);

    private TensorflowPrograms() {}

    /** Whether a text is such a program, by its name and its words; nothing is parsed. */
    public static boolean recognises(SourceText source) {
        return source.name().endsWith(".py")
                && ProgramText.mayTrain(source)
                && source.has(NAMES)
                && LIBRARIES.matcher(source.text()).find()
                && MATTERS.matcher(source.text()).find();
    }

    /**
     * Reads a program.
     *
     * @param companions finds its modules
     * @return empty if it neither trains nor makes a model with penalties
     */
    public static Optional<ProgramTraining> read(SourceText source, Companions companions) {
        GraphWorld world = new GraphWorld();
        Trace trace = trace(source, companions, world);
        if (!world.trainings().all().isEmpty()) {
            return new ProgramReader(trace, world).read();
        }
        Map<String, Map<String, Map<String, Argument>>> scopes = ModelReader.scopes(trace, world);
        if (scopes.isEmpty()) {
            return new ProgramReader(trace, world).read();
        }
        GraphWorld inScope = new GraphWorld();
        inScope.argumentScopes().around(scopes.values().iterator().next());
        if (scopes.size() > 1) {
            inScope.problems()
                    .unknown(
                            Place.start(source),
                            "the functions " + String.join(", ", scopes.keySet())
                                    + " make scopes for networks; the first is taken");
        }
        return new ProgramReader(trace(source, companions, inScope), inScope).read();
    }

    private static Trace trace(SourceText source, Companions companions, GraphWorld world) {
        Companions.Home home = companions.home();
        return Programs.read(List.of(Python.parse(source)), home.path(source), home.repository(), world, LIMITS);
    }
}
