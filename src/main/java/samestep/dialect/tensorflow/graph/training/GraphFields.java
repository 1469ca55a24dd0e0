package samestep.dialect.tensorflow.graph.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import samestep.dialect.tensorflow.graph.Graph;
import samestep.dialect.tensorflow.graph.GraphLedger;
import samestep.dialect.tensorflow.graph.Node;
import samestep.dialect.tensorflow.graph.Operations;
import samestep.dialect.tensorflow.graph.TensorName;
import samestep.recipe.ledger.Decides;
import samestep.recipe.setting.Unjudged;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;

/** The fields of a graph that decide what is trained beside the update's own numbers, to be held against another graph's. */
final class GraphFields {
    private final List<Unjudged.Field> fields = new ArrayList<>();

    private GraphFields() {}

    /**
     * Those of a graph.
     *
     * @param trained the operations that decide what is trained
     */
    static Unjudged of(Graph graph, Set<Node> trained) {
        return Unjudged.of(GraphLedger.NAME, () -> {
            GraphFields made = new GraphFields();
            trained.forEach(node -> made.node(node, ""));
            made.collection(graph);
            Node.message(graph.root(), "graph_def").ifPresentOrElse(made::definition, () -> made.definition(graph.root()));
            return made.fields;
        });
    }

    private void add(String path, String value, String fallback) {
        fields.add(new Unjudged.Field(path, value, fallback));
    }

    private void node(Node node, String prefix) {
        String name = prefix + node.name();
        add(name, node.op(), "");
        List<String> inputs = new ArrayList<>(inputs(node));
        new TreeSet<>(node.before()).forEach(before -> inputs.add("^" + before));
        if (!inputs.isEmpty()) {
            add(name + ".input", String.join(", ", inputs), "");
        }
        new TreeMap<>(node.attributes()).forEach((key, value) -> {
            if (GraphLedger.of(node.op(), key) != Decides.NOTHING) {
                add(name + "." + key, value, Operations.fallback(node.op(), key));
            }
        });
    }

    /** The first output of an operation is its name, however it is written. */
    private static List<String> inputs(Node node) {
        UnaryOperator<String> plain = text -> text.endsWith(":0") ? text.substring(0, text.length() - 2) : text;
        return node.inputs().stream().map(TensorName::toString).map(plain).toList();
    }

    /** What a program may run beside an update. */
    private void collection(Graph graph) {
        List<TensorName> updates = graph.collection("update_ops");
        if (!updates.isEmpty()) {
            add(
                    "collection update_ops",
                    String.join(", ", updates.stream().map(TensorName::node).toList()),
                    "");
        }
    }

    /** What is beside the operations: the bodies of functions, and the version. */
    private void definition(PrototxtMessage definition) {
        Node.message(definition, "versions").ifPresent(v -> add("versions.producer", Node.text(v, "producer"), ""));
        String old = Node.text(definition, "version");
        if (!old.isEmpty()) {
            add("version", old, "");
        }
        Node.message(definition, "library").ifPresent(this::library);
    }

    private void library(PrototxtMessage library) {
        for (PrototxtField field : library.fields()) {
            if (!(field.value() instanceof PrototxtMessage message)) {
                continue;
            }
            if (field.name().equals("function")) {
                function(message);
            } else {
                add("gradient of " + Node.text(message, "function_name"), Node.text(message, "gradient_func"), "");
            }
        }
    }

    private void function(PrototxtMessage function) {
        String name = "function "
                + Node.message(function, "signature").map(s -> Node.text(s, "name")).orElse("");
        Map<String, String> results = new TreeMap<>();
        for (PrototxtField field : function.fields()) {
            if (field.value() instanceof PrototxtMessage message) {
                switch (field.name()) {
                    case "node_def" -> node(Node.read(message), name + "/");
                    case "ret" -> results.put(Node.text(message, "key"), Node.text(message, "value"));
                    default -> {}
                }
            }
        }
        add(name, String.valueOf(results), "");
    }
}
