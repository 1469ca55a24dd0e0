package samestep.dialect.keras.program;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Value;

/** A part of the document that is made of a program. */
sealed interface Node {

    /** Where the program says it. */
    Place place();

    /**
     * A constant.
     *
     * @param json as in JSON
     * @param value what the program has; empty for a default
     */
    record Leaf(String json, Optional<Value> value, Place place) implements Node {}

    /** An object. */
    record Tree(Map<String, Node> members, Place place) implements Node {
        public Tree {
            members = new LinkedHashMap<>(members);
        }

        /** The same with one more member. */
        Tree with(String name, Node member) {
            Map<String, Node> more = new LinkedHashMap<>(members);
            more.put(name, member);
            return new Tree(more, place);
        }
    }

    /** A list. */
    record Items(List<Node> elements, Place place) implements Node {
        public Items {
            elements = List.copyOf(elements);
        }
    }

    /**
     * An object in place of a value that is not known: of a class that Keras does not have.
     *
     * @param what what it is in place of
     * @param reason why it is not known
     */
    record Hidden(String what, String reason, Place place) implements Node {}
}
