package samestep.dialect.pytorch.yacs;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import samestep.dialect.pytorch.form.FormDefaults;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.PytorchValue.Text;
import samestep.dialect.pytorch.python.LoopWriter;
import samestep.dialect.pytorch.schedule.PytorchScheduleWriter;
import samestep.equation.Builtin;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.Quantity;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForm.Polynomial;
import samestep.recipe.Sequence;

/**
 * A schedule as detectron2's scheduler: a warm-up, and a schedule that counts its steps from the start of the run. Source:
 * detectron2/solver/build.py and lr_scheduler.py.
 */
final class DetectronSchedule {
    private static final Expression ONE = ScheduleForm.ONE;
    private static final int MOST_STEPS = 1_000;

    private final OptionalLong run;
    private final WarmUp warmUp;

    /**
     * @param method detectron2's word for how the rate rises
     * @param steps its length
     */
    private record WarmUp(String method, Expression factor, long steps) {
        static final WarmUp NONE = new WarmUp("linear", ONE, 0);
    }

    private DetectronSchedule(OptionalLong run, WarmUp warmUp) {
        this.run = run;
        this.warmUp = warmUp;
    }

    /**
     * The scheduler.
     *
     * @param run how many updates the run has
     * @return empty where detectron2 has no such schedule
     */
    static Optional<PytorchObject> of(ScheduleForm form, OptionalLong run) {
        return form instanceof Sequence parts
                ? warmed(parts, run)
                : new DetectronSchedule(run, WarmUp.NONE).scheduler(form);
    }

    /** The rate that never changes. */
    static PytorchObject constant(OptionalLong run) {
        return new DetectronSchedule(run, WarmUp.NONE).multiStep(List.of(), ONE);
    }

    /** The warm-up ends at the rate that the schedule then has. */
    private static Optional<PytorchObject> warmed(Sequence parts, OptionalLong run) {
        if (parts.pieces().size() != 2) {
            return Optional.empty();
        }
        long steps = parts.starts().get(0);
        ScheduleForm then = parts.pieces().get(1);
        return base(then)
                .flatMap(base -> warmUp(parts.pieces().get(0), base, steps, then))
                .flatMap(warmUp -> new DetectronSchedule(run, warmUp).scheduler(then));
    }

    private static Optional<WarmUp> warmUp(ScheduleForm first, Expression base, long steps, ScheduleForm then) {
        if (first instanceof Polynomial rise && isLine(rise, steps) && endsAt(rise.end(), then)) {
            return Optional.of(new WarmUp("linear", rise.base().over(base), steps));
        }
        return first instanceof ScheduleForm.Constant held
                ? Optional.of(new WarmUp("constant", held.base().over(base), steps))
                : Optional.empty();
    }

    private static boolean isLine(Polynomial rise, long steps) {
        return PytorchScheduleWriter.same(rise.power(), ONE)
                && PytorchScheduleWriter.same(rise.horizon(), Expression.literal(steps));
    }

    private static boolean endsAt(Expression rate, ScheduleForm then) {
        BigDecimal first =
                Exact.value(Expressions.substitute(then.formula(), Map.of(Builtin.T, Expression.literal(0))));
        BigDecimal gap = Exact.value(rate).subtract(first).abs();
        return gap.compareTo(first.abs().movePointLeft(15)) <= 0;
    }

    /** BASE_LR of a schedule; empty where it is 0 or not known. */
    private static Optional<Expression> base(ScheduleForm form) {
        Optional<Expression> base = Optional.empty();
        if (form instanceof ScheduleForm.Constant c) {
            base = Optional.of(c.base());
        } else if (form instanceof ScheduleForm.Steps s) {
            base = Optional.of(s.values().get(0));
        } else if (form instanceof ScheduleForm.Staircase s) {
            base = Optional.of(s.base());
        } else if (form instanceof Cosine c) {
            base = Optional.of(c.base());
        }
        return base.filter(rate -> Exact.value(rate).signum() != 0);
    }

    private Optional<PytorchObject> scheduler(ScheduleForm form) {
        if (form instanceof ScheduleForm.Constant) {
            return Optional.of(multiStep(List.of(), ONE));
        }
        if (run.isEmpty()) {
            return Optional.empty();
        }
        if (form instanceof Cosine c && isWhole(c)) {
            return Optional.of(named("WarmupCosineLR").with("end", number(c.end())));
        }
        if (form instanceof Polynomial p && isWhole(p)) {
            return Optional.of(named("WarmupPolyLR").with("power", number(p.power())));
        }
        if (form instanceof ScheduleForm.Staircase s && PytorchScheduleWriter.isWhole(s.every())) {
            return Optional.of(staircase(s));
        }
        return form instanceof ScheduleForm.Steps steps ? steps(steps) : Optional.empty();
    }

    private boolean isWhole(Cosine cosine) {
        return PytorchScheduleWriter.same(cosine.phase(), Expression.literal(warmUp.steps()))
                && isRun(cosine.horizon());
    }

    /** WarmupPolyLR multiplies with its warm-up, which is then not a piece of its own. */
    private boolean isWhole(Polynomial power) {
        return warmUp.steps() == 0 && Exact.value(power.end()).signum() == 0 && isRun(power.horizon());
    }

    private boolean isRun(Expression horizon) {
        return PytorchScheduleWriter.same(horizon, Expression.literal(run.getAsLong()));
    }

    private PytorchObject staircase(ScheduleForm.Staircase stairs) {
        long every = Exact.ceiling(stairs.every());
        List<Long> starts = LongStream.iterate(every, start -> warmUp.steps() + start < run.getAsLong(), s -> s + every)
                .limit(MOST_STEPS)
                .boxed()
                .toList();
        return multiStep(starts, stairs.factor());
    }

    /** Where each rate is the one before times the same number. */
    private Optional<PytorchObject> steps(ScheduleForm.Steps steps) {
        List<Expression> values = steps.values();
        if (values.size() < 2 || Exact.value(values.get(0)).signum() == 0) {
            return Optional.empty();
        }
        Expression factor = values.get(1).over(values.get(0));
        for (int i = 1; i < values.size(); i++) {
            if (!PytorchScheduleWriter.same(values.get(i), values.get(i - 1).times(factor))) {
                return Optional.empty();
            }
        }
        return Optional.of(multiStep(steps.starts(), factor));
    }

    private PytorchObject multiStep(List<Long> starts, Expression factor) {
        List<PytorchValue> milestones = new ArrayList<>();
        starts.forEach(start -> milestones.add(LoopWriter.count(warmUp.steps() + start)));
        return named("WarmupMultiStepLR")
                .with("gamma", number(factor))
                .with("milestones", new Many(milestones, Optional.empty()));
    }

    private PytorchObject named(String name) {
        long updates = run.orElseGet(() -> FormDefaults.of("detectron2")
                .number("SOLVER.MAX_ITER")
                .decimal()
                .longValue());
        return PytorchObject.of("detectron2." + name)
                .with("max_iter", LoopWriter.count(updates))
                .with("warmup_factor", number(warmUp.factor()))
                .with("warmup_iters", LoopWriter.count(warmUp.steps()))
                .with("warmup_method", new Text(warmUp.method(), Optional.empty()));
    }

    private static Num number(Expression value) {
        Quantity plain = new Quantity(value, "", Quantity.byDefault("0", "").origin());
        return new Num(new Quantity(value, plain.written(), plain.origin()));
    }
}
