package samestep.dialect.curve;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import samestep.equation.Comparison;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Function;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;
import samestep.recipe.Cosine;
import samestep.recipe.ScheduleForm;

/** What a function of a program gives for a step that is not known yet, as an expression of the step. */
final class StepValues {
    /** The step of which nothing is known. */
    static final Value STEP = new Value.Library("samestep.step", List.of());

    private static final Expression ONE = Expression.literal(1);
    private static final Expression ZERO = Expression.literal(0);
    private static final BigDecimal PI = new BigDecimal(Double.toString(Math.PI));
    private static final int MOST = 4_000;

    private int count;

    private StepValues() {}

    /** The expression; empty where a part of the value is not a function of the step alone. */
    static Optional<Expression> of(Value value) {
        return new StepValues().expression(value);
    }

    private Optional<Expression> expression(Value value) {
        if (count++ > MOST) {
            return Optional.empty();
        }
        if (value.equals(STEP)) {
            return Optional.of(ScheduleForm.T);
        }
        if (value instanceof Value.Number number) {
            return number.formula().map(StepValues::withPi);
        }
        if (value instanceof Value.Bool bool) {
            return Optional.of(bool.value() ? ONE : ZERO);
        }
        if (value instanceof Value.OneOf oneOf) {
            return oneOf(oneOf);
        }
        if (value instanceof Value.Made made && made.call().keywords().isEmpty()) {
            List<Value> arguments = made.call().positional().stream()
                    .map(RecordedCall.Argument::value)
                    .toList();
            String name = made.call().name();
            boolean isMath = name.startsWith("math.") || name.startsWith("numpy.") || name.startsWith("jax.numpy.");
            return isMath ? operation(name.substring(name.lastIndexOf('.') + 1), arguments) : Optional.empty();
        }
        return value instanceof Value.Computed computed
                ? operation(computed.operator(), computed.operands())
                : Optional.empty();
    }

    /** The circle's number is that, and not the double beside it. */
    private static Expression withPi(Expression formula) {
        if (formula instanceof Expression.Literal literal) {
            return literal.value().compareTo(PI) == 0 ? Cosine.PI : literal;
        }
        return Expressions.withChildren(
                formula,
                Expressions.children(formula).stream().map(StepValues::withPi).toList());
    }

    private Optional<Expression> operation(String operator, List<Value> operands) {
        if (operands.size() == 1) {
            return expression(operands.get(0)).flatMap(x -> one(operator, x));
        }
        if (operands.size() == 3 && operator.equals("where")) {
            Optional<Expression> then = expression(operands.get(1));
            return then.flatMap(x -> expression(operands.get(2)).flatMap(y -> decided(operands.get(0), x, y)));
        }
        if (operands.size() != 2) {
            return Optional.empty();
        }
        Optional<Expression> left = expression(operands.get(0));
        Optional<Expression> right = expression(operands.get(1));
        return left.flatMap(x -> right.flatMap(y -> two(operator, x, y)));
    }

    private static Optional<Expression> one(String operator, Expression x) {
        return switch (operator) {
            case "+", "float", "float32", "float64" -> Optional.of(x);
            case "-" -> Optional.of(new Expression.Negation(x));
            case "abs", "fabs" -> Optional.of(Expression.call(Function.ABS, x));
            // Of a negative number it is another; each form is tried at steps.
            case "int", "floor" -> Optional.of(Expression.call(Function.FLOOR, x));
            case "sqrt" -> Optional.of(x.power(ONE.over(Expression.literal(2))));
            case "exp" -> Optional.of(Expression.call(Function.EXP, x));
            case "log" -> Optional.of(Expression.call(Function.LOG, x));
            case "cos" -> Optional.of(Expression.call(Function.COS, x));
            default -> Optional.empty();
        };
    }

    private static Optional<Expression> two(String operator, Expression x, Expression y) {
        return switch (operator) {
            case "+" -> Optional.of(x.plus(y));
            case "-" -> Optional.of(x.minus(y));
            case "*" -> Optional.of(x.times(y));
            case "/" -> Optional.of(x.over(y));
            case "**", "pow", "power" -> Optional.of(x.power(y));
            case "//" -> Optional.of(Expression.call(Function.FLOOR, x.over(y)));
            case "%" -> Optional.of(x.minus(y.times(Expression.call(Function.FLOOR, x.over(y)))));
            case "min", "minimum" -> Optional.of(Expression.call(Function.MIN, x, y));
            case "max", "maximum" -> Optional.of(Expression.call(Function.MAX, x, y));
            default -> Optional.empty();
        };
    }

    /** The alternatives one after the other; the last is what is left. */
    private Optional<Expression> oneOf(Value.OneOf oneOf) {
        List<Value.Alternative> all = oneOf.alternatives();
        Optional<Expression> rest = expression(all.get(all.size() - 1).value());
        for (int i = all.size() - 2; i >= 0 && rest.isPresent(); i--) {
            Value.Alternative alternative = all.get(i);
            Optional<Expression> value = expression(alternative.value());
            Expression otherwise = rest.get();
            rest = value.flatMap(v -> where(alternative.conditions(), v, otherwise));
        }
        return rest;
    }

    private Optional<Expression> where(List<Condition> conditions, Expression then, Expression otherwise) {
        Optional<Expression> result = Optional.of(then);
        for (int i = conditions.size() - 1; i >= 0 && result.isPresent(); i--) {
            Condition condition = conditions.get(i);
            Expression inner = result.get();
            result = condition.holds()
                    ? decided(condition.test(), inner, otherwise)
                    : decided(condition.test(), otherwise, inner);
        }
        return result;
    }

    /** Each condition is one comparison, so that a step can be found where it changes. */
    private Optional<Expression> decided(Value test, Expression then, Expression otherwise) {
        if (test instanceof Value.Bool bool) {
            return Optional.of(bool.value() ? then : otherwise);
        }
        if (!(test instanceof Value.Computed computed)) {
            return expression(test).map(x -> Expression.call(Function.WHERE, differs(x), then, otherwise));
        }
        List<Value> operands = computed.operands();
        switch (computed.operator()) {
            case "not":
                return decided(operands.get(0), otherwise, then);
            case "and", "or":
                return chained(computed.operator().equals("and"), operands, then, otherwise);
            case "!=":
                return compared(Comparison.EQUAL, operands, otherwise, then);
            default:
                for (Comparison comparison : Comparison.values()) {
                    if (comparison.symbol().equals(computed.operator())) {
                        return compared(comparison, operands, then, otherwise);
                    }
                }
                return expression(test).map(x -> Expression.call(Function.WHERE, differs(x), then, otherwise));
        }
    }

    private static Expression differs(Expression x) {
        return ONE.minus(new Expression.Comparing(Comparison.EQUAL, x, ZERO));
    }

    private Optional<Expression> chained(boolean all, List<Value> tests, Expression then, Expression otherwise) {
        Optional<Expression> result = Optional.of(all ? then : otherwise);
        for (int i = tests.size() - 1; i >= 0 && result.isPresent(); i--) {
            Expression inner = result.get();
            result = all ? decided(tests.get(i), inner, otherwise) : decided(tests.get(i), then, inner);
        }
        return result;
    }

    private Optional<Expression> compared(
            Comparison comparison, List<Value> operands, Expression then, Expression otherwise) {
        Optional<Expression> left = expression(operands.get(0));
        Optional<Expression> right = expression(operands.get(1));
        return left.flatMap(x -> right.map(
                y -> Expression.call(Function.WHERE, new Expression.Comparing(comparison, x, y), then, otherwise)));
    }
}
