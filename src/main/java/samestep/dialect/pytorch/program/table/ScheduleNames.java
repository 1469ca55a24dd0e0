package samestep.dialect.pytorch.program.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.pytorch.object.Signatures;
import samestep.dialect.pytorch.transformers.TransformersScheduler;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;

/**
 * {@code get_scheduler(name, optimizer, ...)} of transformers and of diffusers: the function that a name stands for, with those of
 * the arguments that it is handed. Source: transformers/optimization.py and diffusers/optimization.py, {@code get_scheduler}.
 */
public final class ScheduleNames {
    private static final String FUNCTION = "get_scheduler";
    private static final String WARM_UP = "num_warmup_steps";
    private static final String OF_EACH = "scheduler_specific_kwargs";
    private static final String OTHERS = "last_epoch";

    private ScheduleNames() {}

    /** A function that makes a schedule, and what it is called with. */
    public record Named(String function, Map<String, Argument> arguments) {}

    /** Whether a call makes a schedule by its name. */
    public static boolean is(RecordedCall call) {
        return call.lastName().equals(FUNCTION) && isLibrary(call);
    }

    /** Whether a call is of a library with the functions of transformers. */
    public static boolean isLibrary(RecordedCall call) {
        return call.owner().isEmpty()
                && (call.name().startsWith("transformers.") || call.name().startsWith("diffusers."));
    }

    /** The optimizer that a schedule is made for. */
    public static Optional<Argument> optimizer(RecordedCall call) {
        return call.argument("optimizer", is(call) ? 1 : 0);
    }

    /** What is called; empty where the name, or what else is given, is not known. */
    public static Optional<Named> named(RecordedCall call) {
        String signature = (call.name().startsWith("diffusers.") ? "diffusers." : "") + FUNCTION;
        Optional<Map<String, Argument>> given = Signatures.arguments(call, signature);
        Optional<String> function = given.map(all -> all.get("name"))
                .flatMap(name -> text(name.value()))
                .flatMap(TransformersScheduler::function);
        if (function.isEmpty() || call.isOpen()) {
            return Optional.empty();
        }
        Map<String, Argument> all = new LinkedHashMap<>(given.orElseThrow());
        Argument more = all.remove(OF_EACH);
        boolean isKnown = more == null || more.value() instanceof Value.None || more.value() instanceof Mapping;
        if (!isKnown
                || more != null && more.value() instanceof Mapping m && m.rest().isPresent()) {
            return Optional.empty();
        }
        boolean isPlain = function.get().equals("get_constant_schedule");
        List<String> taken = isPlain ? List.of("optimizer", OTHERS) : Signatures.of(function.get());
        all.keySet().removeIf(name -> !taken.contains(name));
        all.values().removeIf(a -> a.value() instanceof Value.None);
        if (!isPlain && !all.containsKey(WARM_UP)) {
            return Optional.empty();
        }
        if (!isPlain && more != null && more.value() instanceof Mapping mapping) {
            mapping.entries().forEach(entry -> {
                if (entry.key() instanceof Value.Text key) {
                    all.put(key.value(), new Argument(entry.value(), more.place()));
                }
            });
        }
        return Optional.of(new Named(function.get(), all));
    }

    /** {@code "linear"}, {@code SchedulerType("linear")}, {@code SchedulerType.LINEAR}. */
    private static Optional<String> text(Value name) {
        if (name instanceof Value.Text text) {
            return Optional.of(text.value());
        }
        if (name instanceof Value.Library library && library.name().contains("SchedulerType.")) {
            String last = library.name().substring(library.name().lastIndexOf('.') + 1);
            return Optional.of(last.toLowerCase(Locale.ROOT));
        }
        return name instanceof Value.Made made
                        && made.call().lastName().equals("SchedulerType")
                        && !made.call().positional().isEmpty()
                ? text(made.call().positional().get(0).value())
                : Optional.empty();
    }
}
