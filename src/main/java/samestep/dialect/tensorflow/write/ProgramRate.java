package samestep.dialect.tensorflow.write;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import samestep.dialect.tensorflow.Program;
import samestep.dialect.write.HeldRate;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Cosine;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.recipe.ScheduleForm;

/** Writes the learning rate as one of the functions of tf.compat.v1.train, and what it is multiplied by. */
final class ProgramRate {
    private final Recipe recipe;
    private final boolean verbatim;
    private final WrittenNumbers numbers;
    private final List<Finding> findings;

    ProgramRate(Recipe recipe, boolean verbatim, WrittenNumbers numbers, List<Finding> findings) {
        this.recipe = recipe;
        this.verbatim = verbatim;
        this.numbers = numbers;
        this.findings = findings;
    }

    /** What the rate of each parameter is multiplied by, where that is not one. */
    Map<ParameterName, String> multipliers() {
        Map<ParameterName, String> multipliers = new LinkedHashMap<>();
        for (Parameter parameter : recipe.trained()) {
            if (!parameter.rateMultiplier().isOne() && !verbatim) {
                multipliers.put(parameter.name(), numbers.number(parameter.rateMultiplier()));
            }
        }
        return multipliers;
    }

    Program.Rate write() {
        ScheduleForm form =
                recipe.schedule().formInUpdates().orElse(recipe.schedule().form());
        if (form instanceof ScheduleForm.Constant constant) {
            return new Program.Rate(numbers.number(constant.base()), Optional.empty());
        }
        Optional<Program.Invocation> schedule = schedule(form);
        if (schedule.isEmpty()) {
            HeldRate held = HeldRate.of(recipe.schedule());
            findings.add(Finding.of(
                            Code.SS402,
                            "tf.compat.v1.train has no schedule like " + recipe.possessive() + " \""
                                    + recipe.schedule().name() + "\"")
                    .detail("Written: " + held.words() + ", as a constant."));
            return new Program.Rate(numbers.number(held.expression()), Optional.empty());
        }
        return new Program.Rate("", schedule);
    }

    private Optional<Program.Invocation> schedule(ScheduleForm form) {
        if (form instanceof ScheduleForm.Steps steps) {
            return Optional.of(piecewise(steps));
        }
        if (form instanceof ScheduleForm.Staircase s) {
            return Optional.of(call("exponential_decay", s.base(), s.every())
                    .with("decay_rate", numbers.number(s.factor()))
                    .with("staircase", "True")
                    .invocation());
        }
        if (form instanceof ScheduleForm.Exponential e) {
            return Optional.of(call("exponential_decay", e.base(), e.per())
                    .with("decay_rate", numbers.number(e.factor()))
                    .invocation());
        }
        if (form instanceof ScheduleForm.InverseTime i && isOne(i.power())) {
            return Optional.of(call("inverse_time_decay", i.base(), Expression.literal(1))
                    .with("decay_rate", numbers.number(i.slope()))
                    .invocation());
        }
        if (form instanceof ScheduleForm.Polynomial p) {
            return Optional.of(call("polynomial_decay", p.base(), p.horizon())
                    .with("end_learning_rate", numbers.number(p.end()))
                    .with("power", numbers.number(p.power()))
                    .invocation());
        }
        boolean whole = form instanceof Cosine c
                && Exact.value(c.phase()).signum() == 0
                && c.held()
                && Exact.value(c.base()).signum() != 0;
        return whole && form instanceof Cosine cosine
                ? Optional.of(call("cosine_decay", cosine.base(), cosine.horizon())
                        .with("alpha", numbers.number(cosine.end().over(cosine.base())))
                        .invocation())
                : Optional.empty();
    }

    private static boolean isOne(Expression expression) {
        return Exact.value(expression).compareTo(BigDecimal.ONE) == 0;
    }

    /** A function that is being put together. */
    private record Written(String name, Map<String, String> arguments) {
        Written with(String argument, String value) {
            Map<String, String> more = new LinkedHashMap<>(arguments);
            more.put(argument, value);
            return new Written(name, more);
        }

        Program.Invocation invocation() {
            return new Program.Invocation(name, arguments);
        }
    }

    private Written call(String name, Expression first, Expression steps) {
        return new Written(name, Map.of())
                .with("learning_rate", numbers.number(first))
                .with("decay_steps", numbers.count(steps));
    }

    /** TensorFlow keeps the old rate at a boundary: a piece begins one step after it. */
    private Program.Invocation piecewise(ScheduleForm.Steps steps) {
        int first = (int) steps.starts().stream().filter(s -> s <= 0).count();
        String boundaries = steps.starts().stream()
                .skip(first)
                .map(start -> Long.toString(start - (verbatim ? 0 : 1)))
                .collect(Collectors.joining(", ", "[", "]"));
        String values = IntStream.range(first, steps.values().size())
                .mapToObj(i -> numbers.number(steps.values().get(i)))
                .collect(Collectors.joining(", ", "[", "]"));
        if (!verbatim) {
            findings.add(Finding.of(
                    Code.SS401,
                    "TensorFlow keeps the old rate at a boundary: boundaries are one less than the steps "
                            + steps.starts()));
        }
        return new Written("piecewise_constant", Map.of())
                .with("boundaries", boundaries)
                .with("values", values)
                .invocation();
    }
}
