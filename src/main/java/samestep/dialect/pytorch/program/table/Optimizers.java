package samestep.dialect.pytorch.program.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.pytorch.object.PytorchDefaults;
import samestep.dialect.pytorch.python.PythonDefinitions;
import samestep.program.Trace;
import samestep.program.value.Event;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Show;
import samestep.program.value.Value;

/** The optimizers that a program makes. */
public final class Optimizers {
    private Optimizers() {}

    /**
     * The calls of classes of optimizers, those from one place with the same arguments once.
     *
     * @return in order
     */
    public static List<RecordedCall> of(Trace trace) {
        Map<List<Object>, RecordedCall> calls = new LinkedHashMap<>();
        for (RecordedCall call : trace.calls()) {
            if (classPath(call).isPresent()) {
                calls.putIfAbsent(List.of(call.place(), numbers(call)), call);
            }
        }
        return new ArrayList<>(calls.values());
    }

    /** The arguments but for the parameters, in words. */
    private static String numbers(RecordedCall call) {
        List<String> shown = new ArrayList<>();
        call.positional().stream().skip(1).forEach(a -> shown.add(Show.value(a.value())));
        call.keywords().forEach((name, a) -> shown.add(name.equals("params") ? name : name + Show.value(a.value())));
        return shown.toString();
    }

    /** All calls from the same place with the same arguments. */
    public static List<RecordedCall> twins(Trace trace, RecordedCall call) {
        return trace.calls().stream()
                .filter(other -> other.place().equals(call.place())
                        && other.name().equals(call.name())
                        && numbers(other).equals(numbers(call)))
                .toList();
    }

    /** The class that a call makes an optimizer of, as configurations name it. */
    public static Optional<String> classPath(RecordedCall call) {
        String name = call.name();
        Optional<String> ours = PythonDefinitions.optimizer(name);
        if (ours.isPresent()) {
            return ours;
        }
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (last.isEmpty() || !Character.isUpperCase(last.charAt(0)) || last.equals("Optimizer")) {
            return Optional.empty();
        }
        if (name.startsWith("torch.optim.") && !name.contains("lr_scheduler") && !name.contains("swa_utils")) {
            return Optional.of("torch.optim." + last);
        }
        if (name.startsWith("timm.optim.")) {
            return Optional.of("timm.optim." + last);
        }
        boolean isTransformers = name.equals("transformers." + last) || name.startsWith("transformers.optimization");
        if (isTransformers) {
            return PytorchDefaults.isOptimizer(last) ? Optional.of("transformers." + last) : Optional.empty();
        }
        return name.startsWith("apex.optimizers.") ? Optional.of(apex(last, call)) : Optional.empty();
    }

    /** Source: apex/optimizers: FusedAdam decays beside the gradient unless adam_w_mode is off. */
    private static String apex(String name, RecordedCall call) {
        boolean isPlain = call.keyword("adam_w_mode")
                .map(a -> a.value() instanceof Value.Bool bool && !bool.value())
                .orElse(false);
        return switch (name) {
            case "FusedSGD" -> "torch.optim.SGD";
            case "FusedAdam" -> isPlain ? "torch.optim.Adam" : "torch.optim.AdamW";
            default -> "apex.optimizers." + name;
        };
    }

    /** Whether a value is one of these objects, may be one, or is a list or a dict with one. */
    public static boolean isIn(Value value, List<RecordedCall> made) {
        if (value instanceof Value.Made m) {
            return made.contains(m.call());
        }
        if (value instanceof Value.OneOf oneOf) {
            return oneOf.alternatives().stream().anyMatch(a -> isIn(a.value(), made));
        }
        if (value instanceof Value.Guarded guarded) {
            return isIn(guarded.value(), made);
        }
        if (value instanceof Mapping mapping) {
            return mapping.entries().stream().anyMatch(e -> isIn(e.value(), made));
        }
        return value instanceof Sequence list && list.elements().stream().anyMatch(e -> isIn(e, made));
    }

    /** Whether an event is about one of these objects: it is called on it, or what it has is set. */
    public static boolean isOn(Event event, List<RecordedCall> made) {
        return event instanceof RecordedCall call
                && call.owner()
                        .filter(owner -> owner instanceof Value.Made m && made.contains(m.call()))
                        .isPresent();
    }
}
