package samestep.program.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What values are made of. */
public final class Mentions {
    private Mentions() {}

    /**
     * Whether any of several values, or anything that they are made of, is of a kind. An explicit stack, for losses can be long
     * sums; each part is looked at once, for values are shared.
     *
     * @param wanted the kind
     * @param closed what is looked at, and not into
     */
    public static boolean any(List<Value> starts, Predicate<Value> wanted, Predicate<Value> closed) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Value> open = new ArrayList<>(starts);
        while (!open.isEmpty()) {
            Value value = open.remove(open.size() - 1);
            if (wanted.test(value)) {
                return true;
            }
            Object key = value instanceof Value.Made made ? made.call() : value;
            if (seen.add(key) && !closed.test(value)) {
                parts(value, open);
            }
        }
        return false;
    }

    private static void parts(Value value, List<Value> open) {
        if (value instanceof Value.Made made) {
            open.add(made.call().callee());
            made.call().positional().forEach(a -> open.add(a.value()));
            made.call().keywords().values().forEach(a -> open.add(a.value()));
        } else if (value instanceof Value.Computed computed) {
            open.addAll(computed.operands());
        } else if (value instanceof Sequence sequence) {
            open.addAll(sequence.elements());
            sequence.rest().ifPresent(open::add);
        } else if (value instanceof Mapping mapping) {
            mapping.entries().forEach(e -> open.add(e.value()));
        } else if (value instanceof Value.OneOf oneOf) {
            oneOf.alternatives().forEach(a -> open.add(a.value()));
        } else if (value instanceof Value.Guarded guarded) {
            open.add(guarded.value());
        } else if (value instanceof Value.Member member) {
            open.add(member.owner());
        } else if (value instanceof Value.Element element) {
            open.add(element.owner());
            open.add(element.index());
        } else if (value instanceof Value.Each each) {
            open.add(each.iterable());
        } else if (value instanceof BoundMethod method) {
            open.add(method.receiver());
        }
    }
}
