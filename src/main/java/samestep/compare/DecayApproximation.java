package samestep.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import samestep.compare.bound.Drift;
import samestep.compare.bound.GradientSizes;
import samestep.compare.proof.Partners;
import samestep.recipe.Numbers;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;

/**
 * The closest decay where one side has it in the gradient and the other beside it. Only offered: nothing writes it
 * unasked. Its source is in docs/approximations.md.
 *
 * @param source with the decay that is meant
 * @param target with the other kind of decay
 * @param coupledToDecoupled which way it goes
 */
public record DecayApproximation(Recipe source, Recipe target, boolean coupledToDecoupled) {
    private static final double LOWEST = -4;
    private static final double HIGHEST = 4;
    private static final int GRID = 33;
    private static final int REFINEMENTS = 30;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int DIGITS = 4;

    /** For two recipes whose parameters have the one and the other kind of decay; empty where they have not. */
    public static Optional<DecayApproximation> of(Recipe source, Recipe target) {
        for (boolean coupled : new boolean[] {true, false}) {
            boolean any = source.trained().stream()
                    .anyMatch(p ->
                            partner(p, target).filter(t -> goes(p, t, coupled)).isPresent());
            if (any) {
                return Optional.of(new DecayApproximation(source, target, coupled));
            }
        }
        return Optional.empty();
    }

    private static Optional<Parameter> partner(Parameter parameter, Recipe target) {
        return Partners.byName().of(parameter, target);
    }

    private static boolean goes(Parameter source, Parameter target, boolean coupled) {
        return coupled ? isCoupled(source) && isDecoupled(target) : isDecoupled(source) && isCoupled(target);
    }

    private static boolean isCoupled(Parameter parameter) {
        return !decays(parameter, true).isEmpty() && decays(parameter, false).isEmpty();
    }

    private static boolean isDecoupled(Parameter parameter) {
        return !decays(parameter, false).isEmpty() && decays(parameter, true).isEmpty();
    }

    private static List<Quantity> decays(Parameter parameter, boolean coupled) {
        return parameter.stages().stream()
                .filter(stage -> isDecay(stage, coupled))
                .map(DecayApproximation::coefficient)
                .toList();
    }

    private static boolean isDecay(Stage stage, boolean coupled) {
        return coupled
                ? stage instanceof Stage.Penalty penalty && penalty.norm() == Stage.Penalty.Norm.L2
                : stage instanceof Stage.DecoupledDecay;
    }

    private static Quantity coefficient(Stage stage) {
        return stage instanceof Stage.Penalty penalty
                ? penalty.coefficient()
                : ((Stage.DecoupledDecay) stage).coefficient();
    }

    /** The target with decays of the source's numbers times a factor: 1 is the verbatim copy, 0 drops them. */
    public Recipe withDecays(double factor) {
        List<Parameter> parameters = new ArrayList<>();
        for (Parameter there : target.parameters()) {
            Optional<Quantity> meant = partner(there, source).stream()
                    .flatMap(p -> decays(p, coupledToDecoupled).stream())
                    .findFirst();
            parameters.add(new Parameter(
                    there.name(),
                    there.rateMultiplier(),
                    there.frozen(),
                    there.stages().stream()
                            .map(stage -> isDecay(stage, !coupledToDecoupled)
                                    ? stage.mapped(q -> times(meant, factor))
                                    : stage)
                            .toList(),
                    there.place()));
        }
        return target.withParameters(parameters);
    }

    private static Quantity times(Optional<Quantity> meant, double factor) {
        double value = meant.map(Quantity::doubleValue).orElse(0.0) * factor;
        return Quantity.byDefault(Double.toString(value), "an approximation");
    }

    /** The momentum that the source's decay goes through, where both sides are momentum and nothing else. */
    private Optional<Double> momentum() {
        return source.trained().stream()
                .flatMap(p -> p.optimizer().stream())
                .findFirst()
                .filter(o -> !o.values().containsKey("epsilon"))
                .flatMap(o -> Optional.ofNullable(o.values().get("momentum")))
                .map(Quantity::doubleValue)
                .filter(m -> m > 0 && m < 1);
    }

    /**
     * With momentum m, a decay in the gradient takes in the long run nearly 1 / (1 - m) of what it takes beside it.
     *
     * @return empty for adaptive optimizers: no factor stands for what each weight's own history divides by
     */
    public Optional<Double> closedForm() {
        return momentum().map(m -> coupledToDecoupled ? 1 / (1 - m) : 1 - m);
    }

    /** Whether the closed form's slow mode exists at the first rate: {@code rate * decay < (1 - sqrt(m))^2}. */
    public boolean isInRange() {
        double rate = source.schedule().rateAtStart().doubleValue();
        double limit = Math.pow(1 - Math.sqrt(momentum().orElse(0.0)), 2);
        Recipe coupled = coupledToDecoupled ? source : withDecays(closedForm().orElse(1.0));
        return coupled.trained().stream()
                .flatMap(p -> decays(p, true).stream())
                .allMatch(decay -> rate * decay.doubleValue() < limit);
    }

    /** The factor with the least drift on the reference problems; empty where nothing can be run. */
    public Optional<Double> fitted() {
        double start = error(1);
        if (Double.isInfinite(start)) {
            return Optional.empty();
        }
        DoubleUnaryOperator byExponent = exponent -> error(Math.pow(10, exponent));
        double best = LOWEST;
        double step = (HIGHEST - LOWEST) / (GRID - 1);
        for (int i = 0; i < GRID; i++) {
            double exponent = LOWEST + i * step;
            best = byExponent.applyAsDouble(exponent) < byExponent.applyAsDouble(best) ? exponent : best;
        }
        double low = best - step;
        double high = best + step;
        for (int i = 0; i < REFINEMENTS; i++) {
            double one = high - GOLDEN * (high - low);
            double other = low + GOLDEN * (high - low);
            if (byExponent.applyAsDouble(one) < byExponent.applyAsDouble(other)) {
                high = other;
            } else {
                low = one;
            }
        }
        return Optional.of(Math.pow(10, (low + high) / 2));
    }

    /** The factor by the sizes of gradients that you measured; empty where the sizes do not give it. */
    public Optional<GradientSizes.Factor> by(GradientSizes sizes) {
        return momentum().isPresent() ? Optional.empty() : sizes.factor(source, coupledToDecoupled);
    }

    /** The drift on the reference perceptron; infinite where a run diverges. */
    private double error(double factor) {
        return Drift.measure(source, withDecays(factor)).orElse(Double.POSITIVE_INFINITY);
    }

    /** What is to be said without measuring anything. */
    public String words() {
        String way = coupledToDecoupled
                ? "decay in the gradient as decay beside it"
                : "decay beside the gradient as decay in it";
        Optional<Double> factor = closedForm();
        if (factor.isEmpty()) {
            return way + ": an adaptive optimizer divides the one by each weight's own history and not the other, so no"
                    + " number makes them the same; --approximate fit measures the closest one";
        }
        return way + ": with this momentum the closest number is nearly "
                + Numbers.rounded(factor.get(), DIGITS) + " times the other's"
                + (isInRange() ? "" : ", but the decay is too strong for that here")
                + "; --approximate fit measures it";
    }
}
