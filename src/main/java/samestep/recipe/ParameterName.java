package samestep.recipe;

/**
 * Names a parameter.
 *
 * @param layer the layer's name; {@code *} for every layer, when none are known
 * @param role what it does there
 */
public record ParameterName(String layer, Role role) {
    /** Stands for every layer. */
    public static final String ANY_LAYER = "*";

    /** Written out, for it is asked at every start, and the JVM takes some milliseconds to make that of a record. */
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
