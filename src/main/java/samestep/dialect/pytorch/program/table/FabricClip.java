package samestep.dialect.pytorch.program.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.Signatures;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.program.value.Keys;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;

/**
 * {@code fabric.clip_gradients(model, optimizer, max_norm=1)}: PyTorch's clips of all parameters of the optimizer. Source:
 * lightning/fabric/strategies/strategy.py, {@code clip_gradients_norm} and {@code clip_gradients_value}.
 */
public final class FabricClip {
    private static final String NAME = "clip_gradients";

    private FabricClip() {}

    /** Whether a call clips the gradients of the optimizer that steps. */
    public static boolean is(RecordedCall call, RecordedCall step) {
        if (!call.lastName().equals(NAME)
                || call.owner().isEmpty()
                || step.owner().isEmpty()) {
            return false;
        }
        Value owner = call.owner().get();
        boolean isFabric = Prepared.isFabric(owner) || owner instanceof Value.Unknown || owner instanceof Value.Member;
        Object optimizer = Keys.of(step.owner().get());
        return isFabric
                && Stream.concat(call.positional().stream(), call.keywords().values().stream())
                        .anyMatch(a -> Keys.of(a.value()).equals(optimizer));
    }

    /** PyTorch's function with its arguments; empty, with a finding, where they are not known. */
    public static Optional<PytorchObject> object(RecordedCall call, List<Finding> findings) {
        Map<String, Argument> given =
                new LinkedHashMap<>(Signatures.arguments(call, NAME).orElse(Map.of()));
        given.values().removeIf(a -> a.value() instanceof Value.None);
        boolean isByValue = given.containsKey("clip_val");
        if (call.isOpen() || isByValue == given.containsKey("max_norm")) {
            findings.add(Finding.at(call.place(), Code.SS010, "not all arguments of clip_gradients are known"));
            return Optional.empty();
        }
        String function = isByValue ? "clip_grad_value_" : "clip_grad_norm_";
        given.remove("module");
        given.remove("optimizer");
        Map<String, PytorchValue> values = new Arguments(findings).values(function, given);
        Optional.ofNullable(values.remove("clip_val")).ifPresent(v -> values.put("clip_value", v));
        if (isByValue) {
            values.keySet().retainAll(List.of("clip_value"));
        }
        return Optional.of(new PytorchObject("torch.nn.utils." + function, values, Optional.of(call.place())));
    }
}
