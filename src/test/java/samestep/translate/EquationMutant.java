package samestep.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import samestep.equation.Builtin;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Operator;
import samestep.equation.Statement;

/**
 * Equations with one mistake in them, as you might make it when you write them down.
 *
 * @param what the mistake
 * @param equations with it
 */
record EquationMutant(String what, Equations equations) {

    /** The kinds of mistakes. */
    enum Kind {
        /** A sum for a difference, or the other way round. */
        SIGN,
        /** A product for a quotient, or the other way round. */
        OPERATOR,
        /** A term is larger by one part in a hundred. */
        COEFFICIENT,
        /** Two lines change their places, of which the second uses what the first sets. */
        ORDER,
        /** A state is never updated. */
        STATE,
        /** A state begins elsewhere. */
        INITIAL
    }

    /** A mistake of that kind at a place that chance chooses; empty where the equations have no such place. */
    static Optional<EquationMutant> of(Equations equations, Kind kind, Random random) {
        return switch (kind) {
            case SIGN ->
                inPlace(
                        equations,
                        random,
                        "sign",
                        Map.of(Operator.ADD, Operator.SUBTRACT, Operator.SUBTRACT, Operator.ADD));
            case OPERATOR ->
                inPlace(
                        equations,
                        random,
                        "operator",
                        Map.of(Operator.MULTIPLY, Operator.DIVIDE, Operator.DIVIDE, Operator.MULTIPLY));
            case COEFFICIENT -> coefficient(equations, random);
            case ORDER -> order(equations, random);
            case STATE -> state(equations, random);
            case INITIAL -> initial(equations, random);
        };
    }

    private static Optional<EquationMutant> inPlace(
            Equations equations, Random random, String what, Map<Operator, Operator> others) {
        List<Integer> lines = new ArrayList<>();
        for (int i = 0; i < equations.body().size(); i++) {
            if (equations.body().get(i) instanceof Statement.Assignment a && count(a.value(), others) > 0) {
                lines.add(i);
            }
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        int line = lines.get(random.nextInt(lines.size()));
        Statement.Assignment assignment =
                (Statement.Assignment) equations.body().get(line);
        int[] left = {random.nextInt(count(assignment.value(), others))};
        Expression value = replaced(assignment.value(), others, left);
        return Optional.of(with(equations, what, line, new Statement.Assignment(assignment.name(), value)));
    }

    private static int count(Expression expression, Map<Operator, Operator> operators) {
        int own = expression instanceof Expression.Arithmetic a && operators.containsKey(a.operator()) ? 1 : 0;
        return own
                + Expressions.children(expression).stream()
                        .mapToInt(child -> count(child, operators))
                        .sum();
    }

    /** The operator with the number that is left becomes the other. */
    private static Expression replaced(Expression expression, Map<Operator, Operator> others, int[] left) {
        if (expression instanceof Expression.Arithmetic a && others.containsKey(a.operator()) && left[0]-- == 0) {
            return new Expression.Arithmetic(others.getOrDefault(a.operator(), a.operator()), a.left(), a.right());
        }
        List<Expression> parts = Expressions.children(expression).stream()
                .map(child -> replaced(child, others, left))
                .toList();
        return parts.isEmpty() ? expression : Expressions.withChildren(expression, parts);
    }

    private static Optional<EquationMutant> coefficient(Equations equations, Random random) {
        List<Integer> lines = assignments(equations);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        int line = lines.get(random.nextInt(lines.size()));
        Statement.Assignment a = (Statement.Assignment) equations.body().get(line);
        // The weight itself would be off by a hundredth of all that it is: what is added to it is meant.
        Expression more = Expression.literal(101).over(Expression.literal(100));
        Expression value = a.value() instanceof Expression.Arithmetic sum
                        && (sum.operator() == Operator.ADD || sum.operator() == Operator.SUBTRACT)
                ? new Expression.Arithmetic(
                        sum.operator(), sum.left(), sum.right().times(more))
                : a.value().times(more);
        return Optional.of(with(equations, "coefficient", line, new Statement.Assignment(a.name(), value)));
    }

    private static List<Integer> assignments(Equations equations) {
        List<Integer> lines = new ArrayList<>();
        for (int i = 0; i < equations.body().size(); i++) {
            if (equations.body().get(i) instanceof Statement.Assignment) {
                lines.add(i);
            }
        }
        return lines;
    }

    private static Optional<EquationMutant> order(Equations equations, Random random) {
        List<Integer> lines = new ArrayList<>();
        for (int i = 0; i + 1 < equations.body().size(); i++) {
            if (equations.body().get(i) instanceof Statement.Assignment first
                    && equations.body().get(i + 1) instanceof Statement.Assignment second
                    && Expressions.names(second.value()).contains(first.name())
                    && isKept(equations, first.name())) {
                lines.add(i);
            }
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        int line = lines.get(random.nextInt(lines.size()));
        List<Statement> body = new ArrayList<>(equations.body());
        body.add(line, body.remove(line + 1));
        return Optional.of(new EquationMutant(equations.name() + ": order of line " + line, withBody(equations, body)));
    }

    /** What is not kept has no value before its line. */
    private static boolean isKept(Equations equations, String name) {
        return Builtin.NAMES.contains(name)
                || equations.states().stream().anyMatch(s -> s.name().equals(name));
    }

    private static Optional<EquationMutant> state(Equations equations, Random random) {
        List<Integer> lines = assignments(equations);
        lines.removeIf(line -> {
            String name = ((Statement.Assignment) equations.body().get(line)).name();
            return Builtin.NAMES.contains(name) || !isKept(equations, name);
        });
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        int line = lines.get(random.nextInt(lines.size()));
        List<Statement> body = new ArrayList<>(equations.body());
        body.remove(line);
        return Optional.of(new EquationMutant(equations.name() + ": state of line " + line, withBody(equations, body)));
    }

    private static Optional<EquationMutant> initial(Equations equations, Random random) {
        if (equations.states().isEmpty()) {
            return Optional.empty();
        }
        int at = random.nextInt(equations.states().size());
        List<Equations.State> states = new ArrayList<>(equations.states());
        Equations.State state = states.get(at);
        states.set(
                at,
                new Equations.State(
                        state.name(), state.extent(), state.initial().plus(Expression.literal(1))));
        return Optional.of(new EquationMutant(
                equations.name() + ": beginning of " + state.name(),
                new Equations(
                        equations.name(),
                        equations.source(),
                        equations.family(),
                        equations.traits(),
                        equations.hypers(),
                        states,
                        equations.step(),
                        equations.parameter(),
                        equations.body())));
    }

    private static EquationMutant with(Equations equations, String what, int line, Statement statement) {
        List<Statement> body = new ArrayList<>(equations.body());
        body.set(line, statement);
        return new EquationMutant(equations.name() + ": " + what + " in line " + line, withBody(equations, body));
    }

    private static Equations withBody(Equations equations, List<Statement> body) {
        return new Equations(
                equations.name(),
                equations.source(),
                equations.family(),
                equations.traits(),
                equations.hypers(),
                equations.states(),
                equations.step(),
                equations.parameter(),
                body);
    }
}
