package samestep.recipe;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.equation.run.Exact;

/** What is the same for schedules of all forms. */
public final class ScheduleForms {
    private ScheduleForms() {}

    /**
     * The rate that a form is a schedule of, which frameworks keep apart from it: of a warm-up and what follows, that of what
     * follows.
     *
     * @param start the rate at the start, for a form that names none
     */
    public static Expression base(ScheduleForm form, Expression start) {
        if (form instanceof Sequence sequence) {
            return ofSequence(sequence, start);
        }
        if (form instanceof EpochShares shares) {
            return shares.base(start);
        }
        if (form instanceof ScheduleForm.Steps steps) {
            return steps.values().stream()
                    .filter(v -> Exact.value(v).signum() != 0)
                    .findFirst()
                    .orElse(start);
        }
        if (form instanceof ScheduleForm.Polynomial p && Exact.value(p.base()).signum() == 0) {
            return p.end();
        }
        return form.parameters().isEmpty() ? start : form.parameters().get(0);
    }

    /** That of the last piece that has a rate at all: a schedule may end at 0. */
    private static Expression ofSequence(Sequence sequence, Expression start) {
        for (int i = sequence.pieces().size() - 1; i >= 0; i--) {
            Expression base = base(sequence.pieces().get(i), start);
            if (Exact.value(base).signum() != 0) {
                return base;
            }
        }
        return start;
    }

    /** The form with its rate times a factor. */
    public static ScheduleForm scaled(ScheduleForm form, Expression factor) {
        if (form instanceof ScheduleForm.Constant constant) {
            return new ScheduleForm.Constant(constant.base().times(factor));
        }
        if (form instanceof ScheduleForm.Steps steps) {
            return new ScheduleForm.Steps(
                    steps.starts(),
                    steps.values().stream().map(v -> v.times(factor)).toList());
        }
        if (form instanceof ScheduleForm.Staircase s) {
            return new ScheduleForm.Staircase(s.base().times(factor), s.factor(), s.every());
        }
        if (form instanceof ScheduleForm.Exponential e) {
            return new ScheduleForm.Exponential(e.base().times(factor), e.factor(), e.per());
        }
        if (form instanceof ScheduleForm.InverseTime i) {
            return new ScheduleForm.InverseTime(i.base().times(factor), i.slope(), i.power());
        }
        if (form instanceof ScheduleForm.Polynomial p) {
            return new ScheduleForm.Polynomial(
                    p.base().times(factor), p.end().times(factor), p.horizon(), p.power(), p.held());
        }
        if (form instanceof ScheduleForm.Sigmoid s) {
            return new ScheduleForm.Sigmoid(s.base().times(factor), s.slope(), s.centre());
        }
        if (form instanceof Cosine c) {
            return new Cosine(c.base().times(factor), c.end().times(factor), c.horizon(), c.phase(), c.held());
        }
        if (form instanceof Sequence s) {
            return new Sequence(
                    s.starts(),
                    s.pieces().stream().map(piece -> scaled(piece, factor)).toList());
        }
        if (form instanceof EpochShares shares) {
            return shares.scaled(factor);
        }
        return new ScheduleForm.Other(form.formula().times(factor));
    }

    /**
     * Pieces one after the other: one form where there is one, drops where each is constant, a sequence otherwise.
     *
     * @param starts where each piece but the first begins
     */
    public static ScheduleForm joined(List<Long> starts, List<ScheduleForm> pieces) {
        if (pieces.size() == 1) {
            return pieces.get(0);
        }
        if (pieces.stream().allMatch(ScheduleForm.Constant.class::isInstance)) {
            return new ScheduleForm.Steps(
                    starts,
                    pieces.stream().map(p -> ((ScheduleForm.Constant) p).base()).toList());
        }
        return new Sequence(starts, pieces);
    }

    /**
     * The step after which two forms with equal parameters differ, because one stays at its end and the other
     * continues; empty where they never do. Of forms in epochs, it is in epochs.
     */
    public static Optional<BigDecimal> partAfter(ScheduleForm a, ScheduleForm b) {
        if (a instanceof ScheduleForm.Polynomial p && b instanceof ScheduleForm.Polynomial q && p.held() != q.held()) {
            return Optional.of(Exact.value(p.horizon()));
        }
        if (a instanceof Cosine c && b instanceof Cosine d && c.held() != d.held()) {
            return Optional.of(Exact.value(c.horizon()).subtract(Exact.value(c.phase())));
        }
        if (a instanceof Sequence s && b instanceof Sequence t) {
            int last = s.pieces().size() - 1;
            return partAfter(s.pieces().get(last), t.pieces().get(last))
                    .map(end -> end.add(BigDecimal.valueOf(s.starts().get(last - 1))));
        }
        return a instanceof EpochShares one && b instanceof EpochShares other
                ? EpochShares.partAfter(one, other)
                : Optional.empty();
    }
}
