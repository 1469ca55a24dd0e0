package samestep.dialect;

import java.util.List;
import java.util.Optional;
import samestep.dialect.caffe.CaffeDialect;
import samestep.dialect.keras.KerasDialect;
import samestep.text.SourceText;

/** The registry: every framework is one line here. */
public final class Dialects {
    private static final List<Dialect> ALL = List.of(new CaffeDialect(), new KerasDialect());

    private Dialects() {}

    /** All frameworks. */
    public static List<Dialect> all() {
        return ALL;
    }

    /** The framework of that name. */
    public static Optional<Dialect> named(String name) {
        return ALL.stream().filter(d -> d.name().equals(name)).findFirst();
    }

    /** The framework whose configuration a text is. */
    public static Optional<Dialect> recognise(SourceText source) {
        return ALL.stream().filter(d -> d.recognises(source)).findFirst();
    }
}
