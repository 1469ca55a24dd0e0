package samestep.dialect.keras.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a Keras configuration to be written. */
public sealed interface KerasValue {

    /** A number, as it will be written. */
    public record Num(String text) implements KerasValue {}

    /** True or false. */
    public record Flag(boolean on) implements KerasValue {}

    /** {@code null}, {@code None}. */
    public record Nothing() implements KerasValue {}

    /** Several values. */
    public record Many(List<KerasValue> values) implements KerasValue {
        public Many {
            values = List.copyOf(values);
        }
    }

    /** A text. */
    public record Text(String text) implements KerasValue {}

    /** An object of a class, with its arguments in order. */
    public record Instance(String module, String className, Map<String, KerasValue> arguments) implements KerasValue {
        /** An object without arguments yet. */
        public static Instance of(String module, String className) {
            return new Instance(module, className, Map.of());
        }

        public Instance {
            arguments = new LinkedHashMap<>(arguments);
        }

        /** The same with one more argument. */
        public Instance with(String name, KerasValue value) {
            Map<String, KerasValue> more = new LinkedHashMap<>(arguments);
            more.put(name, value);
            return new Instance(module, className, more);
        }

        /** The names of the arguments, in order. */
        List<String> names() {
            return new ArrayList<>(arguments.keySet());
        }
    }
}
