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

    @Override
    public String toString() {
        return layer.equals(ANY_LAYER) ? "every " + role.word() : layer + " " + role.word();
    }
}
