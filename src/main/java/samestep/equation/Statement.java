package samestep.equation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One line of an equation file, executed in order. */
public sealed interface Statement {

    /** The names that statements give a value to, whichever branches are taken, in the order in which they first do. */
    static Set<String> assigned(List<Statement> statements) {
        Set<String> names = new LinkedHashSet<>();
        for (Statement statement : statements) {
            if (statement instanceof Assignment assignment) {
                names.add(assignment.name());
            } else if (statement instanceof When when) {
                names.addAll(assigned(when.then()));
                names.addAll(assigned(when.otherwise()));
            }
        }
        return names;
    }

    /** Gives a name a new value; what comes after it sees the new value. */
    record Assignment(String name, Expression value) implements Statement {}

    /** Runs one list of statements or the other; the condition is a flag, {@code first}, or one comparison of them. */
    record When(Expression condition, List<Statement> then, List<Statement> otherwise) implements Statement {
        /** Copies the lists. */
        public When {
            then = List.copyOf(then);
            otherwise = List.copyOf(otherwise);
        }
    }
}
