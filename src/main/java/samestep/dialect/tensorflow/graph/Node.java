package samestep.dialect.tensorflow.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.syntax.prototxt.PrototxtValue;
import samestep.text.Span;

/**
 * An operation of a graph.
 *
 * @param name its name
 * @param op what it does
 * @param inputs the tensors that it takes, in order; those that only say what comes first are left out
 * @param message its text, with the attributes
 * @param span the place of its name
 */
public record Node(String name, String op, List<TensorName> inputs, PrototxtMessage message, Span span) {
    public Node {
        inputs = List.copyOf(inputs);
    }

    /** Reads a {@code NodeDef}. */
    public static Node read(PrototxtMessage message) {
        List<TensorName> inputs = new ArrayList<>();
        for (PrototxtScalar input : scalars(message, "input")) {
            TensorName.parse(input.value()).ifPresent(inputs::add);
        }
        Span span = message.last("name").map(PrototxtField::span).orElse(message.span());
        return new Node(text(message, "name"), text(message, "op"), inputs, message, span);
    }

    /** A name occurs once in a graph; the text is not compared. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Node node && name.equals(node.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** One of the first output. */
    public TensorName output() {
        return new TensorName(name, 0);
    }

    /** The operations that only have to come first. */
    public List<String> before() {
        return scalars(message, "input").stream()
                .map(PrototxtScalar::value)
                .filter(name -> name.startsWith("^"))
                .map(name -> name.substring(1))
                .toList();
    }

    /** The value of an attribute, such as {@code type: DT_FLOAT}. */
    Optional<PrototxtMessage> attribute(String key) {
        for (PrototxtField field : message.fields()) {
            if (field.name().equals("attr")
                    && field.value() instanceof PrototxtMessage entry
                    && text(entry, "key").equals(key)) {
                return message(entry, "value");
            }
        }
        return Optional.empty();
    }

    /** All attributes, each in one notation, and functions by their names. */
    public Map<String, String> attributes() {
        return attributes(UnaryOperator.identity());
    }

    /**
     * All attributes, each in one notation.
     *
     * @param functions what stands for a function of that name
     */
    public Map<String, String> attributes(UnaryOperator<String> functions) {
        Map<String, String> attributes = new HashMap<>();
        for (PrototxtField field : message.fields()) {
            if (field.name().equals("attr") && field.value() instanceof PrototxtMessage entry) {
                attributes.put(
                        text(entry, "key"),
                        message(entry, "value")
                                .map(value -> AttributeText.of(value, functions))
                                .orElse(""));
            }
        }
        return attributes;
    }

    /** A word in an attribute's value: a type, a number, true or false. */
    public String word(String key, String member) {
        return attribute(key).map(value -> text(value, member)).orElse("");
    }

    /** The type that its values have, as far as it says one. */
    public String type() {
        for (String key : op.equals("Cast") ? List.of("DstT") : List.of("dtype", "T", "output_type")) {
            String type = word(key, "type");
            if (!type.isEmpty()) {
                return type;
            }
        }
        return "";
    }

    /** The last text of that name in a message; empty where there is none. */
    public static String text(PrototxtMessage message, String name) {
        return message.last(name)
                .map(PrototxtField::value)
                .filter(PrototxtScalar.class::isInstance)
                .map(value -> ((PrototxtScalar) value).value())
                .orElse("");
    }

    /** The last message of that name in a message. */
    public static Optional<PrototxtMessage> message(PrototxtMessage message, String name) {
        Optional<PrototxtValue> value = message.last(name).map(PrototxtField::value);
        return value.filter(PrototxtMessage.class::isInstance).map(PrototxtMessage.class::cast);
    }

    /** All texts of that name in a message. */
    public static List<PrototxtScalar> scalars(PrototxtMessage message, String name) {
        return message.fields(name).stream()
                .map(PrototxtField::value)
                .filter(PrototxtScalar.class::isInstance)
                .map(PrototxtScalar.class::cast)
                .toList();
    }
}
