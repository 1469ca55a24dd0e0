package samestep.dialect.jax.chain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import samestep.dialect.jax.schedule.Curve;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.run.Exact;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForms;

/** The learning rate that a chain comes to. */
public final class Rate {
    private static final List<Long> LOOKED_AT = List.of(0L, 1L, 2L);

    private static final BigDecimal DIGITS = new BigDecimal("1e-15");

    private final Factor factor;

    Rate(Factor factor) {
        this.factor = factor;
    }

    /** As a schedule. */
    public Schedule schedule() {
        List<Schedule.NamedValue> values = new ArrayList<>();
        factor.written().ifPresent(q -> values.add(new Schedule.NamedValue("learning_rate", q)));
        factor.curves().forEach(curve -> values.addAll(curve.values()));
        String name = factor.isConstant()
                ? "a constant rate"
                : factor.curves().stream().map(Curve::name).collect(Collectors.joining(" times "));
        return new Schedule(factor.form(), factor.formula(), 1, OptionalLong.empty(), name, values);
    }

    /** What another is of this one, where that is a number. */
    public Optional<Quantity> over(Rate base) {
        boolean isSameCourse = factor.curves().equals(base.factor.curves());
        BigDecimal own = Exact.value(factor.constant());
        if (isSameCourse && own.compareTo(Exact.value(base.factor.constant())) == 0) {
            return Optional.of(Quantity.byDefault("1", "no rate of its own"));
        }
        if (!isSameCourse) {
            return proportion(base);
        }
        if (base.factor.sign() == 0) {
            return Optional.empty();
        }
        Quantity written = factor.written().orElse(Quantity.byDefault("1", "the rates of the chain"));
        return Optional.of(written.derived(
                factor.constant().over(base.factor.constant()), "its rate over the rate of the kernels"));
    }

    /** The number that another schedule is multiplied by, where this one is of the same form. */
    private Optional<Quantity> proportion(Rate base) {
        Optional<Long> looked = LOOKED_AT.stream()
                .filter(step -> base.at(step).signum() != 0 && at(step).signum() != 0)
                .findFirst();
        if (looked.isEmpty()) {
            return Optional.empty();
        }
        Expression ratio = Expression.literal(at(looked.get())).over(Expression.literal(base.at(looked.get())));
        ScheduleForm scaled = ScheduleForms.scaled(base.factor.form(), ratio);
        ScheduleForm own = factor.form();
        boolean isSame = own.getClass().equals(scaled.getClass())
                && !own.parameters().isEmpty()
                && isNear(own.parameters(), scaled.parameters());
        return isSame
                ? Optional.of(Quantity.byDefault("1", "the schedules of the chain")
                        .derived(ratio, "its rate over the rate of the kernels"))
                : Optional.empty();
    }

    /** Numbers are written to 17 digits. */
    private static boolean isNear(List<Expression> some, List<Expression> others) {
        for (int i = 0; i < some.size(); i++) {
            BigDecimal one = Exact.value(some.get(i));
            BigDecimal difference = one.subtract(Exact.value(others.get(i))).abs();
            if (difference.compareTo(one.abs().multiply(DIGITS)) > 0) {
                return false;
            }
        }
        return some.size() == others.size();
    }

    /** Whether it is below 0 at one of the first updates; after the end of a run it may be anything. */
    boolean isNegative() {
        return LOOKED_AT.stream().anyMatch(step -> at(step).signum() < 0);
    }

    private BigDecimal at(long step) {
        Expression value =
                Expressions.substitute(factor.form().formula(), java.util.Map.of(Builtin.T, Expression.literal(step)));
        return Exact.value(value);
    }
}
