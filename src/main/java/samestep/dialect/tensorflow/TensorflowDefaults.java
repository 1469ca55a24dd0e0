package samestep.dialect.tensorflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The optimizers of {@code tf.compat.v1.train} and of the Model Garden with their defaults, as the resources
 * {@code optimizers.txt} and {@code garden.txt} have them.
 */
final class TensorflowDefaults {
    /**
     * A class.
     *
     * @param equations the equation file it follows
     * @param values its defaults, by argument
     */
    record Known(String equations, Map<String, String> values) {}

    /** What Keras' optimizers have that the Object Detection API never sets. Source: keras/optimizers of 2.10. */
    static final Known KERAS = new Known("", Map.of("rho", "0.9", "beta_1", "0.9", "beta_2", "0.999"));

    private TensorflowDefaults() {}

    /** The class of that name, such as {@code MomentumOptimizer}. */
    static Optional<Known> of(String className) {
        return Optional.ofNullable(Table.CLASSES.get(className));
    }

    /** The name of the class that follows these equations, such as {@code MomentumOptimizer} for {@code Momentum}. */
    static String className(String equations) {
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
    static Set<String> names() {
        return new TreeSet<>(Table.CLASSES.keySet());
    }

    /** What the Model Garden calls an optimizer, such as {@code rmsprop}; its equations are Keras'. */
    static Optional<Known> garden(String type) {
        return Optional.ofNullable(Garden.TYPES.get(type));
    }

    /** The Model Garden's names, for messages. */
    static Set<String> gardenTypes() {
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
        text(resource)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> entry(line, classes));
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

    private static String text(String resource) {
        try (InputStream in = TensorflowDefaults.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the table " + resource + " of TensorFlow's optimizers is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
