package samestep.compare.trait;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.equation.Builtin;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.Expression.Arithmetic;
import samestep.equation.Expression.Literal;
import samestep.equation.Expressions;
import samestep.equation.Operator;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;

/**
 * An optimizer may compute a part of the schedule by itself: {@code eta / (1 + t * lr_decay)}. Where every use of the rate
 * is divided by, or times, one and the same expression of the number of the update, that factor is the schedule's: the
 * steps are the same, and can be compared with those of a framework that has it there.
 */
public final class RateInOptimizer {
    private static final Expression ONE = Expression.literal(1);
    private static final Set<String> COUNTERS = Set.of(Builtin.T, Builtin.K);
    private static final Set<String> OTHER_RATES = Set.of(Builtin.ETA_PREV, Builtin.ETA_0, Builtin.ETA_MAX);

    /** What the rate is divided by at each use, numbers put in; empty for a use as it is. */
    private final Set<Optional<Expression>> divisors = new HashSet<>();

    private final Map<String, Expression> numbers = new HashMap<>();
    private boolean otherRates;

    private RateInOptimizer() {}

    /** The same steps, with the factor in the schedule; the recipe itself where there is none to move. */
    public static Recipe inSchedule(Recipe recipe) {
        boolean countsUpdates =
                recipe.schedule().microSteps() == 1 && recipe.schedule().unit() == Schedule.Unit.UPDATES;
        if (!countsUpdates || recipe.trained().isEmpty()) {
            return recipe;
        }
        Set<Expression> found = new HashSet<>();
        List<Parameter> parameters = new ArrayList<>();
        for (Parameter parameter : recipe.parameters()) {
            if (parameter.frozen()) {
                parameters.add(parameter);
                continue;
            }
            RateInOptimizer factor = new RateInOptimizer();
            List<Stage> stages =
                    parameter.stages().stream().map(factor::without).toList();
            if (factor.otherRates || factor.divisors.size() != 1) {
                return recipe;
            }
            Optional<Expression> divisor = factor.divisors.iterator().next();
            if (divisor.isEmpty()) {
                return recipe;
            }
            found.add(divisor.get());
            parameters.add(new Parameter(
                    parameter.name(), parameter.rateMultiplier(), parameter.frozen(), stages, parameter.place()));
        }
        return found.size() == 1
                ? recipe.withParameters(parameters)
                        .withRates(over(recipe.schedule(), found.iterator().next()), ONE)
                : recipe;
    }

    private static Schedule over(Schedule schedule, Expression divisor) {
        Optional<Expression> slope = slope(divisor);
        ScheduleForm form = schedule.form() instanceof ScheduleForm.Constant constant && slope.isPresent()
                ? new ScheduleForm.InverseTime(constant.base(), slope.get(), ONE)
                : new ScheduleForm.Other(schedule.form().formula().over(divisor));
        return Schedule.of(form, 1, schedule.horizon(), schedule.name());
    }

    /** The number in {@code 1 + t * number}. */
    private static Optional<Expression> slope(Expression divisor) {
        if (divisor instanceof Arithmetic sum
                && sum.operator() == Operator.ADD
                && sum.left().equals(ONE)
                && sum.right() instanceof Arithmetic product
                && product.operator() == Operator.MULTIPLY
                && product.left().equals(Expression.name(Builtin.T))
                && Expressions.names(product.right()).isEmpty()) {
            return Optional.of(product.right());
        }
        return Optional.empty();
    }

    /** The stage with the bare rate; what it was divided by is kept. */
    private Stage without(Stage stage) {
        numbers.clear();
        for (Map.Entry<String, Quantity> value : stage.values().entrySet()) {
            numbers.put(value.getKey(), value.getValue().value());
        }
        if (stage instanceof Stage.Optimizer optimizer) {
            return withoutUnused(optimizer.equations().mapped(this::without), optimizer.values());
        }
        stage.equations().mapped(this::without);
        return stage;
    }

    /** A number that only the factor needed is the schedule's now. */
    private static Stage withoutUnused(Equations equations, Map<String, Quantity> values) {
        Set<String> used = new HashSet<>();
        equations.mapped(expression -> {
            used.addAll(Expressions.names(expression));
            return expression;
        });
        Map<String, Quantity> left = new HashMap<>(values);
        left.keySet().retainAll(used);
        List<Equations.Hyper> hypers =
                equations.hypers().stream().filter(h -> used.contains(h.name())).toList();
        return new Stage.Optimizer(equations.withHypers(hypers), left);
    }

    private Expression without(Expression expression) {
        if (expression instanceof Expression.Name name) {
            otherRates |= OTHER_RATES.contains(name.name());
            if (name.name().equals(Builtin.ETA)) {
                divisors.add(Optional.empty());
            }
            return expression;
        }
        Optional<Expression> divisor = expression instanceof Arithmetic a ? divisor(a) : Optional.empty();
        if (divisor.isPresent()) {
            divisors.add(divisor);
            return Expression.name(Builtin.ETA);
        }
        List<Expression> parts = Expressions.children(expression);
        return parts.isEmpty()
                ? expression
                : Expressions.withChildren(
                        expression, parts.stream().map(this::without).toList());
    }

    private Optional<Expression> divisor(Arithmetic operation) {
        boolean divides = operation.operator() == Operator.DIVIDE;
        boolean multiplies = operation.operator() == Operator.MULTIPLY;
        if (!divides && !multiplies || !operation.left().equals(Expression.name(Builtin.ETA))) {
            return Optional.empty();
        }
        Expression factor = operation.right();
        Set<String> names = Expressions.names(factor);
        boolean counts = names.stream().anyMatch(COUNTERS::contains)
                && names.stream().allMatch(n -> COUNTERS.contains(n) || numbers.containsKey(n));
        if (!counts) {
            return Optional.empty();
        }
        Map<String, Expression> known = new HashMap<>(numbers);
        known.put(Builtin.K, Expression.name(Builtin.T).plus(Literal.of(1)));
        Expression alone = Expressions.substitute(factor, known);
        return Optional.of(divides ? alone : ONE.over(alone));
    }
}
