package samestep.syntax.prototxt;

import java.util.Locale;
import java.util.Optional;
import samestep.syntax.Decimals;
import samestep.syntax.Quoting;
import samestep.syntax.SyntaxFindings;
import samestep.text.Span;

/** Reads scalar values. */
final class Scalars {
    private final String text;
    private final Input input;
    private final SyntaxFindings findings;
    private final Recovery recovery;

    Scalars(String text, Input input, SyntaxFindings findings, Recovery recovery) {
        this.text = text;
        this.input = input;
        this.findings = findings;
        this.recovery = recovery;
    }

    /**
     * Reads the value that should be here.
     *
     * @param name the field's name, for the message
     * @param behind what comes between the name and the value, for the message
     * @return empty when there is none; the finding is recorded, nothing skipped
     */
    Optional<PrototxtScalar> read(String name, String behind) {
        if (!input.isFieldStart() && UnquotedText.startsAt(text, input.kind(), input.span())) {
            UnquotedText.report(text, input.start(), behind.equals(":") ? name : "", findings);
            return Optional.empty();
        }
        return switch (input.kind()) {
            case STRING -> Optional.of(string());
            case IDENTIFIER ->
                input.isFieldStart() ? missing(name + behind) : Optional.of(identifier(input.start(), ""));
            case NUMBER -> number(input.start(), "");
            default -> input.isSymbol('-') ? negative(name + behind) : missing(name + behind);
        };
    }

    private Optional<PrototxtScalar> negative(String before) {
        int start = input.start();
        input.advance();
        if (input.is(TokenKind.NUMBER)) {
            return number(start, "-");
        }
        if (input.is(TokenKind.IDENTIFIER) && isNumberWord(input.text())) {
            return Optional.of(identifier(start, "-"));
        }
        return missing(before + " -");
    }

    private static boolean isNumberWord(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "inf", "infinity", "nan" -> true;
            default -> false;
        };
    }

    private Optional<PrototxtScalar> number(int start, String sign) {
        String digits = input.text();
        if (digits.length() > Decimals.MAX_LENGTH) {
            findings.error(
                    input.span(),
                    "a number of " + digits.length() + " characters; at most " + Decimals.MAX_LENGTH + " are read",
                    "write it shorter");
            return Optional.empty();
        }
        input.advance();
        boolean suffix = (digits.endsWith("f") || digits.endsWith("F")) && !isHexadecimal(digits);
        String value = sign + (suffix ? digits.substring(0, digits.length() - 1) : digits);
        return Optional.of(scalar(PrototxtScalar.Kind.NUMBER, value, start));
    }

    private static boolean isHexadecimal(String digits) {
        return digits.length() > 1 && (digits.charAt(1) == 'x' || digits.charAt(1) == 'X');
    }

    private PrototxtScalar identifier(int start, String sign) {
        String word = input.text();
        input.advance();
        return scalar(PrototxtScalar.Kind.IDENTIFIER, sign + word, start);
    }

    private PrototxtScalar string() {
        int start = input.start();
        StringDecoder decoder = new StringDecoder(text, findings);
        while (input.is(TokenKind.STRING)) {
            decoder.add(input.start(), input.end());
            input.advance();
        }
        return scalar(PrototxtScalar.Kind.STRING, decoder.decoded(), start);
    }

    private PrototxtScalar scalar(PrototxtScalar.Kind kind, String value, int start) {
        Span span = new Span(start, input.previousEnd());
        String written = text.substring(span.start(), span.end());
        return new PrototxtScalar(kind, written.equals(value) ? value : written, value, span);
    }

    private Optional<PrototxtScalar> missing(String before) {
        recovery.unexpected("a value after " + Quoting.quote(before));
        return Optional.empty();
    }
}
