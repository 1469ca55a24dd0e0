package samestep.dialect.pytorch.schedule;

import java.util.Optional;
import samestep.dialect.pytorch.object.PytorchNumbers;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.Cosine;
import samestep.recipe.ScheduleForm;

/** The functions of {@code LambdaLR}: what {@link LambdaShapes} reads. Each gives the share of the optimizer's lr. */
final class LambdaWriter {
    private final PytorchNumbers numbers;
    private final Expression rate;

    LambdaWriter(PytorchNumbers numbers, Expression rate) {
        this.numbers = numbers;
        this.rate = rate;
    }

    /** The function; empty where the form has none. */
    Optional<String> write(ScheduleForm form) {
        return body(form).map(body -> "lambda t: " + body);
    }

    private Optional<String> body(ScheduleForm form) {
        if (form instanceof ScheduleForm.Constant c) {
            return Optional.of(share(c.base()));
        }
        if (form instanceof ScheduleForm.Steps s) {
            return Optional.of(steps(s));
        }
        if (form instanceof ScheduleForm.Staircase s) {
            return Optional.of(times(s.base(), number(s.factor()) + " ** (t // " + count(s.every()) + ")"));
        }
        if (form instanceof ScheduleForm.Exponential e) {
            return Optional.of(times(e.base(), number(e.factor()) + " ** (t / " + count(e.per()) + ")"));
        }
        if (form instanceof ScheduleForm.InverseTime i) {
            return Optional.of(times(i.base(), "(1.0 + " + number(i.slope()) + " * t) ** -" + number(i.power())));
        }
        if (form instanceof ScheduleForm.Polynomial p) {
            String at = p.held() ? "min(t, " + count(p.horizon()) + ")" : "t";
            return Optional.of(between(
                    p.base(), p.end(), "(1.0 - " + at + " / " + count(p.horizon()) + ") ** " + number(p.power())));
        }
        if (form instanceof Cosine c && Exact.value(c.phase()).signum() == 0) {
            String at = c.held() ? "min(t, " + count(c.horizon()) + ")" : "t";
            return Optional.of(between(
                    c.base(), c.end(), "(0.5 + 0.5 * math.cos(math.pi * " + at + " / " + count(c.horizon()) + "))"));
        }
        return form instanceof ScheduleForm.Sigmoid s
                ? Optional.of(times(
                        s.base(),
                        "1.0 / (1.0 + math.exp(-" + number(s.slope()) + " * (t - " + count(s.centre()) + ")))"))
                : Optional.empty();
    }

    private String steps(ScheduleForm.Steps steps) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < steps.starts().size(); i++) {
            if (steps.starts().get(i) > 0) {
                text.append(share(steps.values().get(i)))
                        .append(" if t < ")
                        .append(steps.starts().get(i))
                        .append(" else ");
            }
        }
        return text.append(share(steps.values().get(steps.starts().size()))).toString();
    }

    private String share(Expression value) {
        return number(value.over(rate));
    }

    private String times(Expression base, String shape) {
        return PytorchScheduleWriter.same(base, rate) ? shape : share(base) + " * " + shape;
    }

    private String between(Expression base, Expression end, String shape) {
        String whole = times(base.minus(end), shape);
        return Exact.value(end).signum() == 0 ? whole : share(end) + " + " + whole;
    }

    private String number(Expression value) {
        return numbers.text(value);
    }

    private String count(Expression value) {
        return numbers.countText(value);
    }
}
