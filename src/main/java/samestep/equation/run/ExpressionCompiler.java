package samestep.equation.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import samestep.equation.Branch;
import samestep.equation.Builtin;
import samestep.equation.Comparison;
import samestep.equation.Expression;
import samestep.equation.Expression.Arithmetic;
import samestep.equation.Expression.Call;
import samestep.equation.Expression.Comparing;
import samestep.equation.Expression.Literal;
import samestep.equation.Expression.Name;
import samestep.equation.Expression.Negation;
import samestep.equation.Expression.Reduced;
import samestep.equation.Extent;
import samestep.equation.Function;
import samestep.equation.Node;
import samestep.equation.Operator;
import samestep.equation.print.ExpressionPrinter;

/** Turns expressions into nodes: names become slots, what is constant is computed once. */
public final class ExpressionCompiler<V> {
    private final Algebra<V> algebra;
    private final FrameLayout layout;
    private final Branch.Observer observer;
    private final Map<String, Node<V>> names = new HashMap<>();
    private final Map<String, Variable> variables = new HashMap<>();
    private final List<WideReduction<V>> wide = new ArrayList<>();

    /** A reduction over several tensors: computed before the statement, for all of them. */
    record WideReduction<V>(Reduced reduced, Node<V> operand, int slot) {}

    /** Where a name that can change is kept. */
    record Variable(int slot, Extent extent) {}

    public ExpressionCompiler(Algebra<V> algebra, FrameLayout layout, Branch.Observer observer) {
        this.algebra = algebra;
        this.layout = layout;
        this.observer = observer;
        for (int slot = 0; slot < Builtin.NAMES.size(); slot++) {
            int at = slot;
            names.put(Builtin.NAMES.get(slot), frame -> frame.get(at));
            variables.put(Builtin.NAMES.get(slot), new Variable(slot, Extent.TENSOR));
        }
    }

    /** Binds a hyper-parameter to its value. */
    void constant(String name, V value) {
        names.put(name, new Node.Constant<>(value));
    }

    /** Where the name is kept; a name met for the first time gets a slot with its tensor, its group, or the run. */
    Variable variable(String name, Extent extent) {
        Variable known = variables.get(name);
        if (known != null) {
            return known;
        }
        int slot = layout.allocate();
        Variable variable = new Variable(slot, extent);
        variables.put(name, variable);
        names.put(
                name,
                switch (extent) {
                    case ALL -> frame -> frame.run().get(slot);
                    case GROUP -> frame -> frame.group().get(slot);
                    default -> frame -> frame.get(slot);
                });
        return variable;
    }

    /** The reductions over several tensors met since the last call. */
    List<WideReduction<V>> takeWideReductions() {
        List<WideReduction<V>> taken = List.copyOf(wide);
        wide.clear();
        return taken;
    }

    public Node<V> compile(Expression expression) {
        if (expression instanceof Literal literal) {
            return new Node.Constant<>(algebra.number(literal.value()));
        }
        if (expression instanceof Name name) {
            Node<V> node = names.get(name.name());
            if (node == null) {
                throw new IllegalStateException("no value for " + name.name());
            }
            return node;
        }
        if (expression instanceof Negation negation) {
            Node<V> operand = compile(negation.operand());
            return folded(frame -> algebra.negate(operand.evaluate(frame)), List.of(operand));
        }
        if (expression instanceof Arithmetic arithmetic) {
            Node<V> left = compile(arithmetic.left());
            Node<V> right = compile(arithmetic.right());
            Operator operator = arithmetic.operator();
            return folded(
                    frame -> algebra.arithmetic(operator, left.evaluate(frame), right.evaluate(frame)),
                    List.of(left, right));
        }
        if (expression instanceof Comparing comparing) {
            return comparing(comparing);
        }
        return expression instanceof Call call ? call(call) : reduced((Reduced) expression);
    }

    private Node<V> call(Call call) {
        if (call.function() == Function.WHERE && compile(call.arguments().get(0)) instanceof Node.Constant<V> decided) {
            // Hyper-parameters decide: no update can take the other branch.
            return compile(call.arguments().get(algebra.isTrue(decided.value()) ? 1 : 2));
        }
        List<Node<V>> arguments = call.arguments().stream().map(this::compile).toList();
        Function function = call.function();
        boolean constant = arguments.stream().allMatch(Node.Constant.class::isInstance);
        int branch = constant || Branch.allSides(function) == 0
                ? -1
                : observer.register(ExpressionPrinter.print(call), function);
        boolean jumps = !constant && (function == Function.SIGN || function == Function.FLOOR);
        int jump = jumps ? observer.jump(ExpressionPrinter.print(call)) : -1;
        if (function == Function.WHERE) {
            return folded(where(arguments, branch), arguments);
        }
        return folded(
                frame -> {
                    List<V> values = new ArrayList<>(arguments.size());
                    for (Node<V> argument : arguments) {
                        values.add(argument.evaluate(frame));
                    }
                    if (branch >= 0) {
                        observer.saw(branch, algebra.sides(function, values));
                    }
                    if (jump >= 0) {
                        observer.decided(jump, values.get(0));
                    }
                    return algebra.apply(function, values);
                },
                arguments);
    }

    /** Where one number decides for all entries, the other side is not computed: it may have no value. */
    private Node<V> where(List<Node<V>> arguments, int branch) {
        return frame -> {
            V condition = arguments.get(0).evaluate(frame);
            if (branch >= 0) {
                observer.saw(branch, algebra.sides(Function.WHERE, List.of(condition)));
            }
            if (algebra.isSingle(condition)) {
                return arguments.get(algebra.isTrue(condition) ? 1 : 2).evaluate(frame);
            }
            V then = arguments.get(1).evaluate(frame);
            V otherwise = arguments.get(2).evaluate(frame);
            return algebra.apply(Function.WHERE, List.of(condition, then, otherwise));
        };
    }

    /** A comparison jumps from 0 to 1 wherever its sides are equal, in the condition of a {@code where} or elsewhere. */
    private Node<V> comparing(Comparing comparing) {
        List<Node<V>> sides = List.of(compile(comparing.left()), compile(comparing.right()));
        boolean constant = sides.stream().allMatch(Node.Constant.class::isInstance);
        // Where one number alone is otherwise than its neighbours, no piece of an update begins.
        boolean jumps = !constant && comparing.comparison() != Comparison.EQUAL;
        int jump = jumps ? observer.jump(ExpressionPrinter.print(comparing)) : -1;
        return folded(
                frame -> {
                    V left = sides.get(0).evaluate(frame);
                    V right = sides.get(1).evaluate(frame);
                    if (jump >= 0) {
                        observer.decided(jump, algebra.arithmetic(Operator.SUBTRACT, left, right));
                    }
                    return algebra.compare(comparing.comparison(), left, right);
                },
                sides);
    }

    private Node<V> reduced(Reduced reduced) {
        Node<V> operand = compile(reduced.operand());
        if (reduced.extent().reachesBeyondTensor()) {
            int slot = layout.allocate();
            wide.add(new WideReduction<>(reduced, operand, slot));
            return frame -> frame.get(slot);
        }
        return frame -> algebra.reduce(reduced.reduction(), operand.evaluate(frame), reduced.extent(), frame.shape());
    }

    private Node<V> folded(Node<V> node, List<Node<V>> parts) {
        boolean constant = parts.stream().allMatch(Node.Constant.class::isInstance);
        return constant ? new Node.Constant<>(node.evaluate(Frame.run(algebra.number(0)))) : node;
    }
}
