package samestep.dialect.keras.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.text.SourceText;
import samestep.text.Span;

/** A document of Keras with, for each of its parts, where the program says it. */
final class Document {
    /** A part of the text. */
    record Entry(Span span, Node node) {}

    private final SourceText text;
    private final List<Entry> entries;

    private Document(SourceText text, List<Entry> entries) {
        this.text = text;
        this.entries = entries;
    }

    /**
     * Writes a document.
     *
     * @param name of the program
     */
    static Document of(String name, Node root) {
        StringBuilder out = new StringBuilder();
        List<Entry> entries = new ArrayList<>();
        write(root, out, entries);
        return new Document(new SourceText(name, out.toString()), List.copyOf(entries));
    }

    /** The text. */
    SourceText text() {
        return text;
    }

    /** The smallest part around a span. */
    Optional<Entry> at(Span span) {
        Entry nearest = null;
        for (Entry entry : entries) {
            boolean isAround = entry.span().start() <= span.start()
                    && span.end() <= entry.span().end();
            if (isAround
                    && (nearest == null
                            || entry.span().length() < nearest.span().length())) {
                nearest = entry;
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static void write(Node node, StringBuilder out, List<Entry> entries) {
        int start = out.length();
        if (node instanceof Node.Leaf leaf) {
            out.append(leaf.json());
        } else if (node instanceof Node.Tree tree) {
            String between = "{";
            for (Map.Entry<String, Node> member : tree.members().entrySet()) {
                out.append(between).append(string(member.getKey())).append(": ");
                write(member.getValue(), out, entries);
                between = ", ";
            }
            out.append(tree.members().isEmpty() ? "{}" : "}");
        } else if (node instanceof Node.Items items) {
            String between = "[";
            for (Node element : items.elements()) {
                out.append(between);
                write(element, out, entries);
                between = ", ";
            }
            out.append(items.elements().isEmpty() ? "[]" : "]");
        } else {
            // What is not known is the same only as itself: the place tells it from that of another program.
            Node.Hidden hidden = (Node.Hidden) node;
            out.append("{\"class_name\": \"?\", \"config\": {\"value\": ")
                    .append(string(hidden.reason() + " at " + hidden.place()))
                    .append("}}");
        }
        entries.add(new Entry(new Span(start, out.length()), node));
    }

    /** A string of JSON. */
    static String string(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
