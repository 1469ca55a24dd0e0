package samestep;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import samestep.equation.DecimalAlgebra;
import samestep.equation.Exact;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * What a configuration means, in nobody's notation: what one update does to each parameter.
 *
 * <p>Instances come from {@link Configuration#recipe()}.
 */
public final class Recipe {
    private final samestep.recipe.Recipe recipe;

    Recipe(samestep.recipe.Recipe recipe) {
        this.recipe = recipe;
    }

    /**
     * What happens to one parameter of the model.
     *
     * @param layer its layer; {@code *} for every layer, when the configuration does not say which there are
     * @param role what it does there, such as {@code kernel} or {@code bias}
     * @param frozen whether it is not trained at all
     * @param rateMultiplier what the learning rate is multiplied by for it
     * @param l2 what multiplies the weight in the gradient: Caffe's {@code weight_decay}, twice the {@code l2} of Keras
     * @param l1 what multiplies the weight's sign in the gradient
     * @param decoupledDecay what multiplies the weight and the learning rate beside the gradient, as in AdamW
     */
    public record Parameter(
            String layer,
            String role,
            boolean frozen,
            BigDecimal rateMultiplier,
            BigDecimal l2,
            BigDecimal l1,
            BigDecimal decoupledDecay) {}

    /** Every parameter of the model, in declared order. */
    public List<Parameter> parameters() {
        return recipe.parameters().stream().map(Recipe::parameter).toList();
    }

    /**
     * The learning rate of an update, before multipliers, to some hundred digits.
     *
     * @param update from 0
     * @throws ArithmeticException if the schedule has no value there, such as a polynomial behind its end
     */
    public BigDecimal learningRate(long update) {
        return recipe.schedule()
                .rate(new DecimalAlgebra(Exact.DIGITS))
                .at(new BigDecimal[] {BigDecimal.valueOf(update)})[0];
    }

    /** How many updates the run has, if the configuration says so. */
    public OptionalLong updates() {
        return recipe.schedule().horizon();
    }

    /** How many batches make an update. */
    public int batchesPerUpdate() {
        return recipe.microSteps();
    }

    private static Parameter parameter(samestep.recipe.Parameter parameter) {
        return new Parameter(
                parameter.name().layer(),
                parameter.name().role().word(),
                parameter.frozen(),
                parameter.rateMultiplier().decimal(),
                penalty(parameter, Stage.Penalty.Norm.L2),
                penalty(parameter, Stage.Penalty.Norm.L1),
                sum(parameter.stages(Stage.DecoupledDecay.class).stream()
                        .map(Stage.DecoupledDecay::coefficient)
                        .toList()));
    }

    private static BigDecimal penalty(samestep.recipe.Parameter parameter, Stage.Penalty.Norm norm) {
        return sum(parameter.stages(Stage.Penalty.class).stream()
                .filter(penalty -> penalty.norm() == norm)
                .map(Stage.Penalty::coefficient)
                .toList());
    }

    private static BigDecimal sum(List<Quantity> quantities) {
        return quantities.stream().map(Quantity::decimal).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
