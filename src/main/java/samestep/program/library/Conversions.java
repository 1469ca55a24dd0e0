package samestep.program.library;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.Origin;
import samestep.program.value.Sequence;
import samestep.program.value.Show;
import samestep.program.value.Value;
import samestep.syntax.Decimals;

/** The types of Python's own as functions. */
final class Conversions {
    private final Host host;

    Conversions(Host host) {
        this.host = host;
    }

    Optional<Value> call(String name, Arguments arguments, Place place) {
        Optional<Value> first = arguments.at(0);
        if (first.isPresent() && first.get() instanceof Value.OneOf oneOf && arguments.count() == 1) {
            return Optional.of(Arithmetic.each(
                    oneOf,
                    v -> call(name, Arguments.of(place, v), place)
                            .orElseGet(() -> host.unknown("what " + name + " gives here", place))));
        }
        return switch (name) {
            case "int", "long" ->
                first.isEmpty()
                        ? Optional.of(Value.Number.of(0, Origin.NONE))
                        : keep(name, first.get(), integer(first.get(), arguments), place);
            case "float" ->
                first.isEmpty()
                        ? Optional.of(Value.Number.of(BigDecimal.ZERO, Origin.NONE))
                        : keep(name, first.get(), floating(first.get()), place);
            case "str", "unicode" ->
                first.isEmpty()
                        ? Optional.of(new Value.Text("", Origin.NONE))
                        : keep(
                                name,
                                first.get(),
                                new Formatting(host)
                                        .text(first.get())
                                        .map(t -> new Value.Text(t, first.get().born())),
                                place);
            case "repr" ->
                first.filter(v -> new Formatting(host).text(v).isPresent())
                        .map(v -> new Value.Text(Show.value(v), v.born()));
            case "bool" ->
                first.isEmpty()
                        ? Optional.of(new Value.Bool(false, Origin.NONE))
                        : keep(
                                name,
                                first.get(),
                                host.truth(first.get())
                                        .map(b -> new Value.Bool(b, first.get().born())),
                                place);
            case "list", "tuple", "set", "frozenset" -> Optional.of(collected(name, first, place));
            default -> Optional.empty();
        };
    }

    /** What is not known stays visible as an operation on it. */
    private Optional<Value> keep(String name, Value value, Optional<? extends Value> known, Place place) {
        if (known.isPresent()) {
            return Optional.of(known.get());
        }
        return value.isSymbolic()
                ? Optional.of(new Arithmetic(host).computed(name, List.of(value), place))
                : Optional.empty();
    }

    private static Optional<Value> integer(Value value, Arguments arguments) {
        if (Arithmetic.isNumeric(value)) {
            Value.Number number = Arithmetic.number(value);
            if (number.isInteger()) {
                return Optional.of(number);
            }
            return Double.isFinite(number.value()) ? Optional.of(truncated(number)) : Optional.empty();
        }
        if (!(value instanceof Value.Text text) || text.value().length() > Decimals.MAX_LENGTH) {
            return Optional.empty();
        }
        int radix = arguments
                .get(1, "base")
                .flatMap(b -> b instanceof Value.Number n ? n.small() : Optional.empty())
                .filter(r -> r >= 2 && r <= 36)
                .orElse(10);
        try {
            return Optional.of(
                    Value.Number.of(new BigInteger(text.value().strip().replace("_", ""), radix), text.origin()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Value.Number truncated(Value.Number number) {
        BigInteger whole = new BigDecimal(number.value()).toBigInteger();
        Value.Number result = Value.Number.of(whole, number.origin());
        return new Value.Number(result.value(), result.integer(), result.formula(), false, number.origin());
    }

    private static Optional<Value> floating(Value value) {
        if (Arithmetic.isNumeric(value)) {
            Value.Number n = Arithmetic.number(value);
            return Optional.of(
                    new Value.Number(n.value(), Optional.empty(), n.formula(), n.isDerivedExactly(), n.origin()));
        }
        if (!(value instanceof Value.Text text)) {
            return Optional.empty();
        }
        String plain = text.value().strip().replace("_", "");
        return switch (plain.toLowerCase(java.util.Locale.ROOT)) {
            case "inf", "+inf", "infinity" ->
                Optional.of(Value.Number.computed(Double.POSITIVE_INFINITY, text.origin()));
            case "-inf", "-infinity" -> Optional.of(Value.Number.computed(Double.NEGATIVE_INFINITY, text.origin()));
            case "nan" -> Optional.of(Value.Number.computed(Double.NaN, text.origin()));
            default -> Decimals.parse(plain).map(d -> Value.Number.of(d, text.origin()));
        };
    }

    private Value collected(String name, Optional<Value> iterable, Place place) {
        Sequence.Kind kind = switch (name) {
            case "list" -> Sequence.Kind.LIST;
            case "tuple" -> Sequence.Kind.TUPLE;
            default -> Sequence.Kind.SET;
        };
        if (iterable.isEmpty()) {
            return new Sequence(kind, List.of(), Optional.of(place));
        }
        Optional<List<Value>> elements = host.elements(iterable.get());
        if (elements.isPresent()) {
            return kind == Sequence.Kind.SET
                    ? Sets.of(elements.get(), place)
                    : new Sequence(kind, elements.get(), Optional.of(place));
        }
        return iterable.get() instanceof Sequence sequence
                ? new Sequence(kind, sequence.elements(), sequence.rest(), Optional.of(place))
                : new Sequence(kind, List.of(), iterable, Optional.of(place));
    }
}
