package samestep.program.value;

import java.math.BigDecimal;
import java.util.List;

/** What makes keys of dicts and elements of sets equal. */
public final class Keys {
    private enum Special {
        NONE
    }

    private record Identity(Object object) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Identity identity && identity.object == object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }
    }

    private Keys() {}

    /** Whether two values have equal keys; those of paths from a library are not made for it. */
    static boolean equal(Value a, Value b) {
        if (a == b) {
            return true;
        }
        if (a instanceof Value.Member x && b instanceof Value.Member y) {
            return x.name().equals(y.name()) && equal(x.owner(), y.owner());
        }
        if (a instanceof Value.Element x && b instanceof Value.Element y) {
            return equal(x.index(), y.index()) && equal(x.owner(), y.owner());
        }
        if (a instanceof Value.Computed x && b instanceof Value.Computed y) {
            return x.operator().equals(y.operator()) && equal(x.operands(), y.operands());
        }
        if (a instanceof Value.Made x && b instanceof Value.Made y) {
            return x.call() == y.call();
        }
        return !isPath(a) && !isPath(b) && of(a).equals(of(b));
    }

    private static boolean equal(List<Value> a, List<Value> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPath(Value value) {
        return value instanceof Value.Member
                || value instanceof Value.Element
                || value instanceof Value.Computed
                || value instanceof Value.Made;
    }

    /** An object that is equal for equal keys. */
    public static Object of(Value value) {
        if (value instanceof Value.Text text) {
            return text.value();
        }
        if (value instanceof Value.Number number) {
            return number.integer()
                    .<Object>map(i -> new BigDecimal(i).stripTrailingZeros())
                    .orElseGet(() -> Double.isFinite(number.value())
                            ? new BigDecimal(number.value()).stripTrailingZeros()
                            : (Object) number.value());
        }
        if (value instanceof Value.Bool bool) {
            return bool.value() ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (value instanceof Value.None) {
            return Special.NONE;
        }
        if (value instanceof Sequence sequence && sequence.kind() == Sequence.Kind.TUPLE) {
            return List.copyOf(sequence.elements().stream().map(Keys::of).toList());
        }
        if (value instanceof Value.Library library) {
            return List.of("library", library.name());
        }
        if (value instanceof Value.Member member) {
            return List.of("member", of(member.owner()), member.name());
        }
        if (value instanceof Value.Element element) {
            return List.of("element", of(element.owner()), of(element.index()));
        }
        if (value instanceof Value.Computed computed) {
            return List.of(
                    computed.operator(),
                    computed.operands().stream().map(Keys::of).toList());
        }
        return value instanceof Value.Made made ? new Identity(made.call()) : new Identity(value);
    }
}
