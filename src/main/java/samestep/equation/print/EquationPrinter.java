package samestep.equation.print;

import java.util.List;
import java.util.TreeMap;
import samestep.equation.Equations;
import samestep.equation.Extent;
import samestep.equation.Statement;
import samestep.equation.Statement.Assignment;
import samestep.equation.Statement.When;

/** Writes equations as the text of an equation file; reading it back gives equal equations. */
public final class EquationPrinter {
    private EquationPrinter() {}

    /** The whole file. */
    public static String print(Equations equations) {
        StringBuilder out =
                new StringBuilder("optimizer ").append(equations.name()).append('\n');
        line(out, "source ", equations.source());
        line(out, "family ", equations.family());
        new TreeMap<>(equations.traits()).forEach((subject, words) -> line(out, "trait ", subject + ": " + words));
        for (Equations.Hyper hyper : equations.hypers()) {
            String from = hyper.field().equals(hyper.name()) ? "" : " from " + hyper.field();
            line(out, hyper.flag() ? "flag " : "hyper ", hyper.name() + from);
        }
        for (Equations.State state : equations.states()) {
            String extent = state.extent() == Extent.ELEMENT ? "" : extentWord(state.extent()) + " ";
            line(out, "state ", extent + state.name() + " = " + ExpressionPrinter.print(state.initial()));
        }
        phase(out, "step:", equations.step());
        phase(out, "parameter:", equations.parameter());
        out.append(statements(equations.body(), ""));
        return out.toString();
    }

    /** Statements, one a line, each line after the indent. */
    public static String statements(List<Statement> statements, String indent) {
        StringBuilder out = new StringBuilder();
        for (Statement statement : statements) {
            if (statement instanceof Assignment assignment) {
                out.append(indent).append(assignment.name()).append(" = ");
                out.append(ExpressionPrinter.print(assignment.value())).append('\n');
            } else if (statement instanceof When when) {
                out.append(indent).append("when ");
                out.append(ExpressionPrinter.print(when.condition())).append(":\n");
                out.append(statements(when.then(), indent + "    "));
                if (!when.otherwise().isEmpty()) {
                    out.append(indent).append("otherwise:\n");
                    out.append(statements(when.otherwise(), indent + "    "));
                }
            }
        }
        return out.toString();
    }

    /** The word for a state's extent; {@code run} for the whole run. */
    static String extentWord(Extent extent) {
        return extent == Extent.ALL ? "run" : extent.word();
    }

    private static void phase(StringBuilder out, String header, List<Statement> statements) {
        if (!statements.isEmpty()) {
            out.append(header).append('\n').append(statements(statements, "    "));
        }
    }

    private static void line(StringBuilder out, String keyword, String rest) {
        if (!rest.isEmpty()) {
            out.append(keyword).append(rest).append('\n');
        }
    }
}
