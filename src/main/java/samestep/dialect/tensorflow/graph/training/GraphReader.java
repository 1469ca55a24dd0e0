package samestep.dialect.tensorflow.graph.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.tensorflow.graph.Graph;
import samestep.dialect.tensorflow.graph.LeastInputs;
import samestep.dialect.tensorflow.graph.Node;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.syntax.prototxt.Prototxt;
import samestep.syntax.prototxt.PrototxtDocument;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.syntax.wire.WireFormatException;
import samestep.syntax.wire.WireReader;
import samestep.text.SourceText;

/** Reads the text of a GraphDef or a MetaGraphDef. */
final class GraphReader {
    private final SourceText source;
    private final List<Finding> findings = new ArrayList<>();

    private GraphReader(SourceText source) {
        this.source = source;
    }

    /** The graph; a syntax error makes it unusable, for an edge could be missing. */
    static Outcome<Graph> read(SourceText source) {
        Outcome<PrototxtDocument> parsed = Prototxt.parse(source);
        if (parsed.hasErrors()) {
            return Outcome.failed(parsed.findings());
        }
        return parsed.then(document -> new GraphReader(source).graph(document.root()));
    }

    private Outcome<Graph> graph(PrototxtMessage root) {
        Optional<PrototxtMessage> inside = Node.message(root, "graph_def");
        List<Node> nodes = new ArrayList<>();
        for (PrototxtField field : inside.orElse(root).fields()) {
            if (field.name().equals("node") && field.value() instanceof PrototxtMessage message) {
                Node node = Node.read(message);
                check(node);
                nodes.add(node);
            }
        }
        if (nodes.isEmpty()) {
            return Outcome.failed(Finding.at(
                            Place.start(source), Code.SS008, "neither a graph nor a MetaGraph: there is no node in it")
                    .detail("Expected node { name: ... op: ... }, or graph_def { node { ... } }."));
        }
        if (!findings.isEmpty()) {
            return Outcome.failed(findings);
        }
        Optional<Map<String, List<String>>> collections = inside.map(i -> collections(root));
        return Outcome.of(new Graph(source, root, nodes, collections), findings);
    }

    /** Reports the first operation that TensorFlow would refuse, and does not look for others. */
    private void check(Node node) {
        int least = LeastInputs.of(node.op());
        if (findings.isEmpty() && node.inputs().size() < least) {
            findings.add(Finding.at(
                    new Place(source, node.span()),
                    Code.SS004,
                    "the operation " + node.name() + " (" + node.op() + ") has "
                            + node.inputs().size() + " inputs, and takes " + least));
        }
    }

    private Map<String, List<String>> collections(PrototxtMessage root) {
        Map<String, List<String>> collections = new LinkedHashMap<>();
        for (PrototxtField field : root.fields("collection_def")) {
            if (field.value() instanceof PrototxtMessage entry) {
                Node.message(entry, "value").ifPresent(value -> collections.put(Node.text(entry, "key"), names(value)));
            }
        }
        return collections;
    }

    private List<String> names(PrototxtMessage collection) {
        List<String> names = new ArrayList<>();
        Node.message(collection, "node_list")
                .ifPresent(list -> Node.scalars(list, "value").forEach(s -> names.add(s.value())));
        Node.message(collection, "bytes_list")
                .ifPresent(list ->
                        Node.scalars(list, "value").forEach(s -> variable(s).ifPresent(names::add)));
        return names;
    }

    /**
     * The name in a VariableDef. Source: tensorflow/core/framework/variable.proto, field 1. Other collections hold other
     * messages in bytes, such as a loop's context; they are not needed.
     */
    private static Optional<String> variable(PrototxtScalar bytes) {
        String[] name = {""};
        try {
            new WireReader(bytes.bytes()).forEach((wire, number) -> {
                if (number == 1 && wire.hasLength()) {
                    name[0] = wire.text();
                }
            });
        } catch (WireFormatException e) {
            return Optional.empty();
        }
        return name[0].isEmpty() ? Optional.empty() : Optional.of(name[0]);
    }
}
