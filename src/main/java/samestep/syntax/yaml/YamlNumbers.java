package samestep.syntax.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import samestep.syntax.Decimals;
import samestep.syntax.yaml.YamlScalar.Kind;

/** The values of numbers. Source: PyYAML 6.0, yaml/constructor.py, construct_yaml_int and construct_yaml_float. */
final class YamlNumbers {
    private static final BigDecimal SIXTY = BigDecimal.valueOf(60);

    private YamlNumbers() {}

    /** The exact value; empty for infinities, nan, what has the tag of a number and is not one, and beyond limits. */
    static Optional<BigDecimal> decimal(String text, Kind kind) {
        String digits = text.replace("_", "");
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        if (digits.isEmpty() || digits.length() > Decimals.MAX_LENGTH) {
            return Optional.empty();
        }
        Optional<BigDecimal> value = digits.indexOf(':') >= 0
                ? sexagesimal(digits)
                : kind == Kind.INTEGER ? integer(digits) : Decimals.parse(digits);
        return negative ? value.map(BigDecimal::negate) : value;
    }

    private static Optional<BigDecimal> integer(String digits) {
        if (digits.startsWith("0b")) {
            return integer(digits.substring(2), 2);
        }
        if (digits.startsWith("0x")) {
            return integer(digits.substring(2), 16);
        }
        return integer(digits, digits.startsWith("0") ? 8 : 10);
    }

    private static Optional<BigDecimal> integer(String digits, int radix) {
        try {
            return Optional.of(new BigDecimal(new BigInteger(digits, radix)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** 1:30 is ninety. */
    private static Optional<BigDecimal> sexagesimal(String digits) {
        BigDecimal value = BigDecimal.ZERO;
        for (String part : digits.split(":", -1)) {
            Optional<BigDecimal> number = Decimals.parse(part);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            value = value.multiply(SIXTY).add(number.get());
        }
        return Optional.of(value);
    }

    static double doubleValue(String text, Kind kind) {
        Optional<BigDecimal> decimal = decimal(text, kind);
        if (decimal.isPresent()) {
            return decimal.get().doubleValue();
        }
        String word = text.toLowerCase(Locale.ROOT);
        if (word.endsWith(".inf")) {
            return word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        try {
            return Double.parseDouble(text.replace("_", ""));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
