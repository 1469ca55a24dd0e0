package samestep.program.library;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.finding.Place;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.program.value.Value.Number;

/** Operators between values. */
public final class Arithmetic {
    private static final int MOST_BITS = 4_096;
    private static final int MOST_LITERALS = 16;
    private static final int LONGEST_TEXT = 100_000;
    private static final int DEEPEST = 40;

    private final Host host;

    /** Operators of one interpretation. */
    public Arithmetic(Host host) {
        this.host = host;
    }

    /** {@code left operator right}. */
    public Value binary(String operator, Value left, Value right, Place place) {
        if (left instanceof Value.OneOf oneOf) {
            return each(oneOf, v -> binary(operator, v, right, place));
        }
        if (right instanceof Value.OneOf oneOf) {
            return each(oneOf, v -> binary(operator, left, v, place));
        }
        if (isNumeric(left) && isNumeric(right)) {
            return numbers(operator, number(left), number(right), place);
        }
        if (left instanceof Value.Text text && operator.equals("%")) {
            return new Formatting(host).percent(text, right, place);
        }
        if (left instanceof Value.Text a && right instanceof Value.Text b && operator.equals("+")) {
            return a.value().length() + b.value().length() > LONGEST_TEXT
                    ? host.unknown("a text that is too long", place)
                    : new Value.Text(a.value() + b.value(), a.origin().and(b.origin()));
        }
        Optional<Value> container = containers(operator, left, right, place);
        return container.orElseGet(() -> computed(operator, List.of(left, right), place));
    }

    /** The same done with each alternative. */
    public static Value each(Value.OneOf oneOf, java.util.function.UnaryOperator<Value> function) {
        List<Value.Alternative> results = new ArrayList<>();
        for (Value.Alternative alternative : oneOf.alternatives()) {
            Value result = function.apply(alternative.value());
            if (result instanceof Value.OneOf inner) {
                for (Value.Alternative more : inner.alternatives()) {
                    List<samestep.program.value.Circumstances.Condition> all =
                            new ArrayList<>(alternative.conditions());
                    all.addAll(more.conditions());
                    results.add(new Value.Alternative(more.value(), all));
                }
            } else {
                results.add(new Value.Alternative(result, alternative.conditions()));
            }
        }
        return samestep.program.value.Mutable.oneOf(results);
    }

    /** What is not known, as the operation that it comes from. */
    public Value computed(String operator, List<Value> operands, Place place) {
        int depth = 0;
        for (Value operand : operands) {
            if (operand instanceof Value.Computed computed) {
                depth = Math.max(depth, computed.depth());
            }
        }
        return depth >= DEEPEST
                ? host.unknown("a computation that is too long", place)
                : new Value.Computed(operator, operands, depth + 1, place);
    }

    private Optional<Value> containers(String operator, Value left, Value right, Place place) {
        if (left instanceof Sequence a && right instanceof Sequence b && operator.equals("+") && a.kind() == b.kind()) {
            List<Value> all = new ArrayList<>(a.elements());
            all.addAll(b.elements());
            Optional<Value> rest = a.rest().isPresent() ? a.rest() : b.rest();
            return Optional.of(checked(new Sequence(a.kind(), all, rest, Optional.of(place)), place));
        }
        if (operator.equals("*")) {
            if (right instanceof Number count && !isNumeric(left)) {
                return repeated(left, count, place);
            }
            if (left instanceof Number count && !isNumeric(right)) {
                return repeated(right, count, place);
            }
        }
        if (left instanceof Mapping a && right instanceof Mapping b && operator.equals("|")) {
            Mapping merged = new Mapping(a.type(), Optional.of(place));
            a.entries().forEach(e -> merged.put(e.key(), e.value()));
            b.entries().forEach(e -> merged.put(e.key(), e.value()));
            a.rest().or(b::rest).ifPresent(merged::open);
            return Optional.of(merged);
        }
        if (left instanceof Sequence a
                && right instanceof Sequence b
                && a.kind() == Sequence.Kind.SET
                && b.kind() == Sequence.Kind.SET
                && a.isComplete()
                && b.isComplete()) {
            return Sets.operation(operator, a, b, place);
        }
        return Optional.empty();
    }

    private Optional<Value> repeated(Value value, Number count, Place place) {
        Optional<Integer> times = count.small();
        if (times.isEmpty()) {
            return Optional.empty();
        }
        int n = Math.max(0, times.get());
        if (value instanceof Value.Text text) {
            return (long) n * text.value().length() > LONGEST_TEXT
                    ? Optional.of(host.unknown("a text that is too long", place))
                    : Optional.of(new Value.Text(text.value().repeat(n), text.origin()));
        }
        if (value instanceof Sequence sequence && sequence.rest().isEmpty()) {
            if ((long) n * sequence.elements().size() > host.limits().elements()) {
                return Optional.of(host.unknown("a list that is too long", place));
            }
            List<Value> all = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                all.addAll(sequence.elements());
            }
            return Optional.of(new Sequence(sequence.kind(), all, Optional.of(place)));
        }
        return Optional.empty();
    }

    private Value checked(Sequence sequence, Place place) {
        return sequence.elements().size() > host.limits().elements()
                ? host.unknown("a list that is too long", place)
                : sequence;
    }

    /** Whether Python computes with it as a number. */
    public static boolean isNumeric(Value value) {
        return value instanceof Number || value instanceof Value.Bool;
    }

    /** A number, or a truth value as one. */
    public static Number number(Value value) {
        if (value instanceof Value.Bool bool) {
            return Number.of(bool.value() ? 1 : 0, bool.origin());
        }
        return (Number) value;
    }

    private Value numbers(String operator, Number a, Number b, Place place) {
        if (a.isInteger() && b.isInteger()) {
            Optional<Value> whole = integers(operator, a, b, place);
            if (whole.isPresent()) {
                return whole.get();
            }
        }
        double x = a.value();
        double y = b.value();
        boolean dividesByZero = y == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"));
        if (dividesByZero) {
            return host.unknown("a division by zero", place);
        }
        Optional<Double> result = switch (operator) {
            case "+" -> Optional.of(x + y);
            case "-" -> Optional.of(x - y);
            case "*" -> Optional.of(x * y);
            case "/" -> Optional.of(x / y);
            case "//" -> Optional.of(Math.floor(x / y));
            case "%" -> Optional.of(x - y * Math.floor(x / y));
            case "**" -> x < 0 && y != Math.rint(y) ? Optional.empty() : Optional.of(Math.pow(x, y));
            default -> Optional.empty();
        };
        return result.<Value>map(value -> derived(operator, a, b, value))
                .orElseGet(() -> computed(operator, List.of(a, b), place));
    }

    private static Number derived(String operator, Number a, Number b, double value) {
        Origin origin = a.origin().and(b.origin());
        Optional<Expression> formula = formula(operator, a, b);
        boolean isKept = formula.isPresent()
                && Double.isFinite(value)
                && origin.literals().size() <= MOST_LITERALS;
        return isKept
                ? new Number(value, Optional.empty(), formula, a.isDerivedExactly() && b.isDerivedExactly(), origin)
                : Number.computed(value, origin);
    }

    private static Optional<Expression> formula(String operator, Number a, Number b) {
        if (a.formula().isEmpty() || b.formula().isEmpty()) {
            return Optional.empty();
        }
        Expression left = a.formula().get();
        Expression right = b.formula().get();
        return switch (operator) {
            case "+" -> Optional.of(left.plus(right));
            case "-" -> Optional.of(left.minus(right));
            case "*" -> Optional.of(new Expression.Arithmetic(samestep.equation.Operator.MULTIPLY, left, right));
            case "/" -> Optional.of(new Expression.Arithmetic(samestep.equation.Operator.DIVIDE, left, right));
            case "**" -> Optional.of(left.power(right));
            default -> Optional.empty();
        };
    }

    private Optional<Value> integers(String operator, Number a, Number b, Place place) {
        BigInteger x = a.integer().orElseThrow();
        BigInteger y = b.integer().orElseThrow();
        if (x.bitLength() + (long) y.bitLength() > MOST_BITS) {
            return Optional.of(host.unknown("a whole number that is too large", place));
        }
        boolean divides = operator.equals("//") || operator.equals("%") || operator.equals("/");
        if (divides && y.signum() == 0) {
            return Optional.of(host.unknown("a division by zero", place));
        }
        Optional<BigInteger> result = switch (operator) {
            case "+" -> Optional.of(x.add(y));
            case "-" -> Optional.of(x.subtract(y));
            case "*" -> Optional.of(x.multiply(y));
            case "//" -> Optional.of(floorDivide(x, y));
            case "%" -> Optional.of(x.subtract(y.multiply(floorDivide(x, y))));
            case "&" -> Optional.of(x.and(y));
            case "|" -> Optional.of(x.or(y));
            case "^" -> Optional.of(x.xor(y));
            case "<<", ">>" -> shifted(x, y, operator.equals("<<"));
            case "**" -> powered(x, y);
            default -> Optional.empty();
        };
        return result.map(value -> whole(operator, a, b, value));
    }

    private static Optional<BigInteger> shifted(BigInteger x, BigInteger y, boolean left) {
        if (y.signum() < 0 || y.bitLength() > 10) {
            return Optional.empty();
        }
        return Optional.of(left ? x.shiftLeft(y.intValue()) : x.shiftRight(y.intValue()));
    }

    private static Optional<BigInteger> powered(BigInteger x, BigInteger y) {
        boolean isSmall = y.signum() >= 0 && y.bitLength() <= 12 && (long) x.bitLength() * y.intValue() <= MOST_BITS;
        return isSmall ? Optional.of(x.pow(y.intValue())) : Optional.empty();
    }

    private static Value whole(String operator, Number a, Number b, BigInteger value) {
        Number plain = Number.of(value, a.origin().and(b.origin()));
        Optional<Expression> formula = formula(operator, a, b);
        boolean isKept = formula.isPresent() && plain.origin().literals().size() <= MOST_LITERALS;
        return new Number(
                plain.value(),
                plain.integer(),
                isKept ? formula : plain.formula(),
                isKept && a.isDerivedExactly() && b.isDerivedExactly(),
                plain.origin());
    }

    private static BigInteger floorDivide(BigInteger x, BigInteger y) {
        BigInteger[] parts = x.divideAndRemainder(y);
        boolean below = parts[1].signum() != 0 && parts[1].signum() != y.signum();
        return below ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    /** {@code operator operand}. */
    public Value unary(String operator, Value operand, Place place) {
        if (operand instanceof Value.OneOf oneOf) {
            return each(oneOf, v -> unary(operator, v, place));
        }
        if (operator.equals("not")) {
            return host.truth(operand)
                    .<Value>map(truth -> new Value.Bool(!truth, operand.born()))
                    .orElseGet(() -> computed("not", List.of(operand), place));
        }
        if (!isNumeric(operand)) {
            return computed(operator, List.of(operand), place);
        }
        Number number = number(operand);
        return switch (operator) {
            case "+" -> number;
            case "-" -> negated(number);
            default ->
                number.integer()
                        .<Value>map(i -> Number.of(i.not(), number.origin()))
                        .orElseGet(() -> computed(operator, List.of(operand), place));
        };
    }

    private static Number negated(Number number) {
        return new Number(
                -number.value(),
                number.integer().map(BigInteger::negate),
                number.formula().map(Expression.Negation::new),
                number.isDerivedExactly(),
                number.origin());
    }
}
