package samestep.dialect.tensorflow.program.call;

import java.util.List;
import java.util.Optional;
import samestep.program.value.Keys;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Value;

/** Products of two values, by an operator or by a function. */
public final class Products {
    private Products() {}

    /** The two factors; empty of anything else. */
    public static List<Value> factors(Value value) {
        if (value instanceof Value.Computed product
                && product.operator().equals("*")
                && product.operands().size() == 2) {
            return product.operands();
        }
        boolean isProduct = value instanceof Value.Made made
                && Names.of(made.call())
                        .filter(n -> n.equals("tf.multiply") || n.equals("tf.scalar_mul"))
                        .isPresent()
                && made.call().positional().size() == 2;
        return isProduct
                ? ((Value.Made) value)
                        .call().positional().stream().map(Argument::value).toList()
                : List.of();
    }

    /**
     * What is cast to the type of a weight or its gradient, before it is.
     *
     * @param floats values whose types are those of weights
     */
    public static Value uncast(Value value, List<Value> floats) {
        boolean isCast = value instanceof Value.Made made
                && Names.is(made.call().callee(), "tf.cast")
                && made.call()
                        .argument("dtype", 1)
                        .filter(type -> floats.stream().anyMatch(f -> isTypeOf(type.value(), f)))
                        .isPresent();
        Optional<Argument> inner = isCast ? ((Value.Made) value).call().argument("x", 0) : Optional.empty();
        return inner.map(Argument::value).orElse(value);
    }

    private static boolean isTypeOf(Value type, Value owner) {
        if (!(type instanceof Value.Member member)) {
            return false;
        }
        return member.name().equals("base_dtype")
                ? isTypeOf(member.owner(), owner)
                : member.name().equals("dtype") && Keys.of(member.owner()).equals(Keys.of(owner));
    }
}
