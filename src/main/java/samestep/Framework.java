package samestep;

import java.util.List;
import java.util.Optional;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;

/**
 * A deep-learning framework whose configurations are known.
 *
 * @param name the short name, as on the command line: {@code caffe}, {@code keras}
 * @param title the name in sentences
 * @param styles the forms its configurations are written in, the usual one first; empty if they can only be read
 */
public record Framework(String name, String title, List<String> styles) {

    /** Copies the styles. */
    public Framework {
        styles = List.copyOf(styles);
    }

    /** Every framework. */
    public static List<Framework> all() {
        return Dialects.all().stream().map(Framework::of).toList();
    }

    /** The framework of that short name. */
    public static Optional<Framework> named(String name) {
        return Dialects.named(name).map(Framework::of);
    }

    static Framework of(Dialect dialect) {
        List<String> styles = List.copyOf(dialect.styles());
        return new Framework(dialect.name(), dialect.title(), styles);
    }

    @Override
    public String toString() {
        return title;
    }
}
