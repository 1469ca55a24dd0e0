package samestep.syntax.python.tree;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import samestep.syntax.Decimals;

/** Reads numbers as Python does. */
public final class Numerals {
    private Numerals() {}

    /** Whether it is an {@code int}. */
    public static boolean isInteger(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return radix(lower) != 10 || lower.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'j');
    }

    /** Whether it is imaginary. */
    public static boolean isImaginary(String text) {
        return text.endsWith("j") || text.endsWith("J");
    }

    /** The exact value as written; empty for an imaginary one and beyond the limits of {@link Decimals}. */
    public static Optional<BigDecimal> decimal(String text) {
        String lower = text.toLowerCase(Locale.ROOT).replace("_", "");
        if (lower.length() > Decimals.MAX_LENGTH || isImaginary(lower)) {
            return Optional.empty();
        }
        String digits = lower.endsWith("l") ? lower.substring(0, lower.length() - 1) : lower;
        int radix = radix(digits);
        if (radix == 10) {
            return Decimals.parse(digits);
        }
        boolean isOld = Character.isDigit(digits.charAt(1));
        try {
            return Optional.of(new BigDecimal(new BigInteger(digits.substring(isOld ? 1 : 2), radix)));
        } catch (NumberFormatException e) {
            // 089 is not a number in any Python.
            return Optional.empty();
        }
    }

    private static int radix(String lower) {
        if (lower.length() < 2 || lower.charAt(0) != '0') {
            return 10;
        }
        return switch (lower.charAt(1)) {
            case 'x' -> 16;
            case 'o' -> 8;
            case 'b' -> 2;
            default -> isOldOctal(lower) ? 8 : 10;
        };
    }

    /** Whether it is 0777 of Python 2, and not 00 or 0.5. */
    private static boolean isOldOctal(String lower) {
        return lower.chars().allMatch(c -> c >= '0' && c <= '7' || c == 'l') && !lower.matches("0+l?");
    }
}
