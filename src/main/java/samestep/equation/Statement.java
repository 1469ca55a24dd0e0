package samestep.equation;

import java.util.List;

/** One line of an equation file, executed in order. */
public sealed interface Statement {

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
