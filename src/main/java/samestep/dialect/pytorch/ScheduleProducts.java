package samestep.dialect.pytorch;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.curve.StepFunction;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.schedule.LambdaShapes;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForms;

/**
 * Rates that are products. Source: torch/optim/lr_scheduler.py: MultiplicativeLR multiplies the rate at each step by what its
 * function gives for that step, but for the first; ChainedScheduler steps several, of which each multiplies the rate that the
 * one before left.
 */
public final class ScheduleProducts {
    private static final Expression ONE = Expression.literal(1);
    private static final int MOST = 1_000;
    /** What they make of a rate is a factor at every step. LambdaLR and cyclic ones set the rate; a cosine adds to it. */
    private static final List<String> FACTORS = List.of(
            "StepLR", "MultiStepLR", "ExponentialLR", "ConstantLR", "LinearLR", "PolynomialLR", "MultiplicativeLR");

    private ScheduleProducts() {}

    /** Whether a scheduler multiplies the rate that another one left. */
    public static boolean isFactor(String className) {
        return FACTORS.contains(className);
    }

    /** The product of schedules of the rate 1, as one of a rate. */
    public static ScheduleForm of(List<ScheduleForm> factors, Expression rate) {
        Expression product = rate;
        for (ScheduleForm factor : factors) {
            product = product.times(factor.formula());
        }
        return StepFunction.form(product);
    }

    /** The rate of MultiplicativeLR; empty where its function is not one of steps. */
    public static Optional<ScheduleForm> ofSteps(PytorchObject scheduler, Expression rate) {
        return LambdaShapes.form(scheduler, ONE).flatMap(form -> {
            if (form instanceof ScheduleForm.Constant constant) {
                return Optional.of(new ScheduleForm.Exponential(rate, constant.base(), ONE));
            }
            return form instanceof ScheduleForm.Steps steps && steps.starts().size() < MOST
                    ? Optional.of(cumulated(steps, rate))
                    : Optional.<ScheduleForm>empty();
        });
    }

    private static ScheduleForm cumulated(ScheduleForm.Steps steps, Expression rate) {
        List<ScheduleForm> pieces = new ArrayList<>();
        Expression first = rate;
        for (int i = 0; i < steps.values().size(); i++) {
            Expression factor = steps.values().get(i);
            long start = i == 0 ? 0 : steps.starts().get(i - 1);
            boolean isLast = i == steps.starts().size();
            long length = isLast ? Long.MAX_VALUE : steps.starts().get(i) - start;
            first = i == 0 ? first : first.times(factor);
            boolean isLevel = length == 1 || Exact.value(factor).compareTo(BigDecimal.ONE) == 0;
            pieces.add(isLevel ? new ScheduleForm.Constant(first) : new ScheduleForm.Exponential(first, factor, ONE));
            if (!isLast) {
                first = first.times(factor.power(Expression.literal(length - 1)));
            }
        }
        return ScheduleForms.joined(steps.starts(), pieces);
    }
}
