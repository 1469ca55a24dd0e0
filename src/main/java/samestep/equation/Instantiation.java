package samestep.equation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import samestep.equation.Statement.Assignment;
import samestep.equation.Statement.When;
import samestep.equation.run.Exact;

/** Equations with numbers put in for their hyper-parameters; of a branch that numbers decide, the side that is taken. */
public final class Instantiation {
    private final Map<String, Expression> values;

    private Instantiation(Map<String, Expression> values) {
        this.values = values;
    }

    /**
     * The statements with the values put in.
     *
     * @param values by name; names that are not there stay
     */
    public static List<Statement> of(List<Statement> statements, Map<String, Expression> values) {
        return new Instantiation(values).statements(statements);
    }

    /** The expression with the values put in, without any rounding to single precision. */
    public static Expression of(Expression expression, Map<String, Expression> values) {
        return Expressions.substitute(Expressions.withoutRounding(expression), values);
    }

    private List<Statement> statements(List<Statement> statements) {
        List<Statement> result = new ArrayList<>();
        for (Statement statement : statements) {
            if (statement instanceof Assignment assignment) {
                result.add(new Assignment(assignment.name(), of(assignment.value(), values)));
            } else if (statement instanceof When when) {
                result.addAll(branch(when));
            }
        }
        return result;
    }

    private List<Statement> branch(When when) {
        Expression condition = of(when.condition(), values);
        if (!Expressions.names(condition).isEmpty()) {
            return List.of(new When(condition, statements(when.then()), statements(when.otherwise())));
        }
        BigDecimal decided = Exact.value(condition);
        return statements(decided.signum() != 0 ? when.then() : when.otherwise());
    }
}
