package samestep.program.run;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import samestep.syntax.python.Trees;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Statement;

/**
 * What the body of a function declares.
 *
 * @param globals the names it binds in the module
 * @param nonlocals the names it binds in a function around it
 * @param isGenerator whether it yields
 */
record Names(Set<String> globals, Set<String> nonlocals, boolean isGenerator) {
    private static final ThreadLocal<Map<List<Statement>, Names>> KNOWN = ThreadLocal.withInitial(IdentityHashMap::new);
    private static final int MOST_KNOWN = 10_000;

    static Names of(List<Statement> body) {
        Map<List<Statement>, Names> known = KNOWN.get();
        Names names = known.get(body);
        if (names == null) {
            Finder finder = new Finder();
            finder.block(body);
            names = new Names(Set.copyOf(finder.globals), Set.copyOf(finder.nonlocals), finder.yields);
            if (known.size() > MOST_KNOWN) {
                known.clear();
            }
            known.put(body, names);
        }
        return names;
    }

    private static final class Finder {
        private final Set<String> globals = new HashSet<>();
        private final Set<String> nonlocals = new HashSet<>();
        private boolean yields;

        void block(List<Statement> body) {
            for (Statement statement : body) {
                if (statement instanceof Statement.Scope scope) {
                    (scope.isGlobal() ? globals : nonlocals).addAll(scope.names());
                }
                boolean isInner =
                        statement instanceof Statement.Function || statement instanceof Statement.ClassDefinition;
                if (!isInner) {
                    Trees.expressions(statement).forEach(this::expression);
                    Trees.blocks(statement).forEach(this::block);
                }
            }
        }

        private void expression(Expression expression) {
            if (expression instanceof Expression.Yield) {
                yields = true;
            }
            if (!yields && !(expression instanceof Expression.Lambda)) {
                Trees.children(expression).forEach(this::expression);
            }
        }
    }
}
