package samestep;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import samestep.equation.run.DecimalAlgebra;
import samestep.equation.run.Exact;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * What a configuration means, in nobody's notation: what one update does to each parameter. Numbers are exact decimals
 * where the file has decimals; what is derived, such as a third, is rounded to some hundred digits.
 *
 * <p>Instances come from {@link Configuration#recipe()} and are immutable.
 */
public final class Recipe {
    private final samestep.recipe.Recipe recipe;

    Recipe(samestep.recipe.Recipe recipe) {
        this.recipe = recipe;
    }

    /**
     * What happens to one parameter of the model. Coefficients that do not apply are 0.
     *
     * @param layer its layer; {@code *} for every layer, when the configuration does not say which there are
     * @param role what it does there, such as {@code kernel} or {@code bias}
     * @param frozen whether it is not trained at all
     * @param rateMultiplier what the learning rate is multiplied by for it: Caffe's {@code lr_mult}
     * @param l2 what multiplies the weight in the gradient: Caffe's {@code weight_decay} times {@code decay_mult}, twice
     *     the {@code l2} of Keras
     * @param l1 what multiplies the weight's sign in the gradient: the {@code l1} of Keras
     * @param decoupledDecay what multiplies the weight and the learning rate beside the gradient, as in AdamW: w becomes
     *     smaller by learning rate * decoupledDecay * w
     */
    public record Parameter(
            String layer,
            String role,
            boolean frozen,
            BigDecimal rateMultiplier,
            BigDecimal l2,
            BigDecimal l1,
            BigDecimal decoupledDecay) {}

    /** {@return every parameter of the model, in declared order; with layer {@code *} where the model is not known} */
    public List<Parameter> parameters() {
        return recipe.parameters().stream().map(Recipe::parameter).toList();
    }

    /**
     * The learning rate of an update, before multipliers, to some hundred digits.
     *
     * @param update from 0
     * @return what multiplies the update's direction then
     * @throws ArithmeticException if the schedule has no value there, such as a polynomial behind its end
     */
    public BigDecimal learningRate(long update) {
        return recipe.schedule()
                .rate(new DecimalAlgebra(Exact.DIGITS))
                .at(new BigDecimal[] {BigDecimal.valueOf(update)})[0];
    }

    /** {@return how many updates the run has, if the configuration says so: Caffe's {@code max_iter}} */
    public OptionalLong updates() {
        return recipe.schedule().horizon();
    }

    /** {@return how many batches make an update, at least 1: Caffe's {@code iter_size}} */
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
