package samestep.syntax.python;

import java.util.ArrayDeque;
import java.util.Deque;
import samestep.syntax.python.tree.Expression;

/** Measures trees without recursion, so that everybody else may use it. */
final class Heights {
    /** Deepest tree of an expression. */
    static final int MAX = 1_000;

    private record Step(Expression expression, int depth) {}

    private Heights() {}

    /** Refuses an expression whose tree would be too deep for those who walk it. */
    static void check(Expression expression) {
        if (isTooDeep(expression)) {
            throw new SyntaxProblem("nests deeper than " + MAX);
        }
    }

    static boolean isTooDeep(Expression root) {
        if (root.span().length() < MAX) {
            // Each level has a character at least.
            return false;
        }
        Deque<Step> open = new ArrayDeque<>();
        open.push(new Step(root, 1));
        while (!open.isEmpty()) {
            Step step = open.pop();
            if (step.depth() > MAX) {
                return true;
            }
            Trees.children(step.expression()).forEach(child -> open.push(new Step(child, step.depth() + 1)));
        }
        return false;
    }
}
