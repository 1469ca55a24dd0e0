package samestep.dialect.jax.chain;

import java.util.Optional;
import samestep.dialect.jax.schedule.Curve;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.recipe.IndependentDecay;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/**
 * A share of the weight that is added to the direction, and what both are multiplied by.
 *
 * @param number the share
 * @param course its own curve, where it has one
 * @param before what the direction was multiplied by until then
 * @param after what both are multiplied by since then
 * @param place where it is added
 */
record Decay(Quantity number, Optional<Curve> course, Factor before, Factor after, Place place) {
    Decay times(Quantity other) {
        return new Decay(number, course, before, after.times(other), place);
    }

    Decay times(Curve other) {
        return new Decay(number, course, before, after.times(other), place);
    }

    Decay negated() {
        return new Decay(number, course, before, after.negated(), place);
    }

    /** Whether all that was done to the direction before it is a number. */
    boolean isConstantUntilThere() {
        return course.isEmpty() && before.isConstant() && before.sign() != 0;
    }

    /** Whether it is multiplied by everything that the direction is. */
    boolean isTimesTheRate() {
        return course.isEmpty() && before.isOne();
    }

    /**
     * The stage that shrinks the weight by it: times the rate where everything that changes with the update multiplies both, else
     * by itself. The direction is {@code before * after * u}, the decay {@code number * after * w}; the rate is the first of these,
     * with the sign turned.
     */
    Stage stage() {
        if (isTimesTheRate()) {
            return new Stage.DecoupledDecay(number);
        }
        if (course.isEmpty() && after.isConstant()) {
            return new IndependentDecay(share(), Optional.empty());
        }
        if (course.isEmpty() && before.isConstant() && before.sign() != 0) {
            return new Stage.DecoupledDecay(number.derived(
                    number.value().over(before.constant()),
                    "the decay over what the direction alone is multiplied by"));
        }
        Factor all = course.map(after::times).orElse(after).negated();
        Expression alone = number.value();
        Expression formula = course.isPresent() ? all.formula() : all.formula().times(alone);
        return new IndependentDecay(share(), Optional.of(formula));
    }

    /** How much of the weight goes, but for curves. */
    private Quantity share() {
        Factor turned = after.negated();
        return turned.constant() instanceof Expression.Literal one
                        && one.value().compareTo(java.math.BigDecimal.ONE) == 0
                ? number
                : number.derived(number.value().times(turned.constant()), "what is taken of the weight in an update");
    }
}
