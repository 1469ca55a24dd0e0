package samestep.dialect.darknet;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/** Writes a schedule as one of Darknet's policies: what {@link DarknetSchedule} reads, turned round. */
final class DarknetPolicy {
    private static final Expression ONE = ScheduleForm.ONE;
    private static final int MOST_STEPS = 200;

    private final WrittenNumbers numbers;
    private final OptionalLong updates;
    private final Map<String, String> fields = new LinkedHashMap<>();

    private DarknetPolicy(WrittenNumbers numbers, OptionalLong updates) {
        this.numbers = numbers;
        this.updates = updates;
    }

    /** The fields of a policy, in order; empty where Darknet has none like it. */
    static Optional<Map<String, String>> write(ScheduleForm form, WrittenNumbers numbers, OptionalLong updates) {
        DarknetPolicy policy = new DarknetPolicy(numbers, updates);
        boolean written = form instanceof Sequence sequence
                ? policy.warmUp(sequence)
                : policy.form(form, 1).isPresent();
        return written ? Optional.of(policy.fields) : Optional.empty();
    }

    /**
     * Writes a form.
     *
     * @param count Darknet's count at its step 0
     * @return Darknet's learning rate
     */
    private Optional<Expression> form(ScheduleForm form, long count) {
        Expression at = Expression.literal(count);
        if (form instanceof ScheduleForm.Constant constant) {
            return rate(constant.base(), "constant");
        }
        if (form instanceof ScheduleForm.Exponential e) {
            Expression factor = e.factor().power(ONE.over(e.per()));
            Optional<Expression> rate = rate(e.base().over(factor.power(at)), "exp");
            fields.put("gamma", number(factor));
            return rate;
        }
        if (form instanceof ScheduleForm.Polynomial p) {
            return polynomial(p, count);
        }
        if (form instanceof ScheduleForm.Staircase stairs) {
            return stairs(stairs, count);
        }
        return form instanceof ScheduleForm.Steps steps ? steps(steps, count) : Optional.empty();
    }

    private Optional<Expression> rate(Expression rate, String policy) {
        fields.put("learning_rate", number(rate));
        fields.put("policy", policy);
        return Optional.of(rate);
    }

    /** Darknet's falls to 0 at max_batches, which is also the length of the run. */
    private Optional<Expression> polynomial(ScheduleForm.Polynomial p, long count) {
        Optional<BigDecimal> horizon = Exact.decimal(p.horizon())
                .filter(h -> h.signum() > 0 && h.stripTrailingZeros().scale() <= 0);
        if (Exact.value(p.end()).signum() != 0 || horizon.isEmpty()) {
            return Optional.empty();
        }
        Expression end = Expression.literal(horizon.get().add(BigDecimal.valueOf(count)));
        Optional<Expression> rate = rate(p.base().times(end.over(p.horizon()).power(p.power())), "poly");
        fields.put("power", number(p.power()));
        fields.put("max_batches", numbers.count(end));
        return rate;
    }

    /** Stairs that begin with the count are Darknet's own; others are written as steps, while the run is short. */
    private Optional<Expression> stairs(ScheduleForm.Staircase stairs, long count) {
        Optional<BigDecimal> every = Exact.decimal(stairs.every())
                .filter(e -> e.signum() > 0 && e.stripTrailingZeros().scale() <= 0);
        if (every.isEmpty()
                || updates.isEmpty()
                || updates.getAsLong() / every.get().longValue() > MOST_STEPS) {
            return Optional.empty();
        }
        List<Long> starts = new ArrayList<>();
        List<Expression> rates = new ArrayList<>(List.of(stairs.base()));
        for (long k = 1; k * every.get().longValue() < updates.getAsLong(); k++) {
            starts.add(k * every.get().longValue());
            rates.add(rates.get(rates.size() - 1).times(stairs.factor()));
        }
        return steps(new ScheduleForm.Steps(starts, rates), count);
    }

    private Optional<Expression> steps(ScheduleForm.Steps steps, long count) {
        List<Expression> values = steps.values();
        if (values.size() == 1) {
            return rate(values.get(0), "constant");
        }
        List<String> scales = new ArrayList<>();
        for (int i = 1; i < values.size(); i++) {
            if (Exact.value(values.get(i - 1)).signum() == 0) {
                return Optional.empty();
            }
            scales.add(number(values.get(i).over(values.get(i - 1))));
        }
        Optional<Expression> rate = rate(values.get(0), "steps");
        fields.put(
                "steps",
                String.join(
                        ",",
                        steps.starts().stream()
                                .map(s -> Long.toString(s + count))
                                .toList()));
        fields.put("scales", String.join(",", scales));
        return rate;
    }

    /** The first piece must rise to the rate of what follows, as Darknet's warm-up does. */
    private boolean warmUp(Sequence sequence) {
        if (sequence.pieces().size() != 2 || !(sequence.pieces().get(0) instanceof ScheduleForm.Polynomial ramp)) {
            return false;
        }
        long length = sequence.starts().get(0) + 1;
        Expression burnIn = Expression.literal(length);
        Optional<Expression> rate = form(sequence.pieces().get(1), length);
        boolean line = Exact.value(ramp.horizon()).signum() > 0;
        Expression power = line ? ONE : ramp.power();
        if (rate.isEmpty() || line && Exact.value(ramp.power()).compareTo(BigDecimal.ONE) != 0) {
            return false;
        }
        ScheduleForm wanted = DarknetSchedule.warmUp(rate.get(), burnIn, power);
        String written = number(power);
        boolean same = near(wanted.parameters(), ramp.parameters())
                && fields.getOrDefault("power", written).equals(written);
        fields.put("burn_in", Long.toString(length));
        fields.put("power", written);
        return same;
    }

    private static boolean near(List<Expression> one, List<Expression> other) {
        for (int i = 0; i < one.size(); i++) {
            BigDecimal apart =
                    Exact.value(one.get(i)).subtract(Exact.value(other.get(i))).abs();
            if (apart.compareTo(Exact.value(one.get(i)).abs().movePointLeft(60)) > 0) {
                return false;
            }
        }
        return true;
    }

    private String number(Expression expression) {
        return plain(numbers.number(expression));
    }

    /** Darknet needs no point. */
    static String plain(String number) {
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }
}
