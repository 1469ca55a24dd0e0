package samestep.dialect.keras.table;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import samestep.dialect.Resources;
import samestep.recipe.Origin;

/** The optimizers of each generation of Keras with their defaults, as the resource {@code optimizers.txt} has them. */
public final class KerasDefaults {
    private static final String OF = "Keras' default of ";

    /**
     * A class.
     *
     * @param equations the equation file it follows
     * @param values its defaults, by argument
     */
    public record Known(String equations, Map<String, String> values) {}

    /**
     * What the strings "l1" and "l2" stand for: 0.01, which Keras keeps in single precision whatever the model's own.
     */
    public static final String STRING_PENALTY = Double.toString((float) 0.01);

    private KerasDefaults() {}

    /** The source of an argument's value where it is not given. */
    public static Origin.Default origin(String argument) {
        return new Origin.Default(OF + argument);
    }

    /** The argument that such a value belongs to; empty for what is not a default of an argument. */
    public static Optional<String> argument(Origin.Default origin) {
        return origin.of().startsWith(OF) ? Optional.of(origin.of().substring(OF.length())) : Optional.empty();
    }

    /** The class of that name, if its equations are known. */
    public static Optional<Known> of(KerasGeneration generation, String className) {
        return Optional.ofNullable(classes(generation).get(className));
    }

    /** Whether any generation has a class of that name. */
    public static boolean isOptimizer(String className) {
        return Table.CLASSES.values().stream().anyMatch(classes -> classes.containsKey(className));
    }

    /** The class that an optimizer's own name, such as adamw, is the usual one of. */
    public static Optional<String> named(String name) {
        return Table.CLASSES.values().stream()
                .flatMap(classes -> classes.keySet().stream())
                .filter(className -> className.equalsIgnoreCase(name))
                .findFirst();
    }

    /** The names of a generation's classes, for messages. */
    public static Set<String> names(KerasGeneration generation) {
        return new TreeSet<>(classes(generation).keySet());
    }

    private static Map<String, Known> classes(KerasGeneration generation) {
        return Table.CLASSES.getOrDefault(generation, Map.of());
    }

    /** Read at the first use. */
    private static final class Table {
        private static final Map<KerasGeneration, Map<String, Known>> CLASSES = read();

        private static Map<KerasGeneration, Map<String, Known>> read() {
            Map<KerasGeneration, Map<String, Known>> classes = new EnumMap<>(KerasGeneration.class);
            Resources.text("keras/optimizers.txt")
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> entry(line, classes));
            return classes;
        }

        private static void entry(String line, Map<KerasGeneration, Map<String, Known>> classes) {
            String[] cells = line.split(" \\| ");
            Map<String, String> values = new LinkedHashMap<>();
            for (String argument : cells[3].split(", ")) {
                String[] words = argument.split(" ");
                values.put(words[0], words[1]);
            }
            for (String generation : cells[0].split(", ")) {
                classes.computeIfAbsent(KerasGeneration.named(generation).orElseThrow(), g -> new TreeMap<>())
                        .put(cells[1], new Known(cells[2], Map.copyOf(values)));
            }
        }
    }
}
