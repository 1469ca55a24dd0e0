package samestep.dialect.pytorch.schedule;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.object.PytorchNumbers;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Call;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/** Writes a schedule's normal form as a scheduler; a class of PyTorch's own where there is one, else a {@code LambdaLR}. */
public final class PytorchScheduleWriter {
    private static final String MODULE = "torch.optim.lr_scheduler.";
    private static final Expression ZERO = Expression.literal(0);
    private static final Expression ONE = ScheduleForm.ONE;

    private final PytorchNumbers numbers;
    private final LambdaWriter lambdas;
    private final Expression rate;
    private final boolean ratesDiffer;

    /**
     * @param rate the optimizer's lr, which the schedulers multiply
     * @param ratesDiffer whether groups have rates of their own, which a class that ends at a rate of its own would lose
     */
    public PytorchScheduleWriter(PytorchNumbers numbers, Expression rate, boolean ratesDiffer) {
        this.numbers = numbers;
        this.lambdas = new LambdaWriter(numbers, rate);
        this.rate = rate;
        this.ratesDiffer = ratesDiffer;
    }

    /** The scheduler; empty where PyTorch has nothing of that form. Not asked for a constant rate. */
    public Optional<PytorchObject> write(ScheduleForm form) {
        if (form instanceof Sequence sequence) {
            Optional<PytorchObject> cycle =
                    ratesDiffer ? Optional.empty() : new OneCycleWriter(numbers).write(sequence);
            return cycle.or(() -> sequence(sequence));
        }
        return ofClass(form)
                .or(() -> lambdas.write(form)
                        .map(text -> PytorchObject.of(MODULE + "LambdaLR")
                                .with("lr_lambda", new PytorchValue.Text(text, Optional.empty()))));
    }

    private Optional<PytorchObject> ofClass(ScheduleForm form) {
        if (form instanceof ScheduleForm.Staircase s && isRate(s.base()) && isWhole(s.every())) {
            return scheduler("StepLR", "step_size", numbers.count(s.every()), "gamma", numbers.number(s.factor()));
        }
        if (form instanceof ScheduleForm.Steps steps) {
            return multiStep(steps);
        }
        if (form instanceof ScheduleForm.Exponential e && isRate(e.base()) && same(e.per(), ONE)) {
            return scheduler("ExponentialLR", "gamma", numbers.number(e.factor()));
        }
        if (form instanceof ScheduleForm.Polynomial p && isWhole(p.horizon())) {
            return polynomial(p);
        }
        boolean atStart = form instanceof Cosine c && isRate(c.base()) && same(c.phase(), ZERO) && isWhole(c.horizon());
        if (atStart && !(ratesDiffer && !same(((Cosine) form).end(), ZERO))) {
            Cosine cosine = (Cosine) form;
            return scheduler(
                    "CosineAnnealingLR",
                    "T_max",
                    numbers.count(cosine.horizon()),
                    "eta_min",
                    numbers.number(cosine.end()));
        }
        return Optional.empty();
    }

    private static Optional<PytorchObject> scheduler(String className, Object... arguments) {
        PytorchObject scheduler = PytorchObject.of(MODULE + className);
        for (int i = 0; i < arguments.length; i += 2) {
            scheduler = scheduler.with((String) arguments[i], (PytorchValue) arguments[i + 1]);
        }
        return Optional.of(scheduler);
    }

    /** Where each rate is the one before times the same number. */
    private Optional<PytorchObject> multiStep(ScheduleForm.Steps steps) {
        List<Expression> values = steps.values();
        if (!isRate(values.get(0)) || values.size() < 2 || steps.starts().get(0) <= 0) {
            return Optional.empty();
        }
        // The factor as it was written, 0.1, is in the expression of the second value if that is a product.
        Expression factor = values.get(1).over(values.get(0));
        for (int i = 1; i < values.size(); i++) {
            if (!same(values.get(i), values.get(i - 1).times(factor))) {
                return Optional.empty();
            }
        }
        List<PytorchValue> milestones = new ArrayList<>();
        steps.starts().forEach(s -> milestones.add(numbers.count(Expression.literal(s))));
        return scheduler(
                "MultiStepLR", "milestones", new Many(milestones, Optional.empty()), "gamma", numbers.number(factor));
    }

    private Optional<PytorchObject> polynomial(ScheduleForm.Polynomial p) {
        Num steps = numbers.count(p.horizon());
        if (isRate(p.base()) && same(p.end(), ZERO)) {
            return scheduler("PolynomialLR", "total_iters", steps, "power", numbers.number(p.power()));
        }
        if (same(rate, ZERO)) {
            // Nothing is a share of a rate of 0.
            return Optional.empty();
        }
        Expression first = p.base().over(rate);
        Expression last = p.end().over(rate);
        // LinearLR refuses to begin at nothing, and to go beyond the rate.
        boolean linear = p.held() && same(p.power(), ONE) && isShare(first) && !same(first, ZERO) && isShare(last);
        return linear
                ? scheduler(
                        "LinearLR",
                        "start_factor",
                        numbers.number(first),
                        "end_factor",
                        numbers.number(last),
                        "total_iters",
                        steps)
                : Optional.empty();
    }

    private Optional<PytorchObject> sequence(Sequence sequence) {
        List<PytorchValue> parts = new ArrayList<>();
        for (ScheduleForm piece : sequence.pieces()) {
            Optional<PytorchObject> part = write(piece);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(new Call(part.get()));
        }
        List<PytorchValue> milestones = new ArrayList<>();
        sequence.starts().forEach(s -> milestones.add(numbers.count(Expression.literal(s))));
        return scheduler(
                "SequentialLR",
                "schedulers",
                new Many(parts, Optional.empty()),
                "milestones",
                new Many(milestones, Optional.empty()));
    }

    private boolean isRate(Expression value) {
        return same(value, rate);
    }

    private static boolean isShare(Expression value) {
        BigDecimal number = Exact.value(value);
        return number.signum() >= 0 && number.compareTo(BigDecimal.ONE) <= 0;
    }

    public static boolean isWhole(Expression value) {
        return Exact.decimal(value)
                .map(d -> d.stripTrailingZeros().scale() <= 0)
                .orElse(false);
    }

    /** To sixty digits: a product and the quotient that undoes it differ in the last of a hundred. */
    public static boolean same(Expression a, Expression b) {
        BigDecimal left = Exact.value(a);
        BigDecimal difference = left.subtract(Exact.value(b)).abs();
        return difference.compareTo(left.abs().movePointLeft(60)) <= 0;
    }
}
