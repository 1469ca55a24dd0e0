package samestep.dialect.keras.program;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.write.Reasons;
import samestep.finding.Place;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Turns values of a program into parts of a document. */
final class Nodes {
    /** More digits than a double has are of arithmetic without rounding. */
    private static final int DIGITS = 17;

    private static final int MOST_NESTED = 20;

    /** Functions and classes of penalties: what the document calls them. */
    private static final Map<String, String> PENALTIES = Map.ofEntries(
            Map.entry("l1", "L1"),
            Map.entry("L1", "L1"),
            Map.entry("l2", "L2"),
            Map.entry("L2", "L2"),
            Map.entry("activity_l1", "L1"),
            Map.entry("activity_l2", "L2"),
            Map.entry("l1_l2", "L1L2"),
            Map.entry("l1l2", "L1L2"),
            Map.entry("activity_l1l2", "L1L2"),
            Map.entry("L1L2", "L1L2"),
            Map.entry("WeightRegularizer", "L1L2"),
            Map.entry("ActivityRegularizer", "L1L2"),
            Map.entry("OrthogonalRegularizer", "OrthogonalRegularizer"),
            Map.entry("orthogonal_regularizer", "OrthogonalRegularizer"));

    /** Those whose coefficients are 0 unless they are given. */
    private static final Set<String> WITHOUT_DEFAULT = Set.of("L1L2", "WeightRegularizer", "ActivityRegularizer");

    private final Version version;

    Nodes(Version version) {
        this.version = version;
    }

    /** A constant, a list or dict of constants, or an object of Keras; hidden if any of it is not known. */
    Node of(String what, Value value, Place place) {
        return of(what, value, place, 0);
    }

    private Node of(String what, Value value, Place place, int depth) {
        if (depth > MOST_NESTED) {
            return new Node.Hidden(what, "it nests too deeply", place);
        }
        if (value instanceof Value.Number number) {
            return number.formula().isPresent()
                    ? new Node.Leaf(number(number), Optional.of(value), place)
                    : new Node.Hidden(what, "it is not a finite number", place);
        }
        if (value instanceof Value.Text text) {
            return new Node.Leaf(Document.string(text.value()), Optional.of(value), place);
        }
        if (value instanceof Value.Bool bool) {
            return new Node.Leaf(Boolean.toString(bool.value()), Optional.of(value), place);
        }
        if (value instanceof Value.None) {
            return new Node.Leaf("null", Optional.of(value), place);
        }
        if (value instanceof Sequence sequence && sequence.isComplete()) {
            List<Node> elements = new ArrayList<>();
            for (Value element : sequence.elements()) {
                elements.add(of(what, element, place, depth + 1));
            }
            return hiddenIn(elements).orElse(new Node.Items(elements, place));
        }
        if (value instanceof Mapping mapping && mapping.rest().isEmpty()) {
            return mapping(what, mapping, place, depth);
        }
        return value instanceof Value.Made made ? object(what, made.call(), place, depth) : hidden(what, value, place);
    }

    private Node mapping(String what, Mapping mapping, Place place, int depth) {
        Map<String, Node> members = new LinkedHashMap<>();
        for (Mapping.Entry entry : mapping.entries()) {
            if (!(entry.key() instanceof Value.Text key)) {
                return hidden(what, entry.key(), place);
            }
            members.put(key.value(), of(what, entry.value(), place, depth + 1));
        }
        return hiddenIn(members.values()).orElse(new Node.Tree(members, place));
    }

    /** A penalty, a constraint, a schedule, an initializer. */
    private Node object(String what, RecordedCall call, Place place, int depth) {
        Optional<String> name = Names.ofKeras(call.callee());
        if (name.isEmpty()) {
            return hidden(what, new Value.Made(call), place);
        }
        String last = Names.last(name.get());
        if (name.get().equals("regularizers.get") && !call.positional().isEmpty()) {
            return of(what, call.positional().get(0).value(), place, depth + 1);
        }
        if (call.isOpen()) {
            return new Node.Hidden(
                    what, "arguments of " + last + " are given by stars of what is not known", call.place());
        }
        Map<String, Node> config = new LinkedHashMap<>();
        for (Map.Entry<String, Argument> argument :
                Signatures.arguments(version, last, call, 0).entrySet()) {
            Argument given = argument.getValue();
            config.put(
                    argument.getKey(), of(argument.getKey() + " of " + last, given.value(), given.place(), depth + 1));
        }
        Optional<Node> hidden = hiddenIn(config.values());
        if (hidden.isPresent()) {
            return hidden.get();
        }
        String className = PENALTIES.get(last);
        if (className != null) {
            return written(className, penalty(last, className, config, call.place()), call.place());
        }
        return Names.isUpper(last) ? written(last, config, call.place()) : hidden(what, new Value.Made(call), place);
    }

    private Map<String, Node> penalty(String function, String className, Map<String, Node> given, Place place) {
        Map<String, Node> config = new LinkedHashMap<>();
        given.forEach((name, node) ->
                config.put(name.equals("l") ? className.toLowerCase(java.util.Locale.ROOT) : name, node));
        if (className.startsWith("L") && !WITHOUT_DEFAULT.contains(function)) {
            for (String norm : List.of("l1", "l2")) {
                if (className.toLowerCase(java.util.Locale.ROOT).contains(norm)) {
                    config.putIfAbsent(norm, new Node.Leaf("0.01", Optional.empty(), place));
                }
            }
        }
        return config;
    }

    /** An object as Keras serializes it. */
    static Node.Tree written(String className, Map<String, Node> config, Place place) {
        return new Node.Tree(Map.of(), place)
                .with("class_name", text(className, place))
                .with("config", new Node.Tree(config, place));
    }

    /** A string that is not the program's own. */
    static Node text(String text, Place place) {
        return new Node.Leaf(Document.string(text), Optional.empty(), place);
    }

    /** The first part that is not known. */
    static Optional<Node> hiddenIn(Iterable<Node> nodes) {
        for (Node node : nodes) {
            if (node instanceof Node.Hidden) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }

    /** What is not known, with the reason. */
    static Node.Hidden hidden(String what, Value value, Place place) {
        return new Node.Hidden(what, Reasons.of(value), Reasons.place(value).orElse(place));
    }

    private static String number(Value.Number number) {
        if (number.integer().isPresent()) {
            return number.integer().get().toString();
        }
        BigDecimal exact = number.decimal();
        BigDecimal shown = exact.stripTrailingZeros().precision() <= DIGITS
                ? exact
                : new BigDecimal(Double.toString(number.value()));
        return shown.toString();
    }
}
