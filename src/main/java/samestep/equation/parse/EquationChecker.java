package samestep.equation.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import samestep.equation.Builtin;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.Extent;
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
 * Finds what is well-formed but wrong: unknown or unused names, a name that has a value after one branch of a {@code when}
 * and none after the other, a state that is never kept, nothing assigned, a reduction over several tensors where they are
 * not at hand.
 */
final class EquationChecker {
    private static final Set<String> OF_TENSORS = Set.of(Builtin.G, Builtin.W, Builtin.W_OLD);
    private static final Set<String> PROSE = Set.of("optimizer", "source", "family", "trait");

    private final SourceText source;
    private final Map<Statement, Line> places;
    /** Declared, or assigned somewhere above. */
    private final Set<String> known = new HashSet<>(Builtin.NAMES);
    /** Those of them that have a value here, whichever branches were taken. */
    private Set<String> valued = new HashSet<>(Builtin.NAMES);
    /** Those that belong to tensors, where no tensor is at hand. */
    private final Set<String> ofTensors = new HashSet<>();

    private final Set<String> used = new HashSet<>();
    private final Set<String> assigned = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private Optional<Line> here = Optional.empty();

    private EquationChecker(SourceText source, Map<Statement, Line> places) {
        this.source = source;
        this.places = places;
    }

    static List<Finding> check(Equations equations, SourceText source, Map<Statement, Line> places) {
        EquationChecker checker = new EquationChecker(source, places);
        equations.hypers().forEach(h -> checker.declare(h.name()));
        for (Equations.State state : equations.states()) {
            checker.usesAlone(state.initial());
            checker.declare(state.name());
        }
        checker.step(equations);
        checker.statements(equations.parameter(), checker::usesAlone);
        checker.statements(equations.body(), checker::uses);
        checker.here = Optional.empty();
        checker.wholeFile(equations);
        return checker.findings;
    }

    /** What runs before all tensors has nothing that belongs to one. */
    private void step(Equations equations) {
        equations.states().stream()
                .filter(state -> state.extent() != Extent.ALL)
                .forEach(state -> ofTensors.add(state.name()));
        ofTensors.addAll(OF_TENSORS);
        statements(equations.step(), this::usesAlone);
        ofTensors.clear();
    }

    private void declare(String name) {
        if (!known.add(name)) {
            report("\"" + name + "\" is declared twice, or is the name of a built-in function", name);
        }
        valued.add(name);
    }

    private void statements(List<Statement> statements, Consumer<Expression> values) {
        for (Statement statement : statements) {
            here = Optional.ofNullable(places.get(statement));
            if (statement instanceof Assignment assignment) {
                values.accept(assignment.value());
                assign(assignment.name());
            } else if (statement instanceof When when) {
                usesAlone(when.condition());
                branches(when, values);
            }
        }
    }

    /** After a {@code when}, only what both branches assign has a value for sure. */
    private void branches(When when, Consumer<Expression> values) {
        Set<String> before = new HashSet<>(valued);
        statements(when.then(), values);
        Set<String> afterThen = valued;
        valued = before;
        statements(when.otherwise(), values);
        valued.retainAll(afterThen);
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
        } else if (ofTensors.contains(name)) {
            reportAt(name, "belongs to a tensor; \"step:\" runs before all tensors", 0);
        }
        known.add(name);
        valued.add(name);
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
                reportUse(name.name(), "is not declared, and not assigned before this line");
            } else if (!valued.contains(name.name())) {
                reportUse(name.name(), "is assigned in one branch of a \"when\" only; assign it in the other, too");
            } else if (ofTensors.contains(name.name())) {
                reportUse(name.name(), "belongs to a tensor; \"step:\" runs before all tensors");
            }
        }
        Expressions.children(expression).forEach(this::uses);
    }

    /** At the place where the name is used; once, whatever follows from it. */
    private void reportUse(String name, String words) {
        valued.add(name);
        int equals = here.map(Line::assignment).orElse(0);
        reportAt(name, words, equals);
    }

    /** At the first place in this statement, from an offset on. */
    private void reportAt(String name, String words, int from) {
        String message = "\"" + name + "\" " + words;
        int at = here.map(line -> indexOfWord(
                        Math.max(from, line.span().start()), line.span().end(), name))
                .orElse(-1);
        if (at < 0) {
            report(message, name);
        } else {
            findings.add(Finding.at(new Place(source, new Span(at, at + name.length())), Code.SS001, message));
        }
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && Character.isJavaIdentifierStart(text.charAt(0))
                && text.chars().allMatch(Character::isJavaIdentifierPart);
    }

    /** At the first place where the name is a word, not in prose; near enough for a file of twenty lines. */
    private void report(String message, String name) {
        int at = 0;
        for (Line line : Line.of(source)) {
            int found = name.isEmpty() || PROSE.contains(line.keyword())
                    ? -1
                    : indexOfWord(line.span().start(), line.span().end(), name);
            if (found >= 0) {
                at = found;
                break;
            }
        }
        findings.add(Finding.at(new Place(source, new Span(at, at + name.length())), Code.SS001, message));
    }

    private int indexOfWord(int from, int to, String name) {
        String text = source.text();
        int at = text.indexOf(name, from);
        while (at >= 0 && at + name.length() <= to) {
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
