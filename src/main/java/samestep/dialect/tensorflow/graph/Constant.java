package samestep.dialect.tensorflow.graph;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.recipe.Cosine;
import samestep.recipe.Numbers;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;

/**
 * A tensor whose values are in the graph. Source: tensorflow/core/framework/tensor.proto: the last value is repeated to
 * the end, and {@code tensor_content} has the values as they lie in memory.
 *
 * @param type its type
 * @param values its numbers; one where all are the same
 */
public record Constant(String type, List<Expression> values) {
    private static final int MOST_VALUES = 4_096;

    public Constant {
        values = List.copyOf(values);
    }

    /** Reads the value of a {@code Const}; empty where it has no numbers, or more than anything here needs. */
    public static Optional<Constant> of(Node node) {
        return node.attribute("value")
                .flatMap(value -> Node.message(value, "tensor"))
                .flatMap(Constant::read);
    }

    private static Optional<Constant> read(PrototxtMessage tensor) {
        String type = Node.text(tensor, "dtype");
        List<Expression> values = new ArrayList<>();
        List<PrototxtScalar> content = Node.scalars(tensor, "tensor_content");
        if (content.isEmpty()) {
            for (String field : List.of("float_val", "double_val", "int_val", "int64_val", "bool_val")) {
                Node.scalars(tensor, field).forEach(s -> number(type, s).ifPresent(values::add));
            }
        } else {
            unpack(type, content.get(0).bytes()).forEach(values::add);
        }
        boolean given = tensor.fields().stream().anyMatch(f -> f.name().endsWith("_val"));
        boolean number = !given && !type.equals("DT_STRING") && !type.equals("DT_HALF") && !type.equals("DT_BFLOAT16");
        if (values.isEmpty() && number && content.isEmpty() && isSmall(tensor)) {
            // Protobuf leaves a zero out.
            values.add(Expression.literal(0));
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(new Constant(type, values));
    }

    /** Whether the values would be there if they were not zero: those of large tensors are left out of the text. */
    private static boolean isSmall(PrototxtMessage tensor) {
        return Node.message(tensor, "tensor_shape")
                .flatMap(Shape::read)
                .map(Shape::isScalar)
                .orElse(false);
    }

    private static Optional<Expression> number(String type, PrototxtScalar scalar) {
        if (scalar.kind() == PrototxtScalar.Kind.IDENTIFIER) {
            return scalar.bool().map(on -> Expression.literal(on ? 1 : 0));
        }
        return scalar.decimal()
                .map(d -> type.equals(DataType.FLOAT)
                        ? single(d.floatValue())
                        : Expression.literal(plainScale(d.stripTrailingZeros())));
    }

    /** A number of single precision: the short decimal that is meant, and that it is rounded. */
    private static Expression single(float value) {
        if (value == (float) Math.PI) {
            return Cosine.PI.rounded();
        }
        BigDecimal shortest = new BigDecimal(Float.toString(value));
        BigDecimal widened = new BigDecimal((double) value);
        BigDecimal meant =
                Numbers.meantBeforeSinglePrecision(widened).orElse(shortest).stripTrailingZeros();
        Expression literal = Expression.literal(plainScale(meant));
        return widened.compareTo(meant) == 0 ? literal : literal.rounded();
    }

    private static BigDecimal plainScale(BigDecimal value) {
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    private static List<Expression> unpack(String type, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int size = switch (type) {
            case DataType.FLOAT, "DT_INT32" -> Integer.BYTES;
            case DataType.DOUBLE, "DT_INT64" -> Long.BYTES;
            default -> 0;
        };
        List<Expression> values = new ArrayList<>();
        if (size == 0 || bytes.length / size > MOST_VALUES) {
            return values;
        }
        while (buffer.remaining() >= size) {
            double number = switch (type) {
                case DataType.FLOAT -> buffer.getFloat();
                case DataType.DOUBLE -> buffer.getDouble();
                case "DT_INT32" -> buffer.getInt();
                default -> buffer.getLong();
            };
            if (!Double.isFinite(number)) {
                return List.of();
            }
            boolean isSingle = type.equals(DataType.FLOAT);
            values.add(isSingle ? single((float) number) : Expression.literal(plainScale(shortest(number))));
        }
        return values;
    }

    private static BigDecimal shortest(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros();
    }

    /** The number that all its entries have. */
    public Optional<Expression> uniform() {
        return values.stream().distinct().count() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }
}
