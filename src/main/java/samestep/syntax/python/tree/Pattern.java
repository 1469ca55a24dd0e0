package samestep.syntax.python.tree;

import java.util.List;
import java.util.Optional;

/** A pattern of a {@code case}. */
public sealed interface Pattern {

    /** Equal to a value; {@code True}, {@code False} and {@code None} are identical to it. */
    record Value(Expression value) implements Pattern {}

    /** Anything that the inner pattern matches, bound to a name; without an inner one anything. */
    record Capture(Optional<Pattern> pattern, String name) implements Pattern {}

    /** Anything. */
    record Wildcard() implements Pattern {}

    /** A sequence. */
    record Sequence(List<Pattern> elements) implements Pattern {
        /** Copies the elements. */
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    /** The rest of a sequence; the name is {@code _} where it is bound to nothing. */
    record Star(String name) implements Pattern {}

    /** A mapping with these keys; {@code rest} may be empty. */
    record Mapping(List<Expression> keys, List<Pattern> values, String rest) implements Pattern {
        /** Copies the lists. */
        public Mapping {
            keys = List.copyOf(keys);
            values = List.copyOf(values);
        }
    }

    /** An instance: patterns by position, then by name. */
    record Instance(Expression type, List<Pattern> positional, List<String> names, List<Pattern> named)
            implements Pattern {
        /** Copies the lists. */
        public Instance {
            positional = List.copyOf(positional);
            names = List.copyOf(names);
            named = List.copyOf(named);
        }
    }

    /** Any of these. */
    record Or(List<Pattern> alternatives) implements Pattern {
        /** Copies the alternatives. */
        public Or {
            alternatives = List.copyOf(alternatives);
        }
    }
}
