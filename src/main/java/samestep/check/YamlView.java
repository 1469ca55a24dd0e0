package samestep.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.text.SourceText;
import samestep.text.Span;
import samestep.text.Spelling;

/** A YAML document whose nodes are asked for what they should be; what they are not is a finding. */
final class YamlView {
    private final SourceText source;
    private final List<Finding> findings;

    YamlView(SourceText source, List<Finding> findings) {
        this.source = source;
        this.findings = findings;
    }

    /** Where a node stands. */
    Place place(Node node) {
        int length = source.text().length();
        int start = offset(node.getStartMark().getIndex());
        int end = node instanceof ScalarNode ? offset(node.getEndMark().getIndex()) : start;
        return new Place(source, new Span(Math.min(start, length), Math.min(Math.max(start, end), length)));
    }

    /** Marks count code points, and not a byte order mark. */
    private int offset(int codePoints) {
        String text = source.text();
        int mark = text.startsWith("\ufeff") ? 1 : 0;
        int all = text.codePointCount(mark, text.length());
        return text.offsetByCodePoints(mark, Math.min(codePoints, all));
    }

    /** Adds that something is not as it should be. */
    void wrong(Node node, String message) {
        findings.add(Finding.at(place(node), Code.SS802, message));
    }

    /** The entries of a mapping by their names, which must be among those that are known. */
    Map<String, Node> entries(Node node, List<String> known) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            wrong(node, "expected names with values: " + String.join(", ", known));
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
            if (!known.contains(name)) {
                String near = Spelling.nearest(name, known);
                wrong(
                        tuple.getKeyNode(),
                        "there is no \"" + name + "\" here; "
                                + (near.isEmpty()
                                        ? "there are " + String.join(", ", known)
                                        : "did you mean " + near + "?"));
            } else if (entries.put(name, tuple.getValueNode()) != null) {
                wrong(tuple.getKeyNode(), name + " is given twice");
            }
        }
        return entries;
    }

    /** Names with words, whatever the names are. */
    Map<String, Node> words(Node node) {
        Map<String, Node> words = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            wrong(node, "expected names with values");
            return words;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            word(tuple.getKeyNode()).ifPresent(name -> words.put(name, tuple.getValueNode()));
        }
        return words;
    }

    /** The items of a list; one item may stand without a list around it. */
    List<Node> items(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
    }

    /** A word, or a finding. */
    Optional<String> word(Node node) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
            return Optional.of(scalar.getValue());
        }
        wrong(node, "expected a word");
        return Optional.empty();
    }

    /** The code of a finding, or a finding. */
    Optional<Code> code(Node node) {
        Optional<String> word = word(node);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        for (Code code : Code.values()) {
            if (code.name().equals(word.get())) {
                return Optional.of(code);
            }
        }
        List<String> known = new ArrayList<>();
        for (Code code : Code.values()) {
            known.add(code.name());
        }
        String near = Spelling.nearest(word.get(), known);
        wrong(
                node,
                "there is no finding " + word.get()
                        + (near.isEmpty() ? "; \"translate explain SS\" lists them" : "; did you mean " + near + "?"));
        return Optional.empty();
    }
}
