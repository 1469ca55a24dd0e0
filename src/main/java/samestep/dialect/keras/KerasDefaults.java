package samestep.dialect.keras;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The optimizers of Keras 3 and their defaults. Source: keras/src/optimizers of Keras 3.15.1. */
final class KerasDefaults {
    /**
     * A class.
     *
     * @param equations the equation file it follows
     * @param values its defaults, by argument
     */
    record Known(String equations, Map<String, String> values) {}

    private static final Map<String, String> ADAM =
            Map.of("learning_rate", "0.001", "beta_1", "0.9", "beta_2", "0.999", "epsilon", "1e-07", "amsgrad", "0");

    private static final Map<String, String> WITHOUT_AMSGRAD =
            Map.of("learning_rate", "0.001", "beta_1", "0.9", "beta_2", "0.999", "epsilon", "1e-07");

    private static final Map<String, Known> CLASSES = Map.ofEntries(
            Map.entry("SGD", new Known("SGD", Map.of("learning_rate", "0.01", "momentum", "0.0", "nesterov", "0"))),
            Map.entry(
                    "Adagrad",
                    new Known(
                            "Adagrad",
                            Map.of("learning_rate", "0.001", "initial_accumulator_value", "0.1", "epsilon", "1e-07"))),
            Map.entry(
                    "Adadelta",
                    new Known("Adadelta", Map.of("learning_rate", "0.001", "rho", "0.95", "epsilon", "1e-07"))),
            Map.entry(
                    "RMSprop",
                    new Known(
                            "RMSprop",
                            Map.of(
                                    "learning_rate",
                                    "0.001",
                                    "rho",
                                    "0.9",
                                    "momentum",
                                    "0.0",
                                    "epsilon",
                                    "1e-07",
                                    "centered",
                                    "0"))),
            Map.entry("Adam", new Known("Adam", ADAM)),
            Map.entry("AdamW", new Known("Adam", ADAM)),
            Map.entry("Adamax", new Known("Adamax", WITHOUT_AMSGRAD)),
            Map.entry("Nadam", new Known("Nadam", WITHOUT_AMSGRAD)),
            Map.entry("Lamb", new Known("Lamb", WITHOUT_AMSGRAD)),
            Map.entry("Lion", new Known("Lion", Map.of("learning_rate", "0.001", "beta_1", "0.9", "beta_2", "0.99"))),
            Map.entry(
                    "Ftrl",
                    new Known(
                            "Ftrl",
                            Map.of(
                                    "learning_rate",
                                    "0.001",
                                    "learning_rate_power",
                                    "-0.5",
                                    "initial_accumulator_value",
                                    "0.1"))));

    /** What AdamW decays by when nothing is said; the others do not decay. */
    static final String ADAMW_WEIGHT_DECAY = "0.004";

    /**
     * What the strings "l1" and "l2" stand for: 0.01, which Keras keeps in single precision whatever the model's own.
     */
    static final String STRING_PENALTY = Double.toString((float) 0.01);

    private KerasDefaults() {}

    /** The class of that name, if its equations are known. */
    static Optional<Known> of(String className) {
        return Optional.ofNullable(CLASSES.get(className));
    }

    /** The names of the known classes, for messages. */
    static Set<String> names() {
        return new TreeSet<>(CLASSES.keySet());
    }
}
