package samestep.equation;

import samestep.equation.run.Frame;

/** A compiled expression. */
@FunctionalInterface
public interface Node<V> {
    V evaluate(Frame<V> frame);

    /** A value that does not depend on the frame. */
    record Constant<V>(V value) implements Node<V> {
        @Override
        public V evaluate(Frame<V> frame) {
            return value;
        }
    }
}
