package samestep.recipe;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How numbers are written for people and for configuration files. */
public final class Numbers {
    private static final int LONGEST_PLAIN = 24;
    private static final int FLOAT_DIGITS = 9;
    /** People write no longer ones, and single precision tells these apart everywhere. */
    private static final int MEANT_DIGITS = 6;

    private static final Pattern JSON_FRACTION =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+([eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)");

    private Numbers() {}

    /** A decimal in the form that JSON, Python and people read: no exponent while it is short, 1e-08 otherwise. */
    public static String plain(BigDecimal value) {
        if (value.signum() == 0) {
            return "0.0";
        }
        BigDecimal stripped = value.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent < -5 || exponent > 15) {
            String digits = stripped.unscaledValue().abs().toString();
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            String sign = stripped.signum() < 0 ? "-" : "";
            return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                    + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
        }
        String plain = stripped.toPlainString();
        return plain.indexOf('.') < 0 && plain.length() < LONGEST_PLAIN ? plain + ".0" : plain;
    }

    /** Whether a text is a JSON number that no reader takes for a whole number. */
    static boolean isJsonFraction(String text) {
        return JSON_FRACTION.matcher(text).matches();
    }

    /** A measured number: so many significant digits. */
    public static String rounded(double value, int digits) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
            return value == 0 ? "0" : Double.toString(value);
        }
        BigDecimal shortened = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        String text = plain(shortened);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /**
     * The short decimal that you meant, where a number is what is left of it after rounding to single
     * precision: 0.0005000000237487257 is 0.0005.
     *
     * @return empty when the number is not of that kind, or is a short decimal itself
     */
    public static Optional<BigDecimal> meantBeforeSinglePrecision(BigDecimal value) {
        if (value.precision() <= FLOAT_DIGITS || Math.abs(value.doubleValue()) > Float.MAX_VALUE) {
            return Optional.empty();
        }
        float single = value.floatValue();
        BigDecimal widened = new BigDecimal((double) single);
        boolean residue = (double) single == value.doubleValue()
                || widened.round(new MathContext(value.precision())).compareTo(value) == 0;
        return residue ? shortest(single, widened) : Optional.empty();
    }

    /** The shortest decimal that this is the nearest float of; before JDK 19 {@link Float#toString} is not always it. */
    private static Optional<BigDecimal> shortest(float single, BigDecimal widened) {
        for (int digits = 1; digits <= MEANT_DIGITS; digits++) {
            BigDecimal candidate = widened.round(new MathContext(digits));
            if (candidate.floatValue() == single) {
                return Optional.of(candidate.stripTrailingZeros());
            }
        }
        return Optional.empty();
    }
}
