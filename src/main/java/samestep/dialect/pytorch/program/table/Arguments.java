package samestep.dialect.pytorch.program.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;

/** Arguments of a call, or entries of a parameter group, as values of a configuration. */
public final class Arguments {
    /** What decides nothing of an update, whatever its value. */
    private static final Set<String> IGNORED = Set.of(
            "params", "optimizer", "parameters", "foreach", "fused", "capturable", "differentiable", "verbose", "name");
    /** A number that may not be missing. */
    private static final Set<String> NUMBERS = Set.of("lr", "weight_decay", "momentum", "gamma", "step_size", "T_max");

    private final List<Finding> findings;

    public Arguments(List<Finding> findings) {
        this.findings = findings;
    }

    /**
     * The values.
     *
     * @param owner whose they are, for messages
     */
    public Map<String, PytorchValue> values(String owner, Map<String, Argument> arguments) {
        Map<String, PytorchValue> values = new LinkedHashMap<>();
        arguments.forEach((name, argument) -> {
            if (!IGNORED.contains(name)) {
                value(owner, name, argument.value(), argument.place()).ifPresent(v -> values.put(name, v));
            }
        });
        return values;
    }

    /** One value; empty, with a finding, where it is not known. */
    public Optional<PytorchValue> value(String owner, String name, Value value, Place place) {
        Optional<PytorchValue> read = Values.of(value, place);
        boolean isMissing = NUMBERS.contains(name) && value instanceof Value.None;
        if (read.isEmpty() || isMissing) {
            String why = isMissing ? missing(value) : Values.why(value);
            findings.add(Finding.at(place, Code.SS010, name + " of " + owner + " is not known: " + why));
            return Optional.empty();
        }
        return read;
    }

    private static String missing(Value value) {
        return value.born().notes().stream()
                .findFirst()
                .map(note -> "the " + note + " is None")
                .orElse("it is None");
    }
}
