package samestep.dialect.pytorch.schedule;

import static samestep.dialect.pytorch.schedule.PytorchScheduleWriter.isWhole;
import static samestep.dialect.pytorch.schedule.PytorchScheduleWriter.same;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.object.PytorchNumbers;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/** Writes a rate that rises and falls as {@code OneCycleLR}, which {@link OneCycle} reads; the momentum stays. */
final class OneCycleWriter {
    private static final Expression ONE = ScheduleForm.ONE;

    private final PytorchNumbers numbers;

    OneCycleWriter(PytorchNumbers numbers) {
        this.numbers = numbers;
    }

    /** A part: its rates, and the step at which it would have begun and at which it ends. */
    private record Part(Expression from, Expression to, Expression start, Expression end, boolean linear) {
        static Optional<Part> of(ScheduleForm form, long begun) {
            Expression at = Expression.literal(begun);
            if (form instanceof Cosine c && c.held()) {
                Expression start = at.minus(c.phase());
                return Optional.of(new Part(c.base(), c.end(), start, start.plus(c.horizon()), false));
            }
            return form instanceof ScheduleForm.Polynomial p && p.held() && same(p.power(), ONE)
                    ? Optional.of(new Part(p.base(), p.end(), at, at.plus(p.horizon()), true))
                    : Optional.empty();
        }
    }

    /** The scheduler; empty where the form is not such a cycle. */
    Optional<PytorchObject> write(Sequence sequence) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < sequence.pieces().size(); i++) {
            long begun = i == 0 ? 0 : sequence.starts().get(i - 1);
            Part.of(sequence.pieces().get(i), begun).ifPresent(parts::add);
        }
        boolean asMany = parts.size() == sequence.pieces().size() && (parts.size() == 2 || parts.size() == 3);
        return asMany && fit(parts) ? Optional.of(cycle(parts)) : Optional.empty();
    }

    private static boolean fit(List<Part> parts) {
        Part up = parts.get(0);
        Part down = parts.get(parts.size() - 1);
        boolean lengths = isWhole(down.end()) && isOneShape(parts);
        boolean back = parts.size() == 2
                || same(parts.get(1).to(), up.from())
                        && same(parts.get(1).end(), up.end().plus(up.end()));
        boolean rates =
                Exact.value(up.from()).signum() > 0 && Exact.value(down.to()).signum() > 0;
        return lengths && back && rates && Exact.value(up.end()).signum() > 0;
    }

    /** Each part continues where the one before ends. A line's own start is not known, only where it is met. */
    private static boolean isOneShape(List<Part> parts) {
        for (int i = 1; i < parts.size(); i++) {
            Part before = parts.get(i - 1);
            Part part = parts.get(i);
            if (part.linear() != before.linear()
                    || !same(part.from(), before.to())
                    || !same(part.start(), before.end())) {
                return false;
            }
        }
        return true;
    }

    private PytorchObject cycle(List<Part> parts) {
        Part up = parts.get(0);
        Part down = parts.get(parts.size() - 1);
        Expression total = down.end().plus(ONE);
        PytorchObject cycle = PytorchObject.of("torch.optim.lr_scheduler." + OneCycle.NAME)
                .with("max_lr", numbers.number(up.to()))
                .with("total_steps", numbers.count(total))
                .with("pct_start", numbers.number(up.end().plus(ONE).over(total)));
        if (up.linear()) {
            cycle = cycle.with("anneal_strategy", new PytorchValue.Text("linear", Optional.empty()));
        }
        cycle = cycle.with("cycle_momentum", new PytorchValue.Flag(false, Optional.empty()))
                .with("div_factor", numbers.number(up.to().over(up.from())))
                .with("final_div_factor", numbers.number(up.from().over(down.to())));
        return parts.size() == 3 ? cycle.with("three_phase", new PytorchValue.Flag(true, Optional.empty())) : cycle;
    }
}
