package samestep.equation.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import samestep.equation.Builtin;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Line;
import samestep.equation.Statement;
import samestep.equation.Statement.Assignment;
import samestep.equation.Statement.When;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * Finds what is well-formed but wrong: unknown or unused names, a state that is never kept, nothing assigned, a
 * reduction over several tensors where they are not at hand.
 */
final class EquationChecker {
    private static final Set<String> PROSE = Set.of("optimizer", "source", "family", "trait");

    private final SourceText source;
    private final Set<String> known = new HashSet<>(Builtin.NAMES);
    private final Set<String> used = new HashSet<>();
    private final Set<String> assigned = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    private EquationChecker(SourceText source) {
        this.source = source;
    }

    static List<Finding> check(Equations equations, SourceText source) {
        EquationChecker checker = new EquationChecker(source);
        equations.hypers().forEach(h -> checker.declare(h.name()));
        for (Equations.State state : equations.states()) {
            checker.usesAlone(state.initial());
            checker.declare(state.name());
        }
        checker.statements(equations.step(), checker::usesAlone);
        checker.statements(equations.parameter(), checker::usesAlone);
        checker.statements(equations.body(), checker::uses);
        checker.wholeFile(equations);
        return checker.findings;
    }

    private void declare(String name) {
        if (!known.add(name)) {
            report("\"" + name + "\" is declared twice, or is the name of a built-in function", name);
        }
    }

    private void statements(List<Statement> statements, Consumer<Expression> values) {
        for (Statement statement : statements) {
            if (statement instanceof Assignment assignment) {
                values.accept(assignment.value());
                assign(assignment.name());
            } else if (statement instanceof When when) {
                usesAlone(when.condition());
                statements(when.then(), values);
                statements(when.otherwise(), values);
            }
        }
    }

    /** Uses an expression where one tensor is at hand, or none. */
    private void usesAlone(Expression expression) {
        uses(expression);
        onlyWithinTensors(expression);
    }

    private void onlyWithinTensors(Expression expression) {
        if (expression instanceof Expression.Reduced reduced && reduced.extent().reachesBeyondTensor()) {
            report(
                    "a reduction over several tensors is only allowed in an assignment of the body",
                    reduced.reduction().word());
        }
        Expressions.children(expression).forEach(this::onlyWithinTensors);
    }

    private void assign(String name) {
        boolean builtin = Builtin.NAMES.contains(name);
        if (builtin && !name.equals(Builtin.W) && !name.equals(Builtin.G)) {
            report("\"" + name + "\" is given by the training loop and cannot be assigned", name);
        } else if (!isName(name)) {
            report("\"" + name + "\" is not a name", name);
        }
        known.add(name);
        assigned.add(name);
    }

    private void wholeFile(Equations equations) {
        if (!assigned.contains(Builtin.W) && !assigned.contains(Builtin.G)) {
            report("neither w nor g is assigned: nothing would change", "");
        }
        for (Equations.Hyper hyper : equations.hypers()) {
            if (!used.contains(hyper.name())) {
                report("hyper-parameter \"" + hyper.name() + "\" is never used", hyper.name());
            }
        }
        for (Equations.State state : equations.states()) {
            if (!assigned.contains(state.name())) {
                report("state \"" + state.name() + "\" is never assigned", state.name());
            }
        }
    }

    private void uses(Expression expression) {
        if (expression instanceof Expression.Name name) {
            used.add(name.name());
            if (known.add(name.name())) {
                report("\"" + name.name() + "\" is not declared, and not assigned before this line", name.name());
            }
        }
        Expressions.children(expression).forEach(this::uses);
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && Character.isJavaIdentifierStart(text.charAt(0))
                && text.chars().allMatch(Character::isJavaIdentifierPart);
    }

    /** At the first place where the name stands as a word, not in prose; near enough for a file of twenty lines. */
    private void report(String message, String name) {
        int at = 0;
        for (Line line : Line.of(source)) {
            int found = name.isEmpty() || PROSE.contains(line.keyword()) ? -1 : indexOfWord(line, name);
            if (found >= 0) {
                at = found;
                break;
            }
        }
        findings.add(Finding.at(new Place(source, new Span(at, at + name.length())), Code.SS001, message));
    }

    private int indexOfWord(Line line, String name) {
        String text = source.text();
        int at = text.indexOf(name, line.span().start());
        while (at >= 0 && at + name.length() <= line.span().end()) {
            boolean startsHere = at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1));
            int end = at + name.length();
            boolean endsHere = end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end));
            if (startsHere && endsHere) {
                return at;
            }
            at = text.indexOf(name, at + 1);
        }
        return -1;
    }
}
