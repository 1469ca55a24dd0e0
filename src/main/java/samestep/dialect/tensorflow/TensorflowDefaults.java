package samestep.dialect.tensorflow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import samestep.dialect.Resources;

/**
 * The optimizers of {@code tf.compat.v1.train} and of the Model Garden with their defaults, as the resources
 * {@code optimizers.txt} and {@code garden.txt} have them.
 */
public final class TensorflowDefaults {
    /**
     * A class.
     *
     * @param equations the equation file it follows
     * @param values its defaults, by argument
     */
    public record Known(String equations, Map<String, String> values) {
        /** The update of gradients that are multiplied by the rate before it; empty where that is not known. */
        public Optional<Known> ofRates() {
            return switch (equations) {
                case "Momentum" -> Optional.of(new Known("MomentumOfRates", values));
                // Without a state the rate acts alike on both sides of it.
                case "GradientDescent" -> Optional.of(this);
                default -> Optional.empty();
            };
        }
    }

    /** What Keras' optimizers have that the Object Detection API never sets. Source: keras/optimizers of 2.10. */
    public static final Known KERAS = new Known("", Map.of("rho", "0.9", "beta_1", "0.9", "beta_2", "0.999"));

    private TensorflowDefaults() {}

    /** The class of that name, such as {@code MomentumOptimizer}. */
    public static Optional<Known> of(String className) {
        return Optional.ofNullable(Table.CLASSES.get(className));
    }

    /** The name of the class that follows these equations, such as {@code MomentumOptimizer} for {@code Momentum}. */
    public static String className(String equations) {
        return Table.CLASSES.entrySet().stream()
                .filter(entry -> entry.getValue().equations().equals(equations))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /** The class that follows these equations, such as {@code Momentum}. */
    static Known following(String equations) {
        return Table.CLASSES.values().stream()
                .filter(known -> known.equations().equals(equations))
                .findFirst()
                .orElseThrow();
    }

    /** The names of the classes, for messages. */
    public static Set<String> names() {
        return new TreeSet<>(Table.CLASSES.keySet());
    }

    /** What the Model Garden calls an optimizer, such as {@code rmsprop}; its equations are Keras'. */
    public static Optional<Known> garden(String type) {
        return Optional.ofNullable(Garden.TYPES.get(type));
    }

    /** The Model Garden's names, for messages. */
    public static Set<String> gardenTypes() {
        return new TreeSet<>(Garden.TYPES.keySet());
    }

    /** Read at the first use. */
    private static final class Table {
        private static final Map<String, Known> CLASSES = read("optimizers.txt");
    }

    /** Read at the first use. */
    private static final class Garden {
        private static final Map<String, Known> TYPES = read("garden.txt");
    }

    private static Map<String, Known> read(String resource) {
        Map<String, Known> classes = new TreeMap<>();
        Resources.lines("tensorflow/" + resource).forEach(line -> entry(line, classes));
        return classes;
    }

    private static void entry(String line, Map<String, Known> classes) {
        String[] cells = line.split(" \\| ?");
        Map<String, String> values = new LinkedHashMap<>();
        if (cells.length > 2) {
            for (String argument : cells[2].split(", ")) {
                String[] words = argument.split(" ");
                values.put(words[0], words[1]);
            }
        }
        classes.put(cells[0], new Known(cells[1], Map.copyOf(values)));
    }
}
