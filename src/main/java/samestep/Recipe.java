package samestep;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import samestep.equation.run.DecimalAlgebra;
import samestep.equation.run.Exact;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * What a configuration means, framework-neutral: what one update does to each parameter. Numbers are exact decimals
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
     * @param optimizer what makes a step of the gradient; empty where that is not known
     */
    public record Parameter(
            String layer,
            String role,
            boolean frozen,
            BigDecimal rateMultiplier,
            BigDecimal l2,
            BigDecimal l1,
            BigDecimal decoupledDecay,
            Optional<Optimizer> optimizer) {}

    /**
     * An optimizer with its numbers.
     *
     * @param name of its equations, as docs/equations.md lists them: {@code sgd}, {@code adam}
     * @param values its hyper-parameters by the names in the equations, in the order of the alphabet; without
     *     those that the file does not let be known
     */
    public record Optimizer(String name, SortedMap<String, BigDecimal> values) {

        /**
         * Copies the values.
         *
         * @param name of the equations
         * @param values of the hyper-parameters
         */
        public Optimizer {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }
    }

    /** {@return every parameter of the model, in declared order; with layer {@code *} where the model is not known} */
    public List<Parameter> parameters() {
        return recipe.parameters().stream().map(Recipe::parameter).toList();
    }

    /**
     * The learning rate of an update, before multipliers, to some hundred digits.
     *
     * @param update from 0
     * @return what multiplies the update's direction then
     * @throws ArithmeticException if the schedule has no value there, such as a polynomial after its end
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
                        .toList()),
                parameter.stages(Stage.Optimizer.class).stream()
                        .map(Recipe::optimizer)
                        .findFirst());
    }

    private static Optimizer optimizer(Stage.Optimizer stage) {
        SortedMap<String, BigDecimal> values = new TreeMap<>();
        stage.values().forEach((name, value) -> {
            if (value.isKnown()) {
                values.put(name, value.decimal());
            }
        });
        return new Optimizer(stage.equations().name(), values);
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
