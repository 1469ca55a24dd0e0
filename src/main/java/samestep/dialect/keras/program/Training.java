package samestep.dialect.keras.program;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.finding.Place;
import samestep.program.PartNames;
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

    /** Whether nothing is trained, and no model is made. */
    boolean isNothing() {
        return compile.isEmpty() && optimizer.isEmpty() && models.isEmpty();
    }

    /**
     * What a trace shows: of several calls of {@code compile} the last.
     *
     * @param part the name of the one that is meant, if that is said
     */
    static Training of(Trace trace, Optional<String> part) {
        List<RecordedCall> all =
                trace.calls().stream().filter(Training::isCompile).toList();
        List<RecordedCall> compiles = chosen(all, part);
        if (compiles.isEmpty()) {
            return withoutCompile(trace, part);
        }
        RecordedCall last = compiles.get(compiles.size() - 1);
        Value model = last.owner().orElseThrow();
        List<Value> models = model instanceof Value.Unknown ? allModels(trace) : List.of(model);
        return new Training(Optional.of(last), last.argument("optimizer", 0), models, apart(compiles, last));
    }

    private static List<RecordedCall> chosen(List<RecordedCall> all, Optional<String> part) {
        return part.map(name -> PartNames.named(all, name)).orElse(all);
    }

    /** Those at other places, each place once. */
    private static List<RecordedCall> apart(List<RecordedCall> calls, RecordedCall taken) {
        List<RecordedCall> others = new ArrayList<>();
        Set<Place> seen = new HashSet<>(Set.of(taken.place()));
        for (RecordedCall call : calls) {
            if (seen.add(call.place())) {
                others.add(call);
            }
        }
        return others;
    }

    /** All calls among which one is chosen: of compile, else of optimizers. */
    static List<RecordedCall> all(Trace trace) {
        List<RecordedCall> compiles =
                trace.calls().stream().filter(Training::isCompile).toList();
        return compiles.isEmpty() ? optimizers(trace) : compiles;
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

    private static List<RecordedCall> optimizers(Trace trace) {
        return trace.calls().stream()
                .filter(call -> Names.optimizerClass(call.callee()).isPresent())
                .toList();
    }

    private static Training withoutCompile(Trace trace, Optional<String> part) {
        List<RecordedCall> optimizers = chosen(optimizers(trace), part);
        if (optimizers.isEmpty()) {
            List<Value> models = all(trace).isEmpty() ? allModels(trace) : List.of();
            return new Training(
                    Optional.empty(),
                    Optional.empty(),
                    models.stream()
                            .filter(model ->
                                    part.map(name -> isNamed(model, name)).orElse(true))
                            .toList(),
                    List.of());
        }
        RecordedCall last = optimizers.get(optimizers.size() - 1);
        Argument optimizer = new Argument(new Value.Made(last), last.place());
        List<Value> trained = OwnLoop.trained(trace, new Value.Made(last));
        return new Training(
                Optional.empty(),
                Optional.of(optimizer),
                trained.isEmpty() ? allModels(trace) : trained,
                apart(optimizers, last));
    }

    private static boolean isNamed(Value model, String name) {
        return model instanceof Value.Made made && PartNames.of(made.call()).contains(name)
                || model instanceof Instance instance && instance.type().name().equals(name);
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
