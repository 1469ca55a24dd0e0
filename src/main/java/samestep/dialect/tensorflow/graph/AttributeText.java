package samestep.dialect.tensorflow.graph;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;

/**
 * The value of an attribute in one notation, as a {@code .meta} file and a {@code .pbtxt} file of the same graph both give
 * it. What is long is its digest.
 */
public final class AttributeText {
    private final UnaryOperator<String> functions;

    private static final int MOST_CHARACTERS = 60;
    private static final int DIGITS = 16;

    private AttributeText(UnaryOperator<String> functions) {
        this.functions = functions;
    }

    /**
     * The value of an attribute: {@code DT_FLOAT}, {@code [1,2,2,1]}, {@code true}.
     *
     * @param functions what stands for a function of that name
     */
    static String of(PrototxtMessage value, UnaryOperator<String> functions) {
        return new AttributeText(functions).words(value);
    }

    private String words(PrototxtMessage value) {
        return value.fields().stream().map(this::field).collect(Collectors.joining(" "));
    }

    private String field(PrototxtField field) {
        if (field.value() instanceof PrototxtMessage message) {
            return switch (field.name()) {
                case "list" ->
                    "[" + shortened(message.fields().stream().map(this::field).toList()) + "]";
                case "func" -> functions.apply(Node.text(message, "name")) + arguments(message);
                case "shape", "tensor_shape" -> shape(message);
                case "tensor" -> tensor(message);
                default -> "{" + words(message) + "}";
            };
        }
        return scalar(field.name(), (PrototxtScalar) field.value());
    }

    /** What is bound to a function's own attributes. */
    private String arguments(PrototxtMessage function) {
        List<String> bound =
                function.fields("attr").stream().map(f -> field(f)).sorted().toList();
        return bound.isEmpty() ? "" : " " + bound;
    }

    private static String shape(PrototxtMessage message) {
        return Shape.read(message)
                .map(shape -> "[" + shape.sizes().stream().map(String::valueOf).collect(Collectors.joining(",")) + "]")
                .orElse("unknown");
    }

    /** Its type and shape, then its numbers or their digest. */
    private static String tensor(PrototxtMessage tensor) {
        String digests = tensor.fields().stream()
                .filter(f -> f.name().endsWith("_digest") && f.value() instanceof PrototxtScalar)
                .map(f -> ((PrototxtScalar) f.value()).value())
                .collect(Collectors.joining(" "));
        List<String> numbers = tensor.fields().stream()
                .filter(f -> f.value() instanceof PrototxtScalar && f.name().endsWith("_val"))
                .map(f -> scalar(f.name(), (PrototxtScalar) f.value()))
                .toList();
        String content = Node.scalars(tensor, "tensor_content").stream()
                .map(s -> ofBytes(s.bytes()))
                .collect(Collectors.joining(" "));
        String shape =
                Node.message(tensor, "tensor_shape").map(AttributeText::shape).orElse("[]");
        return (Node.text(tensor, "dtype") + " " + shape + " " + shortened(numbers) + content + digests).strip();
    }

    private static String scalar(String name, PrototxtScalar scalar) {
        return switch (name) {
            case "f", "float_val", "scomplex_val" -> number(scalar, true);
            case "double_val", "dcomplex_val" -> number(scalar, false);
            case "s", "string_val" -> {
                byte[] bytes = scalar.bytes();
                yield bytes.length > MOST_CHARACTERS ? ofBytes(bytes) : scalar.value();
            }
            default -> scalar.value();
        };
    }

    private static String number(PrototxtScalar scalar, boolean single) {
        double value = scalar.doubleValue().orElse(Double.NaN);
        return single
                ? floating((float) value, Float.toString((float) value))
                : floating(value, Double.toString(value));
    }

    /** A number of a tensor as in protobuf's text format. */
    static String floating(double value, String digits) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        return Double.isInfinite(value) ? value > 0 ? "inf" : "-inf" : digits.toLowerCase(Locale.ROOT);
    }

    private static String shortened(List<String> words) {
        String all = String.join(",", words);
        return all.length() > MOST_CHARACTERS ? ofNumbers(words) : all;
    }

    /** What stands for many numbers. */
    public static String ofNumbers(List<String> numbers) {
        return numbers.size() + " values, " + digest(String.join(",", numbers).getBytes(StandardCharsets.UTF_8));
    }

    /** What stands for many bytes. */
    static String ofBytes(byte[] bytes) {
        return bytes.length + " bytes, " + digest(bytes);
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "SHA-256 " + HexFormat.of().formatHex(sum).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            // Every Java platform has it.
            throw new IllegalStateException(e);
        }
    }
}
