package samestep;

import java.util.List;
import java.util.Optional;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;

/**
 * A deep-learning framework whose configurations are known.
 *
 * @param name the short name, as on the command line: {@code caffe}, {@code keras}; never changes
 * @param title the name in sentences
 * @param styles the forms its configurations are written in, such as {@code json} and {@code python}, the usual one
 *     first; empty if they can only be read
 */
public record Framework(String name, String title, List<String> styles) {

    /**
     * Copies the styles.
     *
     * @param name the short name
     * @param title the name in sentences
     * @param styles the forms it is written in
     */
    public Framework {
        styles = List.copyOf(styles);
    }

    /** {@return every framework, in the order of {@code translate frameworks}} */
    public static List<Framework> all() {
        return Dialects.all().stream().map(Framework::of).toList();
    }

    /**
     * The framework of that short name.
     *
     * @param name such as {@code keras}
     * @return empty if there is none
     */
    public static Optional<Framework> named(String name) {
        return Dialects.named(name).map(Framework::of);
    }

    static Framework of(Dialect dialect) {
        List<String> styles = List.copyOf(dialect.styles());
        return new Framework(dialect.name(), dialect.title(), styles);
    }

    /** {@return the title} */
    @Override
    public String toString() {
        return title;
    }
}
