package samestep.syntax.prototxt;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import samestep.syntax.Decimals;
import samestep.syntax.SyntaxFindings;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * A number, string or identifier. What a field makes of it is the reader's business: {@code 1} may be a boolean or an
 * enum value, and {@code inf} a number.
 *
 * @param kind how it is written
 * @param text exactly as written, with sign and quotes, and with the text between adjacent strings
 * @param value decoded: a string without quotes and escapes, adjacent strings joined; a number with its sign, without
 *     blanks and the suffix {@code f}; an identifier as written, without blanks after a sign
 * @param span where it is
 */
public record PrototxtScalar(Kind kind, String text, String value, Span span) implements PrototxtValue {

    /** How a scalar is written. */
    public enum Kind {
        /** Digits, perhaps with a minus: {@code -1}, {@code 5.}, {@code 1e-4f}, {@code 0x1f}, {@code 017}. */
        NUMBER,
        /** Quoted text. */
        STRING,
        /** An unquoted word: an enum value, a boolean, {@code inf}, {@code -inf}, {@code nan}. */
        IDENTIFIER
    }

    /**
     * The exact value of a number; hexadecimal and octal are read as protobuf reads them in integer fields.
     *
     * @return empty for strings and identifiers, infinity and NaN included, and beyond the limits of {@link Decimals}
     */
    public Optional<BigDecimal> decimal() {
        if (kind != Kind.NUMBER || value.length() > Decimals.MAX_LENGTH) {
            return Optional.empty();
        }
        return radix() == 10 ? Decimals.parse(value) : Optional.of(new BigDecimal(inRadix()));
    }

    /**
     * The value as a double: that of a number, or infinity or NaN. A number too large for a double is infinity.
     *
     * @return empty for strings and other identifiers
     */
    public OptionalDouble doubleValue() {
        if (isNan()) {
            return OptionalDouble.of(Double.NaN);
        }
        if (isInfinite()) {
            return OptionalDouble.of(value.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        if (kind != Kind.NUMBER || value.length() > Decimals.MAX_LENGTH) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                radix() == 10 ? Double.parseDouble(value) : inRadix().doubleValue());
    }

    /**
     * The value of a number that is written as an integer: no point, no exponent, no suffix.
     *
     * @return empty otherwise, and beyond 64 bits with sign
     */
    public OptionalLong integer() {
        if (!isInteger() || value.length() > Decimals.MAX_LENGTH) {
            return OptionalLong.empty();
        }
        BigInteger number = inRadix();
        return number.bitLength() < Long.SIZE ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    /** Whether it is a number written as an integer: no point, no exponent, no suffix. */
    public boolean isInteger() {
        if (kind != Kind.NUMBER) {
            return false;
        }
        char last = text.charAt(text.length() - 1);
        boolean suffix = (last == 'f' || last == 'F') && radix() != 16;
        return !suffix && (radix() != 10 || value.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E'));
    }

    /** The boolean that protobuf reads: {@code true True t 1 false False f 0}; empty for anything else. */
    public Optional<Boolean> bool() {
        if (kind == Kind.NUMBER) {
            OptionalLong number = value.startsWith("-") ? OptionalLong.empty() : integer();
            return number.isPresent() && number.getAsLong() >> 1 == 0
                    ? Optional.of(number.getAsLong() == 1)
                    : Optional.empty();
        }
        if (kind == Kind.STRING) {
            return Optional.empty();
        }
        return switch (value) {
            case "true", "True", "t" -> Optional.of(true);
            case "false", "False", "f" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /**
     * The bytes of a string, before anything is made of them: protobuf writes a {@code bytes} field like a text, and its
     * bytes need not be UTF-8. Of anything else: none.
     */
    public byte[] bytes() {
        if (kind != Kind.STRING) {
            return new byte[0];
        }
        StringDecoder decoder = new StringDecoder(text, new SyntaxFindings(new SourceText("", text)));
        int at = 0;
        while (at < text.length()) {
            int start = at;
            at = next(at);
            if (isQuote(start)) {
                decoder.add(start, at);
            }
        }
        return decoder.decodedBytes();
    }

    private boolean isQuote(int at) {
        return text.charAt(at) == '"' || text.charAt(at) == '\'';
    }

    /** After the literal, the comment or the blank that starts here. */
    private int next(int start) {
        int at = start + 1;
        if (isQuote(start)) {
            while (at < text.length() && text.charAt(at) != text.charAt(start)) {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            return Math.min(at + 1, text.length());
        }
        while (text.charAt(start) == '#' && at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
        return at;
    }

    /** Whether it is {@code inf} or {@code infinity} of either sign, in any case. */
    public boolean isInfinite() {
        return kind == Kind.IDENTIFIER
                && switch (unsignedWord()) {
                    case "inf", "infinity" -> true;
                    default -> false;
                };
    }

    /** Whether it is {@code nan}, perhaps with a sign, in any case. */
    public boolean isNan() {
        return kind == Kind.IDENTIFIER && unsignedWord().equals("nan");
    }

    private String unsignedWord() {
        return (value.startsWith("-") ? value.substring(1) : value).toLowerCase(Locale.ROOT);
    }

    private int radix() {
        String digits = value.startsWith("-") ? value.substring(1) : value;
        if (digits.length() < 2 || digits.charAt(0) != '0') {
            return 10;
        }
        char second = digits.charAt(1);
        return second == 'x' || second == 'X' ? 16 : second >= '0' && second <= '7' ? 8 : 10;
    }

    private BigInteger inRadix() {
        boolean negative = value.startsWith("-");
        int prefix = (negative ? 1 : 0) + (radix() == 16 ? 2 : 0);
        BigInteger magnitude = new BigInteger(value.substring(prefix), radix());
        return negative ? magnitude.negate() : magnitude;
    }
}
