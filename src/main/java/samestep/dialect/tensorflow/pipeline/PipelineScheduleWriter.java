package samestep.dialect.tensorflow.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/** Writes a schedule in updates as one of the Object Detection API's four, with their warm-ups. */
final class PipelineScheduleWriter {
    private final WrittenNumbers numbers;

    PipelineScheduleWriter(WrittenNumbers numbers) {
        this.numbers = numbers;
    }

    /** The field in {@code learning_rate}; empty when there is none of that form. */
    Optional<PipelineField> write(ScheduleForm form) {
        if (form instanceof ScheduleForm.Constant constant) {
            return Optional.of(constant(constant.base()));
        }
        if (form instanceof ScheduleForm.Steps steps) {
            return Optional.of(steps(steps, false, steps.values().get(0), 0));
        }
        if (form instanceof ScheduleForm.Staircase || form instanceof ScheduleForm.Exponential) {
            return exponential(form, Optional.empty(), 0);
        }
        if (form instanceof Cosine cosine) {
            return cosine(cosine, Optional.empty(), 0, 0);
        }
        return form instanceof Sequence sequence ? sequence(sequence) : Optional.empty();
    }

    /** One rate for all steps. */
    PipelineField constant(Expression rate) {
        return PipelineField.of(PipelineSchedule.CONSTANT, PipelineField.of("learning_rate", numbers.number(rate)));
    }

    /** A warm-up and what follows it, as far as the API can express it. */
    private Optional<PipelineField> sequence(Sequence sequence) {
        List<ScheduleForm> pieces = sequence.pieces();
        long first = sequence.starts().get(0);
        ScheduleForm last = pieces.get(pieces.size() - 1);
        if (pieces.get(0) instanceof ScheduleForm.Constant burnin && pieces.size() == 2 && !isZero(burnin.base())) {
            return exponential(last, Optional.of(burnin.base()), first);
        }
        Optional<ScheduleForm.Polynomial> rising = line(pieces.get(0), first);
        if (rising.isEmpty()) {
            return Optional.empty();
        }
        Expression top = rising.get().end();
        if (pieces.size() == 2 && last instanceof ScheduleForm.Constant constant && isSame(constant.base(), top)) {
            ScheduleForm.Steps none = new ScheduleForm.Steps(List.of(), List.of(top));
            return Optional.of(steps(none, true, rising.get().base(), first));
        }
        if (pieces.size() == 2
                && last instanceof ScheduleForm.Steps steps
                && isSame(steps.values().get(0), top)) {
            return Optional.of(steps(steps, true, rising.get().base(), first));
        }
        boolean held = pieces.size() == 3
                && pieces.get(1) instanceof ScheduleForm.Constant middle
                && isSame(middle.base(), top);
        long hold = held ? sequence.starts().get(1) - first : 0;
        return last instanceof Cosine cosine && isSame(cosine.base(), top) && (held || pieces.size() == 2)
                ? cosine(cosine, Optional.of(rising.get().base()), first, hold)
                : Optional.empty();
    }

    /** A piece that rises along a line up to the end of its steps. */
    private static Optional<ScheduleForm.Polynomial> line(ScheduleForm piece, long steps) {
        return piece instanceof ScheduleForm.Polynomial p
                        && isSame(p.power(), ScheduleForm.ONE)
                        && isSame(p.horizon(), Expression.literal(steps))
                ? Optional.of(p)
                : Optional.empty();
    }

    private static boolean isZero(Expression expression) {
        return Exact.value(expression).signum() == 0;
    }

    private static boolean isSame(Expression a, Expression b) {
        return Exact.value(a).subtract(Exact.value(b)).abs().movePointRight(80).compareTo(java.math.BigDecimal.ONE) < 0;
    }

    /**
     * @param warm whether the rate rises to the second of them until the first step
     * @param behind how many steps precede those of the form
     */
    private PipelineField steps(ScheduleForm.Steps steps, boolean warm, Expression initial, long behind) {
        List<Long> starts = new ArrayList<>(steps.starts());
        List<Expression> rates = new ArrayList<>(steps.values());
        while (!warm && !starts.isEmpty() && starts.get(0) <= 0) {
            starts.remove(0);
            rates.remove(0);
        }
        if (!warm && starts.isEmpty()) {
            return constant(rates.get(0));
        }
        List<PipelineField> fields = new ArrayList<>();
        fields.add(PipelineField.of("initial_learning_rate", numbers.number(warm ? initial : rates.get(0))));
        if (warm) {
            fields.add(schedule(behind, rates.get(0)));
        }
        for (int i = 0; i < starts.size(); i++) {
            fields.add(schedule(behind + starts.get(i), rates.get(i + 1)));
        }
        fields.add(PipelineField.of("warmup", Boolean.toString(warm)));
        return PipelineField.of(PipelineSchedule.STEPS, fields);
    }

    private PipelineField schedule(long step, Expression rate) {
        return PipelineField.of(
                "schedule",
                List.of(
                        PipelineField.of("step", Long.toString(step)),
                        PipelineField.of("learning_rate", numbers.number(rate))));
    }

    private Optional<PipelineField> exponential(ScheduleForm form, Optional<Expression> burnin, long burninSteps) {
        List<PipelineField> fields = new ArrayList<>();
        if (form instanceof ScheduleForm.Staircase s && isWhole(s.every())) {
            fall(fields, s.base(), s.every(), s.factor(), true);
        } else if (form instanceof ScheduleForm.Exponential e && isWhole(e.per())) {
            fall(fields, e.base(), e.per(), e.factor(), false);
        } else if (form instanceof ScheduleForm.Exponential e) {
            fall(fields, e.base(), ScheduleForm.ONE, e.factor().power(ScheduleForm.ONE.over(e.per())), false);
        } else {
            return Optional.empty();
        }
        fields.add(PipelineField.of(
                "burnin_learning_rate", burnin.map(numbers::number).orElse("0.0")));
        fields.add(PipelineField.of("burnin_steps", Long.toString(burninSteps)));
        fields.add(PipelineField.of("min_learning_rate", "0.0"));
        return Optional.of(PipelineField.of(PipelineSchedule.EXPONENTIAL, fields));
    }

    private void fall(
            List<PipelineField> fields, Expression base, Expression steps, Expression factor, boolean staircase) {
        fields.add(PipelineField.of("initial_learning_rate", numbers.number(base)));
        fields.add(PipelineField.of("decay_steps", numbers.count(steps)));
        fields.add(PipelineField.of("decay_factor", numbers.number(factor)));
        fields.add(PipelineField.of("staircase", Boolean.toString(staircase)));
    }

    private Optional<PipelineField> cosine(Cosine cosine, Optional<Expression> warm, long warmup, long hold) {
        if (!isZero(cosine.end()) || !isZero(cosine.phase()) || !isWhole(cosine.horizon())) {
            return Optional.empty();
        }
        Expression total = cosine.horizon().plus(Expression.literal(warmup + hold));
        List<PipelineField> fields = new ArrayList<>();
        fields.add(PipelineField.of("learning_rate_base", numbers.number(cosine.base())));
        fields.add(PipelineField.of("total_steps", numbers.count(Expression.literal(Exact.value(total)))));
        fields.add(PipelineField.of(
                "warmup_learning_rate", warm.map(numbers::number).orElse("0.0")));
        fields.add(PipelineField.of("warmup_steps", Long.toString(warmup)));
        fields.add(PipelineField.of("hold_base_rate_steps", Long.toString(hold)));
        return Optional.of(PipelineField.of(PipelineSchedule.COSINE, fields));
    }

    private static boolean isWhole(Expression expression) {
        return Exact.decimal(expression)
                .filter(d -> d.signum() > 0 && d.stripTrailingZeros().scale() <= 0)
                .isPresent();
    }
}
