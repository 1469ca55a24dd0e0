package samestep.recipe;

import java.util.Optional;

/**
 * Names a parameter.
 *
 * @param layer the layer's name; {@code *} for every layer, when none are known; {@code *word*} for every layer that has a
 *     word in its name, or in that of the parameter, where a file tells parameters apart by words
 * @param role what it does there
 */
public record ParameterName(String layer, Role role) {
    /** Stands for every layer. */
    public static final String ANY_LAYER = "*";

    /** What stands for every layer that has a word in its name. */
    public static String withWord(String word) {
        return ANY_LAYER + word + ANY_LAYER;
    }

    /** The word that decides which layers are meant; empty where the layer is named, or every layer is meant. */
    public Optional<String> word() {
        boolean isWord = layer.length() > 2 && layer.startsWith(ANY_LAYER) && layer.endsWith(ANY_LAYER);
        return isWord ? Optional.of(layer.substring(1, layer.length() - 1)) : Optional.empty();
    }

    /** Written out, because every start needs it, and the JVM takes some milliseconds to make that of a record. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ParameterName that && role == that.role && layer.equals(that.layer);
    }

    @Override
    public int hashCode() {
        return layer.hashCode() * 31 + role.hashCode();
    }

    @Override
    public String toString() {
        return layer.equals(ANY_LAYER) ? "every " + role.word() : layer + " " + role.word();
    }
}
