package samestep.dialect.keras.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.program.Trace;
import samestep.program.value.Instance;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;

/**
 * What a program trains, and by what.
 *
 * @param compile the call of {@code compile}; empty in a program with a loop of its own
 * @param optimizer what was given as the optimizer; empty where nothing was
 * @param models the models, in order
 * @param others other calls of {@code compile}
 */
record Training(
        Optional<RecordedCall> compile, Optional<Argument> optimizer, List<Value> models, List<RecordedCall> others) {

    Training {
        models = List.copyOf(models);
        others = List.copyOf(others);
    }

    /** What a trace shows: of several calls of {@code compile} the last. */
    static Training of(Trace trace) {
        List<RecordedCall> compiles =
                trace.calls().stream().filter(Training::isCompile).toList();
        if (compiles.isEmpty()) {
            return withoutCompile(trace);
        }
        RecordedCall last = compiles.get(compiles.size() - 1);
        Value model = last.owner().orElseThrow();
        List<Value> models = model instanceof Value.Unknown ? allModels(trace) : List.of(model);
        List<RecordedCall> others = new ArrayList<>();
        for (RecordedCall call : compiles) {
            boolean isNew = !call.place().equals(last.place())
                    && others.stream().noneMatch(o -> o.place().equals(call.place()));
            if (isNew) {
                others.add(call);
            }
        }
        return new Training(Optional.of(last), last.argument("optimizer", 0), models, others);
    }

    private static boolean isCompile(RecordedCall call) {
        if (!call.name().endsWith(".compile") || call.owner().isEmpty()) {
            return false;
        }
        Value owner = call.owner().get();
        boolean isModel = owner instanceof Instance instance && Layers.isModel(instance)
                || owner instanceof Value.Made made && mayBeModel(made);
        return isModel
                || call.keyword("loss").isPresent()
                || call.keyword("optimizer").isPresent();
    }

    private static boolean mayBeModel(Value.Made made) {
        return Names.isModelClass(made.call().callee()) || made.call().name().contains(".applications.");
    }

    private static Training withoutCompile(Trace trace) {
        List<RecordedCall> optimizers = trace.calls().stream()
                .filter(call -> Names.optimizerClass(call.callee()).isPresent())
                .toList();
        Optional<Argument> last =
                optimizers.stream().reduce((a, b) -> b).map(call -> new Argument(new Value.Made(call), call.place()));
        List<RecordedCall> others = optimizers.size() < 2 ? List.of() : optimizers.subList(0, optimizers.size() - 1);
        return new Training(Optional.empty(), last, allModels(trace), others);
    }

    /** Those that are made out of layers, and the program's own. */
    private static List<Value> allModels(Trace trace) {
        List<Value> models = new ArrayList<>();
        for (RecordedCall call : trace.calls()) {
            if (Names.isModelClass(call.callee())) {
                models.add(new Value.Made(call));
            } else if (call.name().endsWith(".__init__")
                    && !call.positional().isEmpty()
                    && call.positional().get(0).value() instanceof Instance instance
                    && Layers.isModel(instance)) {
                models.add(instance);
            }
        }
        return models;
    }
}
