package samestep.equation.parse;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.equation.Comparison;
import samestep.equation.Expression;
import samestep.equation.Expression.Arithmetic;
import samestep.equation.Expression.Call;
import samestep.equation.Expression.Comparing;
import samestep.equation.Expression.Literal;
import samestep.equation.Expression.Name;
import samestep.equation.Expression.Negation;
import samestep.equation.Expression.Reduced;
import samestep.equation.Extent;
import samestep.equation.Function;
import samestep.equation.Operator;
import samestep.equation.Reduction;
import samestep.text.SourceText;
import samestep.text.Span;

/** Reads one expression out of a part of a line, by recursive descent. */
public final class ExpressionParser {
    private static final int MAX_DEPTH = 60;
    private static final int MOST_ZEROS = 20;

    private final SourceText source;
    private final int end;
    private int at;
    private int depth;

    /** Reads between two offsets of the source. */
    public ExpressionParser(SourceText source, int start, int end) {
        this.source = source;
        this.at = start;
        this.end = end;
    }

    /** Reads a whole expression, and nothing after it. */
    public Expression parse() throws EquationSyntaxException {
        Expression expression = comparison();
        skipSpaces();
        if (at < end) {
            throw error("expected an operator or the end of the line", 1);
        }
        return expression;
    }

    private Expression comparison() throws EquationSyntaxException {
        deeper();
        Expression left = sum();
        for (Comparison comparison : new Comparison[] {
            Comparison.AT_MOST, Comparison.AT_LEAST, Comparison.EQUAL, Comparison.LESS, Comparison.GREATER
        }) {
            if (accept(comparison.symbol())) {
                left = new Comparing(comparison, left, sum());
                break;
            }
        }
        depth--;
        return left;
    }

    private void deeper() throws EquationSyntaxException {
        if (++depth > MAX_DEPTH) {
            throw error("the expression is nested too deep; split it over several lines", 1);
        }
    }

    /** The operand after a sign or a word that binds like one. */
    private Expression operand() throws EquationSyntaxException {
        deeper();
        Expression operand = factor();
        depth--;
        return operand;
    }

    private Expression sum() throws EquationSyntaxException {
        Expression left = product();
        while (true) {
            if (accept("+")) {
                left = new Arithmetic(Operator.ADD, left, product());
            } else if (accept("-")) {
                left = new Arithmetic(Operator.SUBTRACT, left, product());
            } else {
                return left;
            }
        }
    }

    private Expression product() throws EquationSyntaxException {
        Expression left = factor();
        while (true) {
            if (accept("*")) {
                left = new Arithmetic(Operator.MULTIPLY, left, factor());
            } else if (accept("/")) {
                left = new Arithmetic(Operator.DIVIDE, left, factor());
            } else {
                return left;
            }
        }
    }

    private Expression factor() throws EquationSyntaxException {
        if (accept("-")) {
            return new Negation(operand());
        }
        if (accept("(")) {
            Expression inner = comparison();
            expect(")");
            return inner;
        }
        skipSpaces();
        if (at < end
                && (Character.isDigit(source.text().charAt(at)) || source.text().charAt(at) == '.')) {
            return number();
        }
        int start = at;
        String word = word();
        if (word.isEmpty()) {
            throw error("expected a number, a name or \"(\"", 1);
        }
        if (word.equals("not")) {
            return new Comparing(Comparison.EQUAL, operand(), Literal.of(0));
        }
        return accept("(") ? call(word, start) : new Name(word);
    }

    private Expression call(String word, int start) throws EquationSyntaxException {
        List<Expression> arguments = new ArrayList<>();
        do {
            arguments.add(comparison());
        } while (accept(","));
        expect(")");
        Optional<Expression> reduced = reduced(word, arguments);
        if (reduced.isPresent()) {
            return reduced.get();
        }
        Optional<Function> function = Function.named(word);
        if (function.isEmpty()) {
            String message = Reduction.named(word).isPresent()
                    ? word + "() needs a second argument, what it runs over: rows, columns, tensor, layer, group or all"
                    : "there is no function \"" + word + "\"";
            throw new EquationSyntaxException(message, new Span(start, start + word.length()));
        }
        if (arguments.size() != function.get().arity()) {
            throw new EquationSyntaxException(
                    word + "() takes " + function.get().arity() + " arguments, not " + arguments.size(),
                    new Span(start, at));
        }
        return new Call(function.get(), arguments);
    }

    private static Optional<Expression> reduced(String word, List<Expression> arguments) {
        if (arguments.size() != 2 || !(arguments.get(1) instanceof Name second)) {
            return Optional.empty();
        }
        Optional<Extent> extent = Extent.named(second.name()).filter(e -> e != Extent.ELEMENT);
        return Reduction.named(word).flatMap(r -> extent.map(e -> new Reduced(r, arguments.get(0), e)));
    }

    private Expression number() throws EquationSyntaxException {
        int start = at;
        while (at < end && isNumberPart(at, start)) {
            at++;
        }
        try {
            return new Literal(withoutFewZeros(new BigDecimal(source.text().substring(start, at))));
        } catch (NumberFormatException e) {
            throw new EquationSyntaxException("this is not a number", new Span(start, at));
        }
    }

    /** 1e3 is 1000, so that a number that is printed without an exponent is read back as the same. */
    private static BigDecimal withoutFewZeros(BigDecimal value) {
        return value.scale() < 0 && value.scale() > -MOST_ZEROS ? value.setScale(0) : value;
    }

    private boolean isNumberPart(int index, int start) {
        char c = source.text().charAt(index);
        boolean exponentSign = (c == '-' || c == '+')
                && index > start
                && Character.toLowerCase(source.text().charAt(index - 1)) == 'e';
        return Character.isLetterOrDigit(c) || c == '.' || exponentSign;
    }

    private String word() {
        int start = at;
        while (at < end
                && (Character.isLetterOrDigit(source.text().charAt(at))
                        || source.text().charAt(at) == '_')) {
            at++;
        }
        return source.text().substring(start, at);
    }

    private boolean accept(String symbol) {
        skipSpaces();
        if (!source.text().startsWith(symbol, at) || at + symbol.length() > end) {
            return false;
        }
        at += symbol.length();
        return true;
    }

    private void expect(String symbol) throws EquationSyntaxException {
        if (!accept(symbol)) {
            throw error("expected \"" + symbol + "\"", 1);
        }
    }

    private void skipSpaces() {
        while (at < end && Character.isWhitespace(source.text().charAt(at))) {
            at++;
        }
    }

    private EquationSyntaxException error(String message, int length) {
        int start = Math.min(at, end);
        return new EquationSyntaxException(message, new Span(start, Math.min(start + length, end)));
    }
}
