package samestep.equation;

import java.util.List;
import samestep.equation.run.Algebra;
import samestep.equation.run.ExpressionCompiler;
import samestep.equation.run.Frame;
import samestep.equation.run.FrameLayout;

/**
 * An expression in {@code t} alone, ready to be evaluated; learning rates are such.
 *
 * @param <V> the values
 */
public final class Formula<V> {
    private final Node<V> node;
    private final Frame<V> frame;

    private Formula(Node<V> node, Frame<V> frame) {
        this.node = node;
        this.frame = frame;
    }

    /** Compiles an expression whose only name is {@code t}. */
    public static <V> Formula<V> compile(Expression expression, Algebra<V> algebra) {
        Node<V> node = new ExpressionCompiler<>(algebra, new FrameLayout(), Branch.Observer.NONE).compile(expression);
        return new Formula<>(node, Frame.run(algebra.number(0)));
    }

    /** The value at a step; not for use by several threads at once. */
    public V at(V t) {
        frame.builtin(Builtin.T, t);
        return node.evaluate(frame);
    }

    /** All of an expression's calls and operations rounded to single precision, as a framework computes in it. */
    public static Expression inSinglePrecision(Expression expression) {
        List<Expression> parts = Expressions.children(expression).stream()
                .map(Formula::inSinglePrecision)
                .toList();
        boolean isF32 = expression instanceof Expression.Call call && call.function() == Function.F32;
        Expression rebuilt = parts.isEmpty() ? expression : Expressions.withChildren(expression, parts);
        return isF32 ? rebuilt : rebuilt.rounded();
    }
}
