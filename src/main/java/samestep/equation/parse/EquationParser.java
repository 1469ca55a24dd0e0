package samestep.equation.parse;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.equation.Equations;
import samestep.equation.Equations.Hyper;
import samestep.equation.Equations.State;
import samestep.equation.Expression;
import samestep.equation.Extent;
import samestep.equation.Line;
import samestep.equation.Statement;
import samestep.equation.Statement.Assignment;
import samestep.equation.Statement.When;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.text.SourceText;
import samestep.text.Span;

/** Reads equation files. Errors are findings with their place; all of them are reported, not the first only. */
public final class EquationParser {
    private final SourceText source;
    private final List<Line> lines;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> traits = new LinkedHashMap<>();
    private final List<Hyper> hypers = new ArrayList<>();
    private final List<State> states = new ArrayList<>();
    private final List<Statement> step = new ArrayList<>();
    private final List<Statement> parameter = new ArrayList<>();
    private final List<Statement> body = new ArrayList<>();
    /** Where each statement is; of two equal ones too. */
    private final Map<Statement, Line> places = new IdentityHashMap<>();

    private int next;

    private EquationParser(SourceText source) {
        this.source = source;
        this.lines = Line.of(source);
    }

    /**
     * Reads a file.
     *
     * @return the equations, checked: every name is declared and has a value wherever it is used, every function has its
     *     arguments, {@code w} or {@code g} is assigned; or no value and findings
     */
    public static Outcome<Equations> parse(SourceText source) {
        EquationParser parser = new EquationParser(source);
        Equations equations = parser.file();
        if (parser.findings.isEmpty()) {
            parser.findings.addAll(EquationChecker.check(equations, source, parser.places));
        }
        return parser.findings.isEmpty() ? Outcome.of(equations, List.of()) : Outcome.failed(parser.findings);
    }

    /**
     * Reads equations that ship with the program.
     *
     * @throws IllegalStateException when they are wrong: a defect of Samestep
     */
    public static Equations parseOwn(String name, String text) {
        Outcome<Equations> outcome = parse(new SourceText(name, text));
        return outcome.value().orElseThrow(() -> {
            Finding first = outcome.findings().get(0);
            return new IllegalStateException(first.place().map(Place::toString).orElse(name) + ": " + first.message());
        });
    }

    /** Reads a single expression, for values that are written as formulas. */
    public static Optional<Expression> expression(String text) {
        try {
            return Optional.of(new ExpressionParser(new SourceText("expression", text), 0, text.length()).parse());
        } catch (EquationSyntaxException e) {
            return Optional.empty();
        }
    }

    private Equations file() {
        while (next < lines.size()) {
            int at = next;
            try {
                if (!header(lines.get(at))) {
                    statementInto(body, lines.get(0).indent());
                }
            } catch (EquationSyntaxException e) {
                goOnBehind(at, e);
            }
        }
        String name = headers.getOrDefault("optimizer", "");
        if (name.isEmpty()) {
            report("expected \"optimizer NAME\" at the top", new Span(0, 0));
        }
        return new Equations(
                name,
                headers.getOrDefault("source", ""),
                headers.getOrDefault("family", ""),
                traits,
                hypers,
                states,
                step,
                parameter,
                body);
    }

    /** Reads the line if it is not a statement. */
    private boolean header(Line line) throws EquationSyntaxException {
        String rest = line.rest();
        switch (line.keyword()) {
            case "optimizer", "source", "family" -> headers.put(line.keyword(), rest);
            case "trait" -> {
                int colon = rest.indexOf(':');
                if (colon < 0) {
                    throw new EquationSyntaxException("expected \"trait SUBJECT: WORDS\"", line.span());
                }
                traits.put(
                        rest.substring(0, colon).strip(),
                        rest.substring(colon + 1).strip());
            }
            case "hyper", "flag" -> hypers.add(hyper(line));
            case "state" -> states.add(state(line));
            case "step:" -> {
                next++;
                blockInto(step, line);
                return true;
            }
            case "parameter:" -> {
                next++;
                blockInto(parameter, line);
                return true;
            }
            default -> {
                return false;
            }
        }
        next++;
        return true;
    }

    private static Hyper hyper(Line line) throws EquationSyntaxException {
        String[] words = line.rest().split("\\s+", -1);
        boolean plain = words.length == 1 && !words[0].isEmpty();
        if (!plain && !(words.length == 3 && words[1].equals("from"))) {
            throw new EquationSyntaxException("expected \"" + line.keyword() + " NAME [from FIELD]\"", line.span());
        }
        return new Hyper(words[0], plain ? words[0] : words[2], line.keyword().equals("flag"));
    }

    private State state(Line line) throws EquationSyntaxException {
        int equals = line.assignment();
        if (equals < 0) {
            throw new EquationSyntaxException("expected \"state NAME = INITIAL VALUE\"", line.span());
        }
        String declared = source.text().substring(line.restStart(), equals).strip();
        String[] words = declared.split("\\s+", -1);
        Extent extent = words.length == 1 ? Extent.ELEMENT : extent(words[0], line);
        Expression initial =
                new ExpressionParser(source, equals + 1, line.span().end()).parse();
        return new State(words[words.length - 1], extent, initial);
    }

    private static Extent extent(String word, Line line) throws EquationSyntaxException {
        Optional<Extent> extent = word.equals("run") ? Optional.of(Extent.ALL) : Extent.named(word);
        return extent.filter(e -> e != Extent.ROWS && e != Extent.COLUMNS && e != Extent.LAYER)
                .orElseThrow(() -> new EquationSyntaxException(
                        "a state is kept per element, tensor, group or run, not \"" + word + "\"", line.span()));
    }

    private void statementInto(List<Statement> into, int indent) throws EquationSyntaxException {
        Line line = lines.get(next);
        if (line.indent() != indent) {
            throw new EquationSyntaxException("this line is indented differently from the one before", line.span());
        }
        if (line.keyword().equals("when")) {
            next++;
            into.add(placed(when(line), line));
            return;
        }
        int equals = line.assignment();
        if (equals < 0) {
            throw new EquationSyntaxException("expected \"name = expression\" or \"when CONDITION:\"", line.span());
        }
        String name = source.text().substring(line.span().start(), equals).strip();
        next++;
        Expression value = new ExpressionParser(source, equals + 1, line.span().end()).parse();
        into.add(placed(new Assignment(name, value), line));
    }

    private Statement placed(Statement statement, Line line) {
        places.put(statement, line);
        return statement;
    }

    private When when(Line line) throws EquationSyntaxException {
        Expression condition = condition(line);
        List<Statement> then = new ArrayList<>();
        blockInto(then, line);
        List<Statement> otherwise = new ArrayList<>();
        boolean more = next < lines.size()
                && lines.get(next).indent() == line.indent()
                && lines.get(next).keyword().equals("otherwise:");
        if (more) {
            Line head = lines.get(next++);
            blockInto(otherwise, head);
        }
        return new When(condition, then, otherwise);
    }

    /** A condition that cannot be read does not prevent the lines below it from being read. */
    private Expression condition(Line line) {
        int end = line.span().end();
        if (source.text().charAt(end - 1) != ':') {
            report("expected \":\" at the end of the condition", line.span());
            return Expression.literal(0);
        }
        try {
            return new ExpressionParser(source, line.restStart(), end - 1).parse();
        } catch (EquationSyntaxException e) {
            report(e.words(), e.span());
            return Expression.literal(0);
        }
    }

    private void blockInto(List<Statement> into, Line head) throws EquationSyntaxException {
        if (next >= lines.size() || lines.get(next).indent() <= head.indent()) {
            throw new EquationSyntaxException("expected indented lines below", head.span());
        }
        int indent = lines.get(next).indent();
        while (next < lines.size() && lines.get(next).indent() > head.indent()) {
            int at = next;
            try {
                statementInto(into, indent);
            } catch (EquationSyntaxException e) {
                goOnBehind(at, e);
            }
        }
    }

    /** Reports, and continues with the line after this one unless reading is already further. */
    private void goOnBehind(int line, EquationSyntaxException error) {
        report(error.words(), error.span());
        next = Math.max(next, line + 1);
    }

    private void report(String message, Span span) {
        findings.add(Finding.at(new Place(source, span), Code.SS001, message));
    }
}
