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
