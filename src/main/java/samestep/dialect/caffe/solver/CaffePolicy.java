package samestep.dialect.caffe.solver;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.ScheduleForm;

/** Writes a schedule as one of Caffe's seven policies. */
public final class CaffePolicy {
    private static final Expression ONE = ScheduleForm.ONE;

    private final WrittenNumbers numbers;

    public CaffePolicy(WrittenNumbers numbers) {
        this.numbers = numbers;
    }

    /** The fields of a policy, in order; empty when Caffe has none like it, or stops at its numbers. */
    public Optional<List<Map.Entry<String, String>>> write(ScheduleForm form) {
        return fields(form)
                .filter(fields -> fields.stream()
                        .noneMatch(
                                f -> f.getKey().equals("gamma") && f.getValue().startsWith("-")));
    }

    private Optional<List<Map.Entry<String, String>>> fields(ScheduleForm form) {
        if (form instanceof ScheduleForm.Constant constant) {
            return Optional.of(fields(constant.base(), "fixed"));
        }
        if (form instanceof ScheduleForm.Staircase step && isWhole(step.every())) {
            return Optional.of(
                    with(fields(step.base(), "step"), "gamma", number(step.factor()), "stepsize", whole(step.every())));
        }
        if (form instanceof ScheduleForm.Exponential exponential) {
            Expression perUpdate = exponential.factor().power(ONE.over(exponential.per()));
            boolean plain = Exact.value(exponential.per()).compareTo(BigDecimal.ONE) == 0;
            String gamma = number(plain ? exponential.factor() : perUpdate);
            return Optional.of(with(fields(exponential.base(), "exp"), "gamma", gamma));
        }
        if (form instanceof ScheduleForm.InverseTime inverse) {
            return Optional.of(with(
                    fields(inverse.base(), "inv"), "gamma", number(inverse.slope()), "power", number(inverse.power())));
        }
        if (form instanceof ScheduleForm.Polynomial polynomial) {
            return polynomial(polynomial);
        }
        if (form instanceof ScheduleForm.Sigmoid sigmoid && isWhole(sigmoid.centre())) {
            return Optional.of(with(
                    fields(sigmoid.base(), "sigmoid"),
                    "gamma",
                    number(sigmoid.slope()),
                    "stepsize",
                    whole(sigmoid.centre())));
        }
        return form instanceof ScheduleForm.Steps steps ? multistep(steps) : Optional.empty();
    }

    /** A constant rate, for what cannot be said. */
    public List<Map.Entry<String, String>> constant(Expression rate) {
        return fields(rate, "fixed");
    }

    /** Caffe's falls to zero. */
    private Optional<List<Map.Entry<String, String>>> polynomial(ScheduleForm.Polynomial polynomial) {
        boolean toZero = Exact.value(polynomial.end()).signum() == 0;
        return toZero && isWhole(polynomial.horizon())
                ? Optional.of(with(
                        fields(polynomial.base(), "poly"),
                        "power",
                        number(polynomial.power()),
                        "max_iter",
                        whole(polynomial.horizon())))
                : Optional.empty();
    }

    /** Each piece is the one before it times one factor. */
    private Optional<List<Map.Entry<String, String>>> multistep(ScheduleForm.Steps steps) {
        List<Expression> values = steps.values();
        if (values.size() < 2) {
            return Optional.of(fields(values.get(0), "fixed"));
        }
        boolean startsLater = steps.starts().get(0) > 0;
        Expression factor = values.get(1).over(values.get(0));
        boolean even = startsLater && Exact.value(values.get(0)).signum() > 0;
        for (int i = 2; even && i < values.size(); i++) {
            BigDecimal expected = Exact.value(values.get(i - 1).times(factor));
            BigDecimal apart = expected.subtract(Exact.value(values.get(i))).abs();
            even = apart.compareTo(expected.abs().movePointLeft(90)) <= 0;
        }
        if (!even) {
            return Optional.empty();
        }
        List<Map.Entry<String, String>> fields = with(fields(values.get(0), "multistep"), "gamma", number(factor));
        steps.starts().forEach(start -> fields.add(Map.entry("stepvalue", Long.toString(start))));
        return Optional.of(fields);
    }

    private List<Map.Entry<String, String>> fields(Expression base, String policy) {
        return new ArrayList<>(
                List.of(Map.entry("base_lr", number(base)), Map.entry("lr_policy", "\"" + policy + "\"")));
    }

    private static List<Map.Entry<String, String>> with(
            List<Map.Entry<String, String>> fields, String... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(Map.entry(namesAndValues[i], namesAndValues[i + 1]));
        }
        return fields;
    }

    private String number(Expression expression) {
        return plain(numbers.number(expression));
    }

    /** Prototxt needs no point. */
    public static String plain(String number) {
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }

    private static boolean isWhole(Expression expression) {
        return Exact.decimal(expression)
                .filter(d -> d.signum() > 0 && d.stripTrailingZeros().scale() <= 0)
                .isPresent();
    }

    private String whole(Expression expression) {
        return numbers.count(expression);
    }
}
