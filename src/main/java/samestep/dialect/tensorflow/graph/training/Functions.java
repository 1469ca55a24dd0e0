package samestep.dialect.tensorflow.graph.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import samestep.dialect.tensorflow.graph.AttributeText;
import samestep.dialect.tensorflow.graph.GraphLedger;
import samestep.dialect.tensorflow.graph.Node;
import samestep.recipe.ledger.Decides;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;

/**
 * The functions of a graph's library by what they do: the same body has the same text, for TensorFlow gives functions names
 * with numbers that are others in every run of a program.
 */
final class Functions {
    private static final int MOST_DEPTH = 30;

    private final Map<String, PrototxtMessage> bodies = new LinkedHashMap<>();
    private final Map<String, String> digests = new HashMap<>();
    private final Map<String, String> gradients = new TreeMap<>();

    /** Those of a GraphDef. */
    Functions(PrototxtMessage definition) {
        Node.message(definition, "library").ifPresent(this::library);
    }

    private void library(PrototxtMessage library) {
        for (PrototxtField field : library.fields()) {
            if (field.value() instanceof PrototxtMessage message) {
                if (field.name().equals("function")) {
                    String name = Node.message(message, "signature")
                            .map(signature -> Node.text(signature, "name"))
                            .orElse("");
                    bodies.put(name, message);
                } else if (field.name().equals("gradient")) {
                    gradients.put(Node.text(message, "function_name"), Node.text(message, "gradient_func"));
                }
            }
        }
    }

    /** Whether an operation of that name is a function. */
    boolean has(String name) {
        return bodies.containsKey(name);
    }

    /** What stands for a function; its name where the library does not have it. */
    String text(String name) {
        return text(name, 0);
    }

    private String text(String name, int depth) {
        PrototxtMessage body = bodies.get(name);
        if (body == null || depth > MOST_DEPTH) {
            return name;
        }
        String known = digests.get(name);
        if (known != null) {
            return known;
        }
        // One that calls itself has its name there.
        digests.put(name, name);
        String digest = "a function, " + AttributeText.ofNumbers(lines(name, body, depth));
        digests.put(name, digest);
        return digest;
    }

    private List<String> lines(String name, PrototxtMessage body, int depth) {
        List<String> lines = new ArrayList<>();
        Map<String, String> results = new TreeMap<>();
        for (PrototxtField field : body.fields()) {
            if (field.value() instanceof PrototxtMessage message) {
                switch (field.name()) {
                    case "node_def" -> lines.add(node(Node.read(message), depth));
                    case "ret" -> results.put(Node.text(message, "key"), Node.text(message, "value"));
                    default -> {}
                }
            }
        }
        lines.add(results.toString());
        String gradient = gradients.getOrDefault(name, "");
        if (!gradient.isEmpty()) {
            lines.add("gradient " + text(gradient, depth + 1));
        }
        return lines;
    }

    private String node(Node node, int depth) {
        Map<String, String> attributes = new TreeMap<>(node.attributes(called -> text(called, depth + 1)));
        attributes.keySet().removeIf(key -> GraphLedger.of(node.op(), key) == Decides.NOTHING);
        return node.name() + " " + text(node.op(), depth + 1) + " " + node.inputs() + " " + new TreeSet<>(node.before())
                + " " + attributes;
    }
}
