package samestep.dialect.keras.program;

import java.util.List;

/** A version of Keras as far as programs differ by it. */
enum Version {
    /** Keras 1. */
    KERAS_1("1.2.2", "Keras 1", List.of("1", "3")),
    /** Keras 2.0 to 2.3. */
    KERAS_2("2.3.1", "Keras 2.0 to 2.3", List.of("2.3", "2", "3")),
    /** The optimizers of tf.keras up to 2.10. */
    TF_KERAS("2.10.0", "tf.keras up to 2.10", List.of("tf.keras", "2", "3")),
    /** Keras 2.11 to 2.15. */
    KERAS_2_15("2.15.0", "Keras 2.11 to 2.15", List.of("2", "3")),
    /** Keras 3. */
    KERAS_3("3.0.0", "Keras 3", List.of("3"));

    private final String number;
    private final String title;
    private final List<String> sections;

    Version(String number, String title, List<String> sections) {
        this.number = number;
        this.title = title;
        this.sections = sections;
    }

    /** What a document says of it. */
    String number() {
        return number;
    }

    /** As sentences call it. */
    String title() {
        return title;
    }

    /** The sections of the table of signatures that hold for it, the nearest first. */
    List<String> sections() {
        return sections;
    }

    /** Whether a layer's first automatic name has the number 1, and not none. */
    boolean countsNamesFromOne() {
        return this == KERAS_1 || this == KERAS_2;
    }
}
