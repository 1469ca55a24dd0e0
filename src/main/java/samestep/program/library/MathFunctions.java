package samestep.program.library;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.equation.Function;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.Value;
import samestep.program.value.Value.Number;

/** {@code math}, and numpy's functions of the same names for single numbers. */
final class MathFunctions {
    private final Host host;

    MathFunctions(Host host) {
        this.host = host;
    }

    Optional<Value> call(String name, Arguments arguments, Place place) {
        String function = name.substring(name.lastIndexOf('.') + 1);
        if (arguments.count() == 0 || !arguments.positional().stream().allMatch(a -> Arithmetic.isNumeric(a.value()))) {
            return Optional.empty();
        }
        Number x = Arithmetic.number(arguments.at(0).orElseThrow());
        if (arguments.count() == 2) {
            return two(name, function, x, Arithmetic.number(arguments.at(1).orElseThrow()), place);
        }
        if (arguments.count() != 1) {
            return Optional.empty();
        }
        double v = x.value();
        return switch (function) {
            case "sqrt" -> v < 0 ? Optional.empty() : result(Math.sqrt(v), Function.SQRT, x);
            case "exp" -> result(Math.exp(v), Function.EXP, x);
            case "log" -> v <= 0 ? Optional.empty() : result(Math.log(v), Function.LOG, x);
            case "cos" -> result(Math.cos(v), Function.COS, x);
            case "sin" -> Optional.of(Number.computed(Math.sin(v), x.origin()));
            case "tan" -> Optional.of(Number.computed(Math.tan(v), x.origin()));
            case "tanh" -> Optional.of(Number.computed(Math.tanh(v), x.origin()));
            case "log10" -> v <= 0 ? Optional.empty() : Optional.of(Number.computed(Math.log10(v), x.origin()));
            case "log2" -> v <= 0 ? Optional.empty() : Optional.of(Number.computed(log2(v), x.origin()));
            case "fabs", "abs" -> Optional.of(Number.computed(Math.abs(v), x.origin()));
            case "floor" -> whole(x, RoundingMode.FLOOR, name);
            case "ceil" -> whole(x, RoundingMode.CEILING, name);
            case "trunc" -> whole(x, RoundingMode.DOWN, name);
            case "float32", "float64", "float16", "int32", "int64", "array", "isnan", "isfinite" -> Optional.empty();
            default -> Optional.empty();
        };
    }

    private static double log2(double v) {
        int exponent = Math.getExponent(v);
        return v == Math.scalb(1.0, exponent) ? exponent : Math.log(v) / Math.log(2);
    }

    private Optional<Value> two(String name, String function, Number x, Number y, Place place) {
        Arithmetic arithmetic = new Arithmetic(host);
        return switch (function) {
            case "pow", "power" -> Optional.of(arithmetic.binary("**", x, y, place));
            case "log" ->
                x.value() <= 0 || y.value() <= 0 || y.value() == 1
                        ? Optional.empty()
                        : Optional.of(Number.computed(
                                Math.log(x.value()) / Math.log(y.value()),
                                x.origin().and(y.origin())));
            case "fmod" ->
                Optional.of(Number.computed(x.value() % y.value(), x.origin().and(y.origin())));
            case "allclose", "isclose" ->
                name.startsWith("numpy.")
                        ? Optional.of(new Value.Bool(
                                Math.abs(x.value() - y.value()) <= 1e-8 + 1e-5 * Math.abs(y.value()),
                                x.origin().and(y.origin())))
                        : Optional.empty();
            case "minimum" -> Optional.of(x.value() <= y.value() ? x : y);
            case "maximum" -> Optional.of(x.value() >= y.value() ? x : y);
            default -> Optional.empty();
        };
    }

    private static Optional<Value> result(double value, Function function, Number of) {
        if (of.formula().isEmpty() || !Double.isFinite(value)) {
            return Optional.of(Number.computed(value, of.origin()));
        }
        Expression formula = new Expression.Call(function, List.of(of.formula().get()));
        return Optional.of(
                new Number(value, Optional.empty(), Optional.of(formula), of.isDerivedExactly(), of.origin()));
    }

    /** {@code math} gives whole numbers, numpy gives floating ones. */
    private static Optional<Value> whole(Number x, RoundingMode mode, String name) {
        if (!Double.isFinite(x.value())) {
            return Optional.empty();
        }
        BigDecimal rounded = new BigDecimal(x.value()).setScale(0, mode);
        return Optional.of(
                name.startsWith("math.")
                        ? Number.of(rounded.toBigInteger(), x.origin())
                        : Number.computed(rounded.doubleValue(), x.origin()));
    }
}
