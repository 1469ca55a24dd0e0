package samestep.dialect.tensorflow.graph.training;

import java.util.ArrayList;
import java.util.HashMap;
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
import samestep.syntax.prototxt.PrototxtMessage;

/** The fields of a graph that decide what is trained beside the update's own numbers, to be held against another graph's. */
final class GraphFields {
    private final List<Unjudged.Field> fields = new ArrayList<>();
    private final Functions functions;

    private GraphFields(Functions functions) {
        this.functions = functions;
    }

    /**
     * Those of a graph.
     *
     * @param trained the operations that decide what is trained
     */
    static Unjudged of(Graph graph, Functions functions, Set<Node> trained) {
        return Unjudged.of(GraphLedger.NAME, () -> {
            GraphFields made = new GraphFields(functions);
            trained.forEach(made::node);
            made.shared(trained);
            made.collection(graph);
            made.version(graph.definition());
            return made.fields;
        });
    }

    private void add(String path, String value, String fallback) {
        fields.add(new Unjudged.Field(path, value, fallback));
    }

    private void node(Node node) {
        String name = node.name();
        add(name, functions.text(node.op()), "");
        List<String> inputs = new ArrayList<>(inputs(node));
        new TreeSet<>(node.before()).forEach(before -> inputs.add("^" + before));
        if (!inputs.isEmpty()) {
            add(name + ".input", String.join(", ", inputs), "");
        }
        new TreeMap<>(node.attributes(functions::text)).forEach((key, value) -> {
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

    /** Operations of one resource: it is called by a name that may have numbers of the run in it, so only that they share is said. */
    private void shared(Set<Node> trained) {
        Map<String, String> first = new HashMap<>();
        for (Node node : trained) {
            Map<String, String> attributes = node.attributes();
            String name = attributes.getOrDefault("shared_name", "");
            if (attributes.containsKey("shared_name")) {
                String resource =
                        attributes.getOrDefault("container", "") + "/" + (name.isEmpty() ? node.name() : name);
                String other = first.putIfAbsent(resource, node.name());
                if (other != null) {
                    add(node.name() + ".shared_name", "that of " + other, "");
                }
            }
        }
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

    /** The version by which TensorFlow runs operations that have changed. */
    private void version(PrototxtMessage definition) {
        Node.message(definition, "versions").ifPresent(v -> add("versions.producer", Node.text(v, "producer"), ""));
        String old = Node.text(definition, "version");
        if (!old.isEmpty()) {
            add("version", old, "");
        }
    }
}
