package samestep.program.value;

import java.util.List;
import java.util.Map;

/** A function with some of its arguments: {@code functools.partial}. */
public record Partial(
        Value function, List<RecordedCall.Argument> positional, Map<String, RecordedCall.Argument> keywords)
        implements Value {
    /** Copies the arguments. */
    public Partial {
        positional = List.copyOf(positional);
    }
}
