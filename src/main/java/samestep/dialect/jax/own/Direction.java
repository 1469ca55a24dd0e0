package samestep.dialect.jax.own;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.equation.Builtin;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.Expression.Arithmetic;
import samestep.equation.Expressions;
import samestep.equation.Function;
import samestep.equation.Operator;
import samestep.equation.Statement;

/**
 * What an optimizer takes of the weight, without the learning rate: of equations whose last line is {@code w = w - eta * d}, and
 * that have the rate nowhere else, {@code direction = d}.
 */
final class Direction {
    /** What it is called. */
    static final String NAME = "direction";

    private static final Expression ONE = Expression.literal(1);

    private Direction() {}

    /** The lines; empty where the rate is inside of what is kept, or multiplies something else too. */
    static Optional<List<Statement>> of(Equations equations) {
        boolean isInState = equations.states().stream()
                .anyMatch(s -> Expressions.names(s.initial()).contains(Builtin.ETA));
        return isInState || !equations.step().isEmpty() && hasRate(equations.step())
                ? Optional.empty()
                : lines(equations.body());
    }

    private static boolean hasRate(List<Statement> statements) {
        return statements.stream()
                .anyMatch(s -> s instanceof Statement.When
                        || s instanceof Statement.Assignment a
                                && Expressions.names(a.value()).contains(Builtin.ETA));
    }

    private static Optional<List<Statement>> lines(List<Statement> statements) {
        List<Statement> lines = new ArrayList<>();
        boolean isSet = false;
        for (Statement statement : statements) {
            Optional<Statement> line = line(statement, isSet);
            if (line.isEmpty()) {
                return Optional.empty();
            }
            isSet |= setsWeight(statement);
            lines.add(line.get());
        }
        return Optional.of(lines);
    }

    private static boolean setsWeight(Statement statement) {
        return statement instanceof Statement.Assignment a
                ? a.name().equals(Builtin.W)
                : ((Statement.When) statement).then().stream().anyMatch(Direction::setsWeight);
    }

    /** A line; once the weight is set, none may look at it or set it again. */
    private static Optional<Statement> line(Statement statement, boolean isSet) {
        if (statement instanceof Statement.When when) {
            Optional<List<Statement>> then = lines(when.then());
            Optional<List<Statement>> otherwise = lines(when.otherwise());
            return isSet || then.isEmpty() || otherwise.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Statement.When(when.condition(), then.get(), otherwise.get()));
        }
        Statement.Assignment line = (Statement.Assignment) statement;
        if (!line.name().equals(Builtin.W)) {
            boolean isFree = !Expressions.names(line.value()).contains(Builtin.ETA)
                    && !(isSet && Expressions.names(line.value()).contains(Builtin.W));
            return isFree ? Optional.of(line) : Optional.empty();
        }
        boolean isStep = !isSet
                && line.value() instanceof Arithmetic minus
                && minus.operator() == Operator.SUBTRACT
                && minus.left().equals(Expression.name(Builtin.W));
        return isStep
                ? without(((Arithmetic) line.value()).right()).map(d -> new Statement.Assignment(NAME, d))
                : Optional.empty();
    }

    /** What is left of something that is the rate times it. */
    private static Optional<Expression> without(Expression expression) {
        if (expression.equals(Expression.name(Builtin.ETA))) {
            return Optional.of(ONE);
        }
        if (expression instanceof Arithmetic arithmetic) {
            return without(arithmetic);
        }
        boolean isChoice = expression instanceof Expression.Call call && call.function() == Function.WHERE;
        if (!isChoice) {
            return Optional.empty();
        }
        List<Expression> given = ((Expression.Call) expression).arguments();
        Optional<Expression> then = without(given.get(1));
        Expression zero = Expression.literal(0);
        return then.isPresent() && given.get(2).equals(zero) && !hasRate(given.get(0))
                ? Optional.of(Expression.call(Function.WHERE, given.get(0), then.get(), zero))
                : Optional.empty();
    }

    private static boolean hasRate(Expression expression) {
        return Expressions.names(expression).contains(Builtin.ETA);
    }

    private static Optional<Expression> without(Arithmetic arithmetic) {
        Expression left = arithmetic.left();
        Expression right = arithmetic.right();
        return switch (arithmetic.operator()) {
            case ADD -> both(left, right).map(b -> b.get(0).plus(b.get(1)));
            case SUBTRACT -> both(left, right).map(b -> b.get(0).minus(b.get(1)));
            case MULTIPLY ->
                hasRate(left)
                        ? hasRate(right) ? Optional.empty() : without(left).map(d -> d.times(right))
                        : without(right).map(left::times);
            case DIVIDE ->
                hasRate(right) ? Optional.empty() : without(left).map(d -> new Arithmetic(Operator.DIVIDE, d, right));
        };
    }

    private static Optional<List<Expression>> both(Expression left, Expression right) {
        Optional<Expression> first = without(left);
        Optional<Expression> second = without(right);
        return first.isPresent() && second.isPresent()
                ? Optional.of(List.of(first.get(), second.get()))
                : Optional.empty();
    }
}
