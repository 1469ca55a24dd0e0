package samestep.recipe;

import samestep.equation.Expression;

/** Schedules times a number. */
public final class ScheduleForms {
    private ScheduleForms() {}

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
        return new ScheduleForm.Other(form.formula().times(factor));
    }
}
