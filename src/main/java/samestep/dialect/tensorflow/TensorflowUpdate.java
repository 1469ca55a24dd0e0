package samestep.dialect.tensorflow;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import samestep.dialect.EquationFiles;
import samestep.equation.Equations;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/** The stage of an optimizer of {@code tf.compat.v1.train}, or of one of Keras' that TensorFlow's programs use. */
public final class TensorflowUpdate {
    private static final EquationFiles EQUATIONS = new EquationFiles("tensorflow");
    private static final EquationFiles KERAS = new EquationFiles("keras");
    /** These become tensors of the variable's own type; Python numbers become single-precision tensors first. */
    private static final Set<String> EXACT = Set.of("initial_accumulator");
    /** Keras up to 2.10 keeps its epsilon as Python's own number; the Garden's LARS keeps all of its. */
    private static final Map<String, Set<String>> EXACT_IN = Map.of(
            "keras",
            Set.of("epsilon", "initial_accumulator"),
            "tensorflow.Lars",
            Set.of("momentum", "eeta", "weight_decay"));

    private TensorflowUpdate() {}

    /**
     * The equations of a file.
     *
     * @param path its name; those of Keras with the framework's folder, such as {@code keras/SGD}
     */
    public static Equations equations(String path) {
        String name = path.substring(path.indexOf('/') + 1);
        return (path.startsWith("keras/") ? KERAS : EQUATIONS).of(name);
    }

    /**
     * The stage.
     *
     * @param known whose equations and defaults
     * @param written the value of an argument, flags as 1 and 0, where it is given
     */
    public static Stage.Optimizer of(
            TensorflowDefaults.Known known, Function<Equations.Hyper, Optional<Quantity>> written) {
        return of(EQUATIONS.of(known.equations()), known, written);
    }

    /** The stage of these equations, which may be those of Keras. */
    public static Stage.Optimizer of(
            Equations equations,
            TensorflowDefaults.Known known,
            Function<Equations.Hyper, Optional<Quantity>> written) {
        Map<String, Quantity> values = new HashMap<>();
        for (Equations.Hyper hyper : equations.hypers()) {
            String silent = known.values().getOrDefault(hyper.field(), "0");
            Quantity value = written.apply(hyper)
                    .orElseGet(() -> Quantity.byDefault(silent, "TensorFlow's default of " + hyper.field()));
            values.put(hyper.name(), isExact(equations, hyper) ? value : value.rounded());
        }
        return new Stage.Optimizer(equations, values);
    }

    private static boolean isExact(Equations equations, Equations.Hyper hyper) {
        String name = equations.name();
        Set<String> exact =
                EXACT_IN.getOrDefault(name, EXACT_IN.getOrDefault(name.substring(0, name.indexOf('.')), EXACT));
        return hyper.flag() || exact.contains(hyper.name());
    }
}
