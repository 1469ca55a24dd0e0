package samestep.dialect.jax.own;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import samestep.dialect.jax.own.OwnTransform.Kind;
import samestep.equation.Builtin;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Extent;
import samestep.equation.Operator;
import samestep.equation.Statement;

/** Prints equations as a function that makes an {@code optax.GradientTransformation}. */
final class TransformPython {
    private static final String INDENT = "    ";
    private static final String DEEP = INDENT.repeat(2);
    private static final Set<String> KNOWN =
            Set.of(Builtin.G, Builtin.W, Builtin.W_OLD, Builtin.ETA, Builtin.T, Builtin.K, Builtin.FIRST);

    private static final String REST = """

                def init(params):
                    return jax.numpy.zeros([], jax.numpy.int32), [start(w) for w in jax.tree.leaves(params)]

                def update(updates, state, params):
                    count, states = state
                    leaves, tree = jax.tree.flatten(updates)
                    made = [
                        each(g, w, kept, count, leaves) for g, w, kept in zip(leaves, jax.tree.leaves(params), states)
                    ]
                    updates = jax.tree.unflatten(tree, [result for result, _ in made])
                    return updates, (count + 1, [kept for _, kept in made])

                return optax.GradientTransformation(init, update)


            """;

    private final OwnTransform own;
    private final Equations equations;

    TransformPython(OwnTransform own) {
        this.own = own;
        this.equations = own.equations();
    }

    /** What equations take and give; empty where they are not those of a gradient or of a weight. */
    static Optional<Kind> kind(Equations equations) {
        Set<String> set = Statement.assigned(equations.body());
        boolean isKnown =
                names(equations).stream().filter(Builtin.NAMES::contains).allMatch(KNOWN::contains);
        if (!isKnown || !equations.parameter().isEmpty()) {
            return Optional.empty();
        }
        if (!set.contains(Builtin.W)) {
            return set.contains(Builtin.G) ? Optional.of(Kind.GRADIENT) : Optional.empty();
        }
        if (!names(equations).contains(Builtin.G)) {
            return equations.family().isEmpty() ? Optional.of(Kind.BESIDE) : Optional.empty();
        }
        return Optional.of(Direction.of(equations).isPresent() ? Kind.DIRECTION : Kind.STEP);
    }

    private static Set<String> names(Equations equations) {
        Set<String> names = new LinkedHashSet<>();
        equations.mapped(expression -> {
            names.addAll(Expressions.names(expression));
            return expression;
        });
        return names;
    }

    /** Whether a line looks at the weight for more than to add to it. */
    static boolean usesWeights(List<Statement> statements) {
        return statements.stream()
                .anyMatch(statement -> statement instanceof Statement.When when
                        ? usesWeights(when.then()) || usesWeights(when.otherwise())
                        : usesWeight((Statement.Assignment) statement));
    }

    private static boolean usesWeight(Statement.Assignment line) {
        Set<String> names = new LinkedHashSet<>();
        added(line.value(), names);
        boolean isStep = line.name().equals(Builtin.W) && names.remove("");
        return (isStep ? names : Expressions.names(line.value()))
                .stream().anyMatch(name -> name.equals(Builtin.W) || name.equals(Builtin.W_OLD));
    }

    /** The names of what is added to the weight or taken of it; an empty one where the weight is the first of the sum. */
    private static void added(Expression sum, Set<String> names) {
        if (sum.equals(Expression.name(Builtin.W))) {
            names.add("");
        } else if (sum instanceof Expression.Arithmetic arithmetic
                && (arithmetic.operator() == Operator.ADD || arithmetic.operator() == Operator.SUBTRACT)) {
            added(arithmetic.left(), names);
            names.addAll(Expressions.names(arithmetic.right()));
        } else {
            names.addAll(Expressions.names(sum));
        }
    }

    /** The text; empty where a part has none. */
    Optional<String> print() {
        List<Statement> body =
                own.kind() == Kind.DIRECTION ? Direction.of(equations).orElseThrow() : equations.body();
        List<String> lines = new ArrayList<>();
        boolean isSaid = equations.step().isEmpty() || print(equations.step(), DEEP, lines);
        isSaid = isSaid && print(body, DEEP, lines);
        Optional<String> start = start();
        if (!isSaid || start.isEmpty()) {
            return Optional.empty();
        }
        String text = "def " + own.function() + "(" + parameters() + "):\n" + INDENT + "\"\"\"" + own.name() + ": "
                + words() + "\"\"\"\n\n" + INDENT + "def start(w):\n" + DEEP + "return " + start.get() + "\n\n"
                + INDENT + "def each(g, w, state, count, gradients):\n" + before()
                + String.join("", lines) + DEEP + "return " + result() + "\n" + REST;
        return Optional.of(text);
    }

    private String words() {
        return switch (own.kind()) {
            case GRADIENT -> "what is done to each gradient.";
            case DIRECTION -> "the direction, before the learning rate.";
            case STEP -> "the step, with the learning rate in it.";
            case BESIDE -> "what is taken of each weight beside its step.";
        };
    }

    private String parameters() {
        String named = equations.hypers().stream().map(Equations.Hyper::name).collect(Collectors.joining(", "));
        String rate = own.takesRate() ? OwnTransform.RATE + (named.isEmpty() ? "" : ", ") : "";
        return rate + (named.isEmpty() ? "" : "*, " + named);
    }

    private Optional<String> start() {
        List<String> states = new ArrayList<>();
        for (Equations.State state : equations.states()) {
            Optional<String> initial = Expressions.names(state.initial()).contains(Builtin.G)
                    ? Optional.empty()
                    : PythonExpression.print(state.initial());
            if (initial.isEmpty()) {
                return Optional.empty();
            }
            String shape = state.extent() == Extent.ELEMENT ? "w.shape" : "[]";
            states.add("jax.numpy.full(" + shape + ", " + initial.get() + ", w.dtype)");
        }
        return Optional.of(list(states));
    }

    private static String list(List<String> parts) {
        return parts.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    /** What the equations take for granted. */
    private String before() {
        Set<String> names = names(equations);
        List<String> lines = new ArrayList<>();
        if (!equations.states().isEmpty()) {
            lines.add(
                    list(equations.states().stream().map(Equations.State::name).toList()) + " = state");
        }
        if (names.contains(Builtin.T) || names.contains(Builtin.K)) {
            lines.add("t = jax.numpy.asarray(count, float)");
        }
        if (names.contains(Builtin.K)) {
            lines.add("k = t + 1");
        }
        if (names.contains(Builtin.FIRST)) {
            lines.add("first = jax.numpy.where(count == 0, 1, 0)");
        }
        if (own.takesRate()) {
            lines.add("eta = learning_rate(count) if callable(learning_rate) else learning_rate");
            lines.add("w_old = w");
        }
        return lines.stream().map(line -> DEEP + line + "\n").collect(Collectors.joining());
    }

    private String result() {
        String value = switch (own.kind()) {
            case GRADIENT -> Builtin.G;
            case DIRECTION -> Direction.NAME;
            case STEP -> "w - w_old";
            case BESIDE -> "g + (w - w_old)";
        };
        boolean reduces = !equations.reductions().isEmpty();
        List<String> states = equations.states().stream()
                .map(s -> reduces && s.extent() == Extent.ELEMENT
                        ? "jax.numpy.broadcast_to(" + s.name() + ", w.shape)"
                        : s.name())
                .toList();
        return value + ", " + list(states);
    }

    private static boolean print(List<Statement> statements, String indent, List<String> lines) {
        for (Statement statement : statements) {
            if (statement instanceof Statement.Assignment assignment) {
                Optional<String> value = PythonExpression.print(assignment.value());
                if (value.isEmpty()) {
                    return false;
                }
                lines.add(indent + assignment.name() + " = " + value.get() + "\n");
            } else if (!print((Statement.When) statement, indent, lines)) {
                return false;
            }
        }
        return true;
    }

    /** A condition is decided before the run: by a flag. */
    private static boolean print(Statement.When when, String indent, List<String> lines) {
        if (!(when.condition() instanceof Expression.Name flag) || Builtin.NAMES.contains(flag.name())) {
            return false;
        }
        lines.add(indent + "if " + flag.name() + ":\n");
        boolean isSaid = print(when.then(), indent + INDENT, lines);
        if (!when.otherwise().isEmpty()) {
            lines.add(indent + "else:\n");
            isSaid = isSaid && print(when.otherwise(), indent + INDENT, lines);
        }
        return isSaid;
    }
}
