package samestep.equation.print;

import java.util.Locale;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.equation.parse.EquationSyntaxException;
import samestep.equation.parse.ExpressionParser;
import samestep.text.SourceText;

/** How equations are written for people. */
public enum Notation {
    /** As in an equation file. */
    PLAIN,
    /** With Greek letters and signs that a terminal shows. */
    UNICODE,
    /** As TeX typesets it. */
    LATEX;

    private static final String WHEN = "when ";

    /** As it is called on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that name. */
    public static Optional<Notation> named(String word) {
        for (Notation notation : values()) {
            if (notation.word().equals(word)) {
                return Optional.of(notation);
            }
        }
        return Optional.empty();
    }

    /** An expression. */
    public String print(Expression expression) {
        return switch (this) {
            case PLAIN -> ExpressionPrinter.print(expression);
            case UNICODE -> UnicodePrinter.print(expression);
            case LATEX -> LatexPrinter.print(expression);
        };
    }

    /** A line of equations as {@link EquationPrinter} writes them; any other line stays as it is, as words. */
    public String line(String plain) {
        if (this == PLAIN) {
            return plain;
        }
        String stripped = plain.strip();
        String indent = plain.substring(0, plain.indexOf(stripped));
        try {
            if (stripped.startsWith(WHEN) && stripped.endsWith(":")) {
                String condition = print(parsed(stripped.substring(WHEN.length(), stripped.length() - 1)));
                return indent + (this == LATEX ? "\\text{when } " + condition + ":" : WHEN + condition + ":");
            }
            int equals = stripped.indexOf(" = ");
            if (equals > 0) {
                String name = print(Expression.name(stripped.substring(0, equals)));
                String value = print(parsed(stripped.substring(equals + 3)));
                return indent + name + (this == LATEX ? " \\gets " : " \u2190 ") + value;
            }
        } catch (EquationSyntaxException e) {
            // Not an equation but words about one.
        }
        return indent + (this == LATEX ? "\\text{" + LatexPrinter.escaped(stripped) + "}" : stripped);
    }

    private static Expression parsed(String text) throws EquationSyntaxException {
        return new ExpressionParser(new SourceText("line", text), 0, text.length()).parse();
    }
}
