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
final class TensorflowUpdate {
    private static final EquationFiles EQUATIONS = new EquationFiles("tensorflow");
    /** These become tensors of the variable's own type; Python numbers become single-precision tensors first. */
    private static final Set<String> EXACT = Set.of("initial_accumulator");

    private TensorflowUpdate() {}

    /** The equations of that name. */
    static Equations equations(String name) {
        return EQUATIONS.of(name);
    }

    /**
     * The stage.
     *
     * @param known whose equations and defaults
     * @param written the value of an argument, flags as 1 and 0, where it is given
     */
    static Stage.Optimizer of(TensorflowDefaults.Known known, Function<Equations.Hyper, Optional<Quantity>> written) {
        return of(EQUATIONS.of(known.equations()), known, written);
    }

    /** The stage of these equations, which may be those of Keras. */
    static Stage.Optimizer of(
            Equations equations,
            TensorflowDefaults.Known known,
            Function<Equations.Hyper, Optional<Quantity>> written) {
        Map<String, Quantity> values = new HashMap<>();
        for (Equations.Hyper hyper : equations.hypers()) {
            String silent = known.values().getOrDefault(hyper.field(), "0");
            Quantity value = written.apply(hyper)
                    .orElseGet(() -> Quantity.byDefault(silent, "TensorFlow's default of " + hyper.field()));
            values.put(hyper.name(), EXACT.contains(hyper.name()) || hyper.flag() ? value : value.rounded());
        }
        return new Stage.Optimizer(equations, values);
    }
}
