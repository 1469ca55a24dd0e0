package samestep.dialect.tensorflow.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.tensorflow.program.call.Names;
import samestep.dialect.tensorflow.program.call.Problems;
import samestep.dialect.tensorflow.program.graph.GraphWorld;
import samestep.dialect.tensorflow.program.graph.LayerKind;
import samestep.dialect.tensorflow.program.graph.Variable;
import samestep.dialect.tensorflow.program.loss.LossReader;
import samestep.program.Trace;
import samestep.program.value.Circumstances;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.recipe.Quantity;

/**
 * A program that makes a model and leaves its training to another: the variables with all penalties that are collected.
 * For slim's networks, the scope that is defined with them, {@code alexnet_v2_arg_scope}, is taken around the whole.
 */
public final class ModelReader {
    private final GraphWorld world;
    private final Trace trace;

    ModelReader(GraphWorld world, Trace trace) {
        this.world = world;
        this.trace = trace;
    }

    /**
     * The scopes that functions of the program make for its networks, by function, in order: what their innermost
     * {@code arg_scope} gives.
     */
    public static Map<String, Map<String, Map<String, Argument>>> scopes(Trace trace, GraphWorld world) {
        Map<String, Map<String, Map<String, Argument>>> scopes = new LinkedHashMap<>();
        for (RecordedCall call : trace.calls()) {
            List<String> functions = call.circumstances().functions();
            boolean isScope = Names.of(call).filter("slim.arg_scope"::equals).isPresent()
                    && !functions.isEmpty()
                    && functions.get(functions.size() - 1).contains("arg_scope");
            if (isScope) {
                world.argumentScopes()
                        .of(new samestep.program.value.Value.Made(call))
                        .ifPresent(scope -> scopes.put(functions.get(functions.size() - 1), scope));
            }
        }
        return scopes;
    }

    public Optional<ProgramTraining> read() {
        Circumstances when = Circumstances.NONE;
        LossReader loss = new LossReader(world, when, new Problems());
        world.collections()
                .all()
                .forEach(entry -> loss.read(entry.value(), samestep.finding.Place.start(trace.source())));
        List<ProgramVariable> variables = new ArrayList<>();
        for (Variable variable : world.variables().all()) {
            boolean isLayers = Names.of(variable.call())
                    .filter(n -> LayerKind.of(n).isPresent())
                    .isPresent();
            if (variable.isTrained() || isLayers) {
                variables.add(new ProgramVariable(
                        variable.path(),
                        variable.place(),
                        variable.isTrained(),
                        Quantity.byDefault("1", "TensorFlow, which has no multipliers"),
                        loss.of(variable),
                        List.of(),
                        unread(variable, loss),
                        List.of(),
                        List.of()));
            }
        }
        boolean hasPenalty = variables.stream().anyMatch(v -> !v.penalties().isEmpty());
        return hasPenalty
                ? Optional.of(new ProgramTraining(Optional.empty(), false, false, variables, true, world.problems()))
                : Optional.empty();
    }

    private List<String> unread(Variable variable, LossReader loss) {
        List<String> unread = loss.unreadOf(variable);
        if (!unread.isEmpty()) {
            world.problems()
                    .unknown(variable.place(), "a penalty of " + variable.path() + " is not known: " + unread.get(0));
        }
        return unread;
    }
}
