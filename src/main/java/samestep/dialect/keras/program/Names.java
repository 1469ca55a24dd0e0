package samestep.dialect.keras.program;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.dialect.keras.write.KerasPythonClasses;
import samestep.program.value.Value;

/** What the canonical names of a library's things say. */
final class Names {
    private static final List<String> ROOTS = List.of(
            "keras.",
            "tf_keras.",
            "keras_core.",
            "keras_contrib.",
            "tensorflow.keras.",
            "tensorflow.python.keras.",
            "tensorflow.contrib.keras.",
            "tensorflow.compat.v1.keras.",
            "tensorflow.compat.v2.keras.",
            "tensorflow_addons.",
            KerasPythonClasses.OURS);

    /** Libraries with layers of their own, some by names of Keras, and what their classes are registered as. */
    private static final Map<String, String> OTHERS =
            Map.of("tensorflow_addons.", "Addons>", "keras_contrib.", "keras_contrib>");

    private static final List<String> MODELS = List.of("Model", "Sequential", "Functional", "Graph");

    private Names() {}

    /** The part of a name below Keras' own module; empty where it is not of Keras. Several names may be meant. */
    static Optional<String> ofKeras(Value value) {
        return all(value).findFirst();
    }

    /** Every name below Keras' own module that may be meant: several where everything was imported from several modules. */
    private static Stream<String> all(Value value) {
        return value instanceof Value.Library library
                ? Stream.concat(Stream.of(library.name()), library.others().stream())
                        .flatMap(name -> below(name).stream())
                : Stream.empty();
    }

    private static Optional<String> below(String name) {
        return ROOTS.stream()
                .filter(name::startsWith)
                .map(root -> name.substring(root.length()))
                .findFirst();
    }

    /** The last part of a name. */
    static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The class of layers that something is; empty where it is not a layer. One of another library has its package before it. */
    static Optional<String> layerClass(Value value) {
        Optional<String> other = value instanceof Value.Library library
                ? OTHERS.keySet().stream()
                        .filter(root -> library.name().startsWith(root))
                        .findFirst()
                : Optional.empty();
        return keptClass(value).map(name -> other.map(OTHERS::get).orElse("") + name);
    }

    private static Optional<String> keptClass(Value value) {
        return all(value)
                .filter(name -> isUpper(last(name)))
                .filter(name -> name.startsWith("layers.")
                        || name.contains(".layers.")
                        || name.startsWith("engine.")
                        || List.of("Layer", "Lambda").contains(name))
                .map(Names::last)
                .filter(name -> !MODELS.contains(name) && !name.equals("InputSpec") && !name.equals("Node"))
                .findFirst();
    }

    /** Whether something makes a model out of layers. */
    static boolean isModelClass(Value value) {
        return all(value).map(Names::last).anyMatch(MODELS::contains);
    }

    /** The class of optimizers that something is; empty where it is not an optimizer. */
    static Optional<String> optimizerClass(Value value) {
        return all(value)
                .filter(name -> name.startsWith("optimizers.") || name.contains(".optimizers."))
                .filter(name -> !name.contains("schedules."))
                .map(Names::last)
                .filter(Names::isUpper)
                .findFirst();
    }

    /** Whether a name begins with a capital letter, as those of classes do. */
    static boolean isUpper(String name) {
        return !name.isEmpty() && Character.isUpperCase(name.charAt(0));
    }

    /** The name that Keras makes of a class's. Source: keras/src/utils/naming.py, to_snake_case. */
    static String snake(String className) {
        return className
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
