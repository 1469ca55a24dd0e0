package samestep.dialect.jax.own;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.dialect.EquationFiles;
import samestep.dialect.Resources;
import samestep.equation.Equations;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * A transformation that Optax does not have: a stage of another framework, by its equations. A program gets it as a function that
 * is printed of them, and is known by that text.
 *
 * @param name what its equations are called, such as {@code keras.Adam}
 * @param equations what it does
 * @param kind what it takes and gives
 */
public record OwnTransform(String name, Equations equations, Kind kind) {
    /** Before its name, wherever a name of Optax' may be. */
    public static final String OURS = "samestep.";
    /** What the rate is called that it takes. */
    public static final String RATE = "learning_rate";

    private static final String LIBRARY = "<samestep>.";
    private static final Pattern OPTIMIZER = Pattern.compile("[a-z]+\\.[A-Za-z0-9]+");
    private static final Pattern FIRST_LINES = Pattern.compile("def \\w+\\([^\n]*\\):\n    \"\"\"(\\S+): ");
    private static final Quantity ONE = Quantity.byDefault("1", "");

    /** What a transformation takes and gives. */
    public enum Kind {
        /** A gradient for a gradient. */
        GRADIENT,
        /** A direction for a gradient: the learning rate comes after it. */
        DIRECTION,
        /** The step for a gradient: the learning rate is in it. */
        STEP,
        /** A step for a step: a share of the weight beside it. */
        BESIDE
    }

    /** The transformation of a name without its module; empty if no equations have the name, or Python cannot express them. */
    public static Optional<OwnTransform> named(String name) {
        return equations(name).flatMap(OwnTransform::of);
    }

    /** The one that does what these equations say. */
    public static Optional<OwnTransform> of(Equations equations) {
        return TransformPython.kind(equations)
                .map(kind -> new OwnTransform(equations.name(), equations, kind))
                .filter(own -> own.text().isPresent());
    }

    private static Optional<Equations> equations(String name) {
        Optional<Equations> stage = stages().stream()
                .map(Stage::equations)
                .filter(equations -> equations.name().equals(name))
                .findFirst();
        if (stage.isPresent() || !OPTIMIZER.matcher(name).matches()) {
            return stage;
        }
        int dot = name.indexOf('.');
        boolean isFile = Resources.class.getResource(name.replace('.', '/') + ".eq") != null;
        return isFile
                ? Optional.of(new EquationFiles(name.substring(0, dot)).of(name.substring(dot + 1)))
                : Optional.empty();
    }

    private static List<Stage> stages() {
        return List.of(
                new Stage.Clip(Stage.Clip.Kind.TENSOR_NORM, ONE),
                new Stage.Clip(Stage.Clip.Kind.GUARDED_TENSOR_NORM, ONE),
                new Stage.Clip(Stage.Clip.Kind.GUARDED_GLOBAL_NORM, ONE),
                new Stage.Penalty(Stage.Penalty.Norm.L1, ONE),
                new Stage.DecoupledDecay(ONE));
    }

    /**
     * What a definition of a program is, if it is the text of one of these.
     *
     * @return a name that no import can give
     */
    public static Optional<String> known(String text) {
        Matcher lines = FIRST_LINES.matcher(text);
        if (!lines.lookingAt()) {
            return Optional.empty();
        }
        return named(lines.group(1))
                .filter(own -> own.text().orElse("").strip().equals(text.strip()))
                .map(own -> LIBRARY + own.name());
    }

    /** The name among Optax' of what a program calls by such a name; empty for another. */
    public static Optional<String> called(String library) {
        return library.startsWith(LIBRARY) ? Optional.of(OURS + library.substring(LIBRARY.length())) : Optional.empty();
    }

    /** The one that is called by a name among Optax'. */
    public static Optional<OwnTransform> among(String name) {
        return name.startsWith(OURS) ? named(name.substring(OURS.length())) : Optional.empty();
    }

    /** Its name among Optax'. */
    public String called() {
        return OURS + name;
    }

    /** What the function is called. */
    public String function() {
        String plain = name.replaceAll("[^A-Za-z0-9]", "_").toLowerCase(Locale.ROOT);
        return kind == Kind.DIRECTION ? "scale_by_" + plain : plain;
    }

    /** Whether it is given the learning rate. */
    public boolean takesRate() {
        return kind == Kind.STEP || kind == Kind.BESIDE;
    }

    /** Whether it looks at the weight, beside taking something of it. */
    public boolean usesWeights() {
        return TransformPython.usesWeights(equations.body());
    }

    /** The function's text; empty where the equations need more than one parameter's own numbers. */
    public Optional<String> text() {
        return new TransformPython(this).print();
    }
}
