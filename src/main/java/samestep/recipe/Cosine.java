package samestep.recipe;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import samestep.equation.Expression;
import samestep.equation.Function;

/**
 * From a rate to another along half a cosine: {@code end + (base - end) * (1 + cos(pi * (t + phase) / horizon)) / 2}.
 *
 * @param base the rate where {@code t + phase} is 0
 * @param end the rate at the horizon
 * @param horizon how many steps that takes
 * @param phase how many steps of it are over at step 0
 * @param held whether the rate stays at the end after the horizon; if not, it rises again
 */
public record Cosine(Expression base, Expression end, Expression horizon, Expression phase, boolean held)
        implements ScheduleForm {
    private static final Expression HALF = Expression.literal(new BigDecimal("0.5"));
    /** The circle's number, to a hundred digits. */
    public static final Expression PI = Expression.literal(
            new BigDecimal(
                    "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798214808651"));

    /** One that starts at step 0. */
    public Cosine(Expression base, Expression end, Expression horizon, boolean held) {
        this(base, end, horizon, Expression.literal(0), held);
    }

    @Override
    public Expression formula() {
        Expression at = T.plus(phase);
        Expression step = held ? Expression.call(Function.MIN, at, horizon) : at;
        Expression wave = ONE.plus(Expression.call(Function.COS, PI.times(step.over(horizon))));
        return end.plus(base.minus(end).times(HALF).times(wave));
    }

    @Override
    public List<Expression> parameters() {
        return List.of(base, end, horizon, phase);
    }

    @Override
    public ScheduleForm mapped(UnaryOperator<Expression> change) {
        return new Cosine(change.apply(base), change.apply(end), change.apply(horizon), change.apply(phase), held);
    }

    @Override
    public Optional<ScheduleForm> everyNth(int n, int offset) {
        Expression count = Expression.literal(n);
        Expression over = phase.plus(Expression.literal(offset)).over(count);
        return Optional.of(new Cosine(base, end, horizon.over(count), over, held));
    }

    @Override
    public Optional<ScheduleForm> spreadOver(int n) {
        Expression count = Expression.literal(n);
        Expression over = phase.times(count).minus(Expression.literal(n - 1));
        return Optional.of(new Cosine(base, end, horizon.times(count), over, held));
    }
}
