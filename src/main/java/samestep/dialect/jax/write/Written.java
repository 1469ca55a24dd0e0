package samestep.dialect.jax.write;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samestep.equation.Expression;
import samestep.recipe.ParameterName;

/** What is written for Optax, before it is JSON or Python. */
sealed interface Written {
    /** A number, as it is to be written. */
    record Num(String text) implements Written {}

    /** True or false. */
    record Flag(boolean on) implements Written {}

    /** A list. */
    record Many(List<Written> values) implements Written {
        /** Copies. */
        public Many {
            values = List.copyOf(values);
        }
    }

    /** A dict. */
    record Table(Map<String, Written> entries) implements Written {
        /** Copies. */
        public Table {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /**
     * A call of one of Optax' functions.
     *
     * @param name among Optax'
     * @param isSchedule whether it makes a schedule, and not a transformation
     */
    record Made(String name, boolean isSchedule, List<Written> positional, Map<String, Written> named)
            implements Written {
        /** Copies. */
        public Made {
            positional = List.copyOf(positional);
            named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
        }

        /** A transformation. */
        static Made of(String name, Map<String, Written> named) {
            return new Made(name, false, List.of(), named);
        }

        /** The same with one more argument. */
        Made with(String argument, Written value) {
            Map<String, Written> more = new LinkedHashMap<>(named);
            more.put(argument, value);
            return new Made(name, isSchedule, positional, more);
        }
    }

    /** A schedule of one's own, as an expression of {@code t}. */
    record Curve(Expression formula) implements Written {}

    /**
     * What is said of each parameter.
     *
     * @param isMask whether it is true or false, and not a label
     */
    record Tree(Map<ParameterName, String> of, boolean isMask) implements Written {
        /** Copies. */
        public Tree {
            of = Collections.unmodifiableMap(new LinkedHashMap<>(of));
        }
    }
}
