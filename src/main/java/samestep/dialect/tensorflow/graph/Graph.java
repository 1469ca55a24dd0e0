package samestep.dialect.tensorflow.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.text.SourceText;

/**
 * A graph with its collections.
 *
 * <p>Where the file is a GraphDef, there are no collections at all, which is something else than empty ones.
 */
public final class Graph {
    /** A place where a tensor is used. */
    public record Use(Node node, int input) {}

    private final SourceText source;
    private final PrototxtMessage root;
    private final Map<String, Node> nodes;
    private final Optional<Map<String, List<String>>> collections;
    private final Map<String, List<Use>> uses = new HashMap<>();

    /**
     * A graph.
     *
     * @param root the whole file
     * @param collections the names in each; of a variable, that of its first tensor
     */
    public Graph(
            SourceText source,
            PrototxtMessage root,
            List<Node> nodes,
            Optional<Map<String, List<String>>> collections) {
        this.source = source;
        this.root = root;
        this.nodes = new LinkedHashMap<>();
        nodes.forEach(node -> this.nodes.putIfAbsent(node.name(), node));
        this.collections = collections;
        for (Node node : this.nodes.values()) {
            for (int i = 0; i < node.inputs().size(); i++) {
                uses.computeIfAbsent(node.inputs().get(i).node(), n -> new ArrayList<>(2))
                        .add(new Use(node, i));
            }
        }
    }

    public SourceText source() {
        return source;
    }

    /** The GraphDef, which a MetaGraphDef has inside. */
    public PrototxtMessage definition() {
        return Node.message(root, "graph_def").orElse(root);
    }

    public Collection<Node> nodes() {
        return nodes.values();
    }

    public Optional<Node> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    /** The operation that a tensor comes from. */
    public Optional<Node> node(TensorName tensor) {
        return node(tensor.node());
    }

    /** Where an operation's outputs are used. */
    public List<Use> uses(Node node) {
        return uses.getOrDefault(node.name(), List.of());
    }

    /** Whether the file has collections. */
    public boolean hasCollections() {
        return collections.isPresent();
    }

    /** The tensors and variables of a collection, in order. */
    public List<TensorName> collection(String name) {
        return collections.map(c -> c.getOrDefault(name, List.of())).orElse(List.of()).stream()
                .flatMap(tensor -> TensorName.parse(tensor).stream())
                .toList();
    }

    /** The place of an operation. */
    public Place place(Node node) {
        return new Place(source, node.span());
    }
}
