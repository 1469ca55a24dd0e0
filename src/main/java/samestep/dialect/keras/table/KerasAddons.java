package samestep.dialect.keras.table;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.keras.KerasReader;
import samestep.dialect.keras.KerasSchedules;
import samestep.dialect.keras.document.KerasObject;
import samestep.equation.Expression;
import samestep.equation.Formula;
import samestep.recipe.IndependentDecay;
import samestep.recipe.Quantity;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;
import samestep.syntax.json.JsonArray;
import samestep.text.pattern.NamePatterns;

/**
 * What TensorFlow Addons adds to the legacy optimizers. Source: tensorflow_addons/optimizers of 0.23.0, above all
 * weight_decay_optimizers.py, DecoupledWeightDecayExtension.
 */
public final class KerasAddons {
    /** Their decay is part of their own equations. */
    private static final Set<String> WITH_OWN_DECAY = Set.of("LAMB", "RectifiedAdam", "NovoGrad");

    private KerasAddons() {}

    /** The class whose equations an optimizer follows: an extended one does not say what it extends, its arguments do. */
    public static String extended(KerasObject optimizer, KerasGeneration generation) {
        if (generation != KerasGeneration.ADDONS || !optimizer.className().startsWith("OptimizerWithDecoupled")) {
            return optimizer.className();
        }
        List<String> arguments = optimizer.arguments();
        if (arguments.contains("rho")) {
            return arguments.contains("momentum") ? "RMSprop" : "Adadelta";
        }
        if (arguments.contains("initial_accumulator_value")) {
            return arguments.contains("learning_rate_power") ? "Ftrl" : "Adagrad";
        }
        if (arguments.contains("beta_1")) {
            return arguments.contains("amsgrad") ? "Adam" : "Adamax";
        }
        return arguments.contains("momentum") ? "SGD" : optimizer.className();
    }

    /** The decay beside the gradient, by a share that no learning rate is part of; a schedule of its own may change it. */
    public static Optional<Stage> decay(KerasObject optimizer) {
        if (WITH_OWN_DECAY.contains(optimizer.className())) {
            return Optional.empty();
        }
        Optional<KerasObject> course = optimizer.object("weight_decay");
        if (course.isPresent()) {
            Optional<ScheduleForm> form = KerasSchedules.form(course.get());
            Quantity start = course.get().number("initial_learning_rate", "0");
            Optional<Expression> formula = form.map(f -> Formula.inSinglePrecision(f.formula()));
            return formula.map(f -> new IndependentDecay(start, Optional.of(f)));
        }
        return optimizer
                .number("weight_decay")
                .filter(share -> !share.isZero())
                .map(share -> new IndependentDecay(share.rounded(), Optional.empty()));
    }

    /** The names that an argument excludes; those of LAMB's layer adaptation are by default those of its decay. */
    public static NamePatterns excluded(KerasObject optimizer, String argument) {
        return optimizer.get(argument).orElse(null) instanceof JsonArray names
                ? KerasReader.excluded(names, optimizer.findings())
                : NamePatterns.of(List.of());
    }
}
