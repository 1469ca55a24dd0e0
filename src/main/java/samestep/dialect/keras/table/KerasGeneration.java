package samestep.dialect.keras.table;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.dialect.keras.document.KerasObject;

/** A generation of Keras' optimizers: the same class name, or the same argument, means another thing in another one. */
public enum KerasGeneration {
    /** Keras 1. */
    KERAS_1("1", "Keras 1"),
    /** Keras 2.0 to 2.3, before it was part of TensorFlow. */
    KERAS_2("2.3", "Keras 2.0 to 2.3"),
    /** The optimizers of tf.keras up to 2.10, {@code keras.optimizers.legacy} since. */
    LEGACY("tf.keras", "tf.keras' legacy optimizers"),
    /** The optimizers of Keras 2.11 to 2.15. */
    KERAS_2_15("2.15", "Keras 2.11 to 2.15"),
    /** Keras 3. */
    KERAS_3("3", "Keras 3"),
    /** TensorFlow Addons, on top of the legacy optimizers. */
    ADDONS("addons", "TensorFlow Addons");

    private final String word;
    private final String title;

    KerasGeneration(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** As it is written on the command line. */
    String word() {
        return word;
    }

    /** As sentences call it. */
    public String title() {
        return title;
    }

    /** Whether it keeps hyper-parameters as single-precision variables whatever the model's own precision. */
    public boolean keepsSinglePrecision() {
        return this == KERAS_1 || this == KERAS_2 || this == LEGACY || this == ADDONS;
    }

    /** Whether {@code clipnorm} measures all gradients together, and {@code clipvalue} clips what is left. */
    public boolean clipsTogether() {
        return this == KERAS_1 || this == KERAS_2;
    }

    /** Whether {@code decay} makes the learning rate smaller with each update. */
    public boolean decaysRate() {
        return keepsSinglePrecision();
    }

    /** Whether each of the clips that are set is done, by value first. */
    public boolean clipsByAll() {
        return this == LEGACY || this == ADDONS;
    }

    /** Whether the learning rate can be a schedule object. */
    public boolean hasScheduleObjects() {
        return !clipsTogether();
    }

    /** Whether AdaGrad and RMSprop without momentum add epsilon to the root, and not under it. */
    boolean addsEpsilonToRoot() {
        return keepsSinglePrecision();
    }

    /** Whether optimizers take {@code weight_decay}. */
    public boolean hasOptimizerDecay() {
        return this == KERAS_2_15 || this == KERAS_3;
    }

    /** What a document says of its version. */
    public String version() {
        return switch (this) {
            case KERAS_1 -> "1.2.2";
            case KERAS_2 -> "2.3.1";
            case LEGACY -> "2.10.0";
            case KERAS_2_15 -> "2.15.0";
            case KERAS_3, ADDONS -> "";
        };
    }

    /** The generations that can be written, as they are called on the command line. */
    public static List<String> writable() {
        return Stream.of(KERAS_1, KERAS_2, LEGACY, KERAS_2_15, KERAS_3)
                .map(KerasGeneration::word)
                .toList();
    }

    /** Whether no recording of it exists: what is known of it was read in its source. */
    public boolean isFromSource() {
        return clipsTogether();
    }

    /** The generation written so. */
    public static Optional<KerasGeneration> named(String word) {
        for (KerasGeneration generation : values()) {
            if (generation.word.equals(word)) {
                return Optional.of(generation);
            }
        }
        return Optional.empty();
    }

    /**
     * The generation of a serialized optimizer.
     *
     * @param optimizer the object
     * @param version what the document says of the version of Keras; empty where it is silent
     */
    public static KerasGeneration of(KerasObject optimizer, String version) {
        String module = optimizer.module();
        if (optimizer.registered().startsWith("Addons>") || module.startsWith("tensorflow_addons")) {
            return ADDONS;
        }
        List<String> arguments = optimizer.arguments();
        if (arguments.contains("is_legacy_optimizer")) {
            return optimizer.flag("is_legacy_optimizer", false) ? LEGACY : KERAS_2_15;
        }
        if (module.contains("legacy")) {
            return LEGACY;
        }
        if (arguments.contains("gradient_accumulation_steps") || arguments.contains("loss_scale_factor")) {
            return KERAS_3;
        }
        return ofVersion(version)
                .map(v -> v == KERAS_2_15 ? before(arguments) : v)
                .orElseGet(() -> byArguments(arguments));
    }

    /** Keras 2.11 and later wrote {@code is_legacy_optimizer} into every configuration of a new optimizer. */
    private static KerasGeneration before(List<String> arguments) {
        return arguments.contains("decay") ? LEGACY : KERAS_2_15;
    }

    private static KerasGeneration byArguments(List<String> arguments) {
        if (arguments.contains("lr")) {
            return KERAS_2;
        }
        return arguments.contains("decay") ? LEGACY : KERAS_3;
    }

    /** The generation of a version such as 2.2.4-tf. */
    static Optional<KerasGeneration> ofVersion(String version) {
        String[] parts = version.split("[.-]");
        if (parts.length < 2 || !parts[0].matches("[0-9]") || !parts[1].matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        int minor = Integer.parseInt(parts[1]);
        return switch (parts[0]) {
            case "0", "1" -> Optional.of(KERAS_1);
            case "2" ->
                Optional.of(
                        version.contains("tf") || (minor > 3 && minor < 11)
                                ? LEGACY
                                : minor <= 3 ? KERAS_2 : KERAS_2_15);
            default -> Optional.of(KERAS_3);
        };
    }
}
