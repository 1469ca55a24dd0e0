package samestep.dialect.tensorflow.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.Resources;

/** The operations that TensorFlow has, with their attributes: the resource {@code graph-operations.txt}. */
public final class Operations {
    private Operations() {}

    /**
     * An attribute.
     *
     * @param type as TensorFlow's registry calls it: {@code int}, {@code list(shape)}
     * @param fallback as {@link AttributeText} has it; empty where there is none
     */
    public record Attribute(String type, String fallback) {}

    private static final class Holder {
        static final Map<String, Map<String, Attribute>> ALL = parse();
    }

    private static Map<String, Map<String, Attribute>> parse() {
        Map<String, Map<String, Attribute>> all = new LinkedHashMap<>();
        Resources.lines("tensorflow/graph-operations.txt").forEach(line -> {
            String[] words = line.split(" ");
            Map<String, Attribute> attributes = new LinkedHashMap<>();
            for (int i = 1; i < words.length; i++) {
                int colon = words[i].indexOf(':');
                int equals = words[i].indexOf('=');
                String type = words[i].substring(colon + 1, equals < 0 ? words[i].length() : equals);
                String fallback = equals < 0 ? "" : words[i].substring(equals + 1);
                attributes.put(words[i].substring(0, colon), new Attribute(type, fallback));
            }
            all.put(words[0], attributes);
        });
        return all;
    }

    /** All of them, by name. */
    public static Map<String, Map<String, Attribute>> all() {
        return Holder.ALL;
    }

    /** Whether TensorFlow itself has an operation, and not a library beside it. */
    public static boolean isKnown(String operation) {
        return Holder.ALL.containsKey(operation);
    }

    /** The default of an attribute; empty where it has none. */
    public static String fallback(String operation, String attribute) {
        return Optional.ofNullable(Holder.ALL.getOrDefault(operation, Map.of()).get(attribute))
                .map(Attribute::fallback)
                .orElse("");
    }
}
