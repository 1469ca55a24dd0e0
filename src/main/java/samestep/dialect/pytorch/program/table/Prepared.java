package samestep.dialect.pytorch.program.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.program.value.Arguments;
import samestep.program.value.Keys;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/**
 * What accelerate, Lightning Fabric and apex give back of the objects that they wrap: the same model, the same optimizer, whose
 * steps are those of the program. Source: accelerate/accelerator.py, {@code prepare}; lightning/fabric/fabric.py, {@code setup};
 * apex/amp/frontend.py, {@code initialize}.
 */
public final class Prepared {
    private static final Set<String> ALL = Set.of("prepare", "setup", "setup_module", "setup_optimizers");
    private static final Set<String> ONE =
            Set.of("prepare_model", "prepare_optimizer", "prepare_scheduler", "unwrap_model");
    private static final Set<String> OF_FABRIC = Set.of("setup", "setup_module", "setup_optimizers");

    private Prepared() {}

    /** What a call gives of the objects that it is given; empty of another call. */
    public static Optional<Value> result(RecordedCall call) {
        if (call.isOpen() || call.positional().isEmpty()) {
            return Optional.empty();
        }
        if (call.name().equals("apex.amp.initialize") && isOfKnown(call, "optimizers", 1)) {
            return Optional.of(Sequence.tuple(
                    call.positional().get(0).value(),
                    call.argument("optimizers", 1).orElseThrow().value()));
        }
        if (call.name().equals("apex.amp.scale_loss")) {
            // Its gradients are scaled back before the step.
            return Optional.of(call.positional().get(0).value());
        }
        String name = call.lastName();
        if (!(call.callee() instanceof Value.Member method) || !ALL.contains(name) && !ONE.contains(name)) {
            return Optional.empty();
        }
        boolean isLibrary = isAccelerator(method.owner()) || isFabric(method.owner());
        if (!isLibrary && !isOfUnknown(call, method)) {
            return Optional.empty();
        }
        if (ONE.contains(name)) {
            return Optional.of(call.positional().get(0).value());
        }
        List<Value> given = new ArrayList<>();
        call.positional().forEach(a -> given.add(a.value()));
        if (OF_FABRIC.contains(name)) {
            call.keyword("scheduler").map(Argument::value).ifPresent(given::add);
        }
        return Optional.of(
                given.size() == 1 ? given.get(0) : new Sequence(Sequence.Kind.TUPLE, given, Optional.empty()));
    }

    /** A function that is called by what it is given to. */
    public record Launched(Value function, Arguments arguments) {}

    /** {@code fabric.launch(main, 1)}, which calls {@code main(fabric, 1)}; empty of another call. */
    public static Optional<Launched> launched(RecordedCall call) {
        boolean isLaunch = call.lastName().equals("launch")
                && !call.positional().isEmpty()
                && call.owner().filter(Prepared::isFabric).isPresent();
        if (!isLaunch) {
            return Optional.empty();
        }
        List<Argument> given = new ArrayList<>(call.positional());
        Value function = given.get(0).value();
        given.set(0, new Argument(call.owner().orElseThrow(), call.place()));
        return Optional.of(new Launched(function, new Arguments(given, call.keywords(), Optional.empty())));
    }

    /** Whether a value is the parameters of an optimizer, as {@code amp.master_params(optimizer)} gives them. */
    public static boolean areParameters(Value value, RecordedCall step) {
        return value instanceof Value.Made made
                && made.call().name().equals("apex.amp.master_params")
                && !made.call().positional().isEmpty()
                && step.owner()
                        .filter(owner -> Keys.of(owner)
                                .equals(Keys.of(made.call().positional().get(0).value())))
                        .isPresent();
    }

    /** Whether a value is what {@code accelerate.Accelerator(...)} made. */
    public static boolean isAccelerator(Value value) {
        return value instanceof Value.Made made && isAccelerator(made.call());
    }

    /** Whether a call makes one. */
    public static boolean isAccelerator(RecordedCall call) {
        return call.owner().isEmpty()
                && call.name().startsWith("accelerate.")
                && call.lastName().equals("Accelerator");
    }

    /** Whether a value is what {@code lightning.Fabric(...)} made. */
    public static boolean isFabric(Value value) {
        return value instanceof Value.Made made
                && made.call().owner().isEmpty()
                && made.call().name().startsWith("lightning")
                && made.call().lastName().equals("Fabric");
    }

    /** The calls that prepare these schedulers: accelerate steps them by its own rule. */
    public static Optional<RecordedCall> ofScheduler(List<RecordedCall> calls, List<RecordedCall> scheduler) {
        return calls.stream()
                .filter(call ->
                        call.lastName().equals("prepare") || call.lastName().equals("prepare_scheduler"))
                .filter(call -> call.positional().stream().anyMatch(a -> Optimizers.isIn(a.value(), scheduler)))
                .findFirst();
    }

    /** Whether a loader is one that is prepared. */
    public static boolean isIn(List<RecordedCall> calls, Value loader) {
        Object key = Keys.of(loader);
        return calls.stream()
                .filter(call -> result(call).isPresent())
                .anyMatch(call -> call.positional().stream()
                        .anyMatch(a -> Keys.of(a.value()).equals(key)));
    }

    /** Whether an accelerator steps a scheduler as often as the program does. */
    public static boolean stepsOnce(Value accelerator) {
        if (!isAccelerator(accelerator)) {
            return isFabric(accelerator);
        }
        RecordedCall made = ((Value.Made) accelerator).call();
        Optional<Value> loaders = made.keyword("dataloader_config").map(Argument::value);
        return is(made, "split_batches", true)
                || is(made, "step_scheduler_with_optimizer", false)
                || loaders.filter(l -> l instanceof Value.Made config && is(config.call(), "split_batches", true))
                        .isPresent();
    }

    private static boolean is(RecordedCall call, String argument, boolean wanted) {
        return call.keyword(argument)
                .filter(a -> a.value() instanceof Value.Bool bool && bool.value() == wanted)
                .isPresent();
    }

    /** An object that the program was handed, as {@code fabric} in {@code def main(fabric)}: its method says by its name what it is. */
    private static boolean isOfUnknown(RecordedCall call, Value.Member method) {
        boolean isUnknown = method.owner() instanceof Value.Unknown || method.owner() instanceof Value.Member;
        boolean isNamed =
                call.lastName().equals("setup_module") || call.lastName().equals("setup_optimizers");
        return isUnknown && (isNamed || call.positional().stream().anyMatch(a -> isOptimizer(a.value())));
    }

    private static boolean isOfKnown(RecordedCall call, String argument, int position) {
        return call.argument(argument, position)
                .filter(a -> isOptimizer(a.value()))
                .isPresent();
    }

    private static boolean isOptimizer(Value value) {
        return value instanceof Value.Made made
                && Optimizers.classPath(made.call()).isPresent();
    }
}
