package samestep.compare.trait;

import java.util.List;

/**
 * Something in which two parameters' updates differ.
 *
 * @param name what it is, such as {@code momentum}, {@code L2 in the gradient} or {@code equations}
 * @param source what the first side has, in words; {@code -} where it has no such thing
 * @param target what the second side has
 * @param isOfTheOptimizer whether it is one of the optimizer's numbers, its equations, or the order around it
 */
public record Trait(String name, String source, String target, boolean isOfTheOptimizer) {
    /** There is no such thing on this side. */
    static final String NONE = "-";

    /** Something beside the optimizer. */
    public Trait(String name, String source, String target) {
        this(name, source, target, false);
    }

    /** Such as {@code momentum (0.9, 0.8)}. */
    @Override
    public String toString() {
        return name + " (" + source + " | " + target + ")";
    }

    /** Several in one line. */
    public static String list(List<Trait> traits) {
        return String.join(", ", traits.stream().map(Trait::toString).toList());
    }
}
