package samestep.dialect.tensorflow.program.call;

import java.util.ArrayList;
import java.util.List;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** What values are made of, for those who walk through a loss. */
public final class Contents {
    private Contents() {}

    /** What a value is made of. */
    public static List<Value> of(Value value) {
        if (value instanceof Value.Computed computed) {
            return computed.operands();
        }
        if (value instanceof Sequence sequence) {
            return sequence.elements();
        }
        if (value instanceof Value.OneOf oneOf) {
            return oneOf.alternatives().stream().map(Value.Alternative::value).toList();
        }
        if (value instanceof Value.Guarded guarded) {
            return List.of(guarded.value());
        }
        if (value instanceof Value.Member member) {
            return List.of(member.owner());
        }
        if (value instanceof Value.Element element) {
            return List.of(element.owner());
        }
        if (!(value instanceof Value.Made made)) {
            return List.of();
        }
        List<Value> parts = new ArrayList<>();
        made.call().owner().ifPresent(parts::add);
        if (made.call().callee() instanceof Value.Made callee) {
            parts.add(callee);
        }
        made.call().positional().forEach(argument -> parts.add(argument.value()));
        made.call().keywords().values().forEach(argument -> parts.add(argument.value()));
        return parts;
    }
}
