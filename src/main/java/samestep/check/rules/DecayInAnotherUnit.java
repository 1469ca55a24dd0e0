package samestep.check.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.IndependentDecay;
import samestep.recipe.Numbers;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.ScheduleForms;
import samestep.recipe.Stage;
import samestep.text.SourceText;

/**
 * A decay in the unit of another framework, seen by how fast a weight with no gradient shrinks: decoupled
 * decay is a share of the weight times the learning rate, TensorFlow Addons' a share as it is, a penalty's coefficient a
 * factor in the gradient. A number of one unit in the place of another is off by the learning rate.
 */
final class DecayInAnotherUnit extends RecipeRule {
    /** A weight without a gradient is halved in 70 updates or fewer. */
    private static final double FAST = 1e-2;
    /** In more than 75 million updates: DETR and MaskFormer have a rate of 1e-4 and a decay of 1e-4 with their transformers. */
    private static final double SLOW = 9.2e-9;

    @Override
    public Code code() {
        return Code.SS607;
    }

    @Override
    List<Finding> check(Recipe recipe, Subject subject) {
        if (!subject.optimizerGiven()) {
            return List.of();
        }
        // A warm-up begins with a rate that says nothing.
        Expression start = Expression.literal(recipe.schedule().rateAtStart());
        double rate =
                Exact.value(ScheduleForms.base(recipe.schedule().form(), start)).doubleValue();
        List<Finding> findings = new ArrayList<>();
        // Slow is what is slow everywhere: a part that is trained ten times as slowly decays as slowly, and is meant
        // to.
        boolean slow = recipe.trained().stream().allMatch(p -> share(p, rate) < SLOW);
        for (Parameter parameter : recipe.trained()) {
            if (rate > 0 && findings.isEmpty()) {
                check(parameter, rate * parameter.rateMultiplier().doubleValue(), slow, subject.source())
                        .ifPresent(findings::add);
            }
        }
        return findings;
    }

    private static double share(Parameter parameter, double rate) {
        return parameter.stages(Stage.DecoupledDecay.class).stream()
                .mapToDouble(d -> rate
                        * parameter.rateMultiplier().doubleValue()
                        * d.coefficient().doubleValue())
                .max()
                .orElse(0);
    }

    private static Optional<Finding> check(Parameter parameter, double rate, boolean slow, SourceText source) {
        for (Stage stage : parameter.stages()) {
            if (stage instanceof Stage.DecoupledDecay decay
                    && !decay.coefficient().isZero()) {
                double share = rate * decay.coefficient().doubleValue();
                return slow
                        ? finding(
                                decay.coefficient(),
                                share,
                                source,
                                "A decoupled decay is multiplied by the learning"
                                        + " rate; the number of a penalty is too small in its place.")
                        : fast(decay.coefficient(), share, source);
            }
            if (stage instanceof IndependentDecay decay && !decay.share().isZero()) {
                return fast(decay.share(), decay.share().doubleValue(), source);
            }
            if (stage instanceof Stage.Penalty penalty
                    && penalty.norm() == Stage.Penalty.Norm.L2
                    && isPlain(parameter)) {
                return fast(penalty.coefficient(), rate * penalty.coefficient().doubleValue(), source);
            }
        }
        return Optional.empty();
    }

    private static boolean isPlain(Parameter parameter) {
        return parameter
                .optimizer()
                .filter(o -> !Decays.isAdaptive(o.equations().family()))
                .isPresent();
    }

    private static Optional<Finding> fast(Quantity decay, double share, SourceText source) {
        return share < FAST
                ? Optional.empty()
                : finding(
                        decay,
                        share,
                        source,
                        "A decay that another framework multiplies by the learning rate, or the"
                                + " coefficient of a loss of another size, is too large here.");
    }

    private static Optional<Finding> finding(Quantity decay, double share, SourceText source, String detail) {
        String updates = Numbers.rounded(share >= 1 ? 1 : Math.log(0.5) / Math.log1p(-share), 2);
        return Optional.of(Finding.of(
                        Code.SS607,
                        "with " + Decays.written(decay) + " here a weight without a gradient is halved in " + updates
                                + " updates")
                .at(decay.place().or(() -> Optional.of(Place.start(source))))
                .detail(detail));
    }
}
