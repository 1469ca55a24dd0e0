package samestep.syntax.json;

import samestep.syntax.Decimals;
import samestep.syntax.Quoting;
import samestep.syntax.SyntaxError;
import samestep.text.Span;

/** Reads numbers. */
final class JsonNumbers {
    private final JsonInput input;

    JsonNumbers(JsonInput input) {
        this.input = input;
    }

    /** Reads the number that starts here with a digit or a minus. */
    JsonNumber read() {
        int start = input.at();
        int end = input.endOfWord();
        String word = input.text().substring(start, end);
        Span span = new Span(start, end);
        if (word.length() > Decimals.MAX_LENGTH) {
            String message =
                    "a number of " + word.length() + " characters; at most " + Decimals.MAX_LENGTH + " are read";
            throw new SyntaxError(span, message, "write it shorter");
        }
        boolean legal = word.equals("-Infinity") || isNumber();
        if (!legal || !word.equals("-Infinity") && input.at() != end) {
            throw new SyntaxError(span, "expected a number, found " + Quoting.quote(word), remedy(word));
        }
        input.moveTo(end);
        return new JsonNumber(word, span);
    }

    private boolean isNumber() {
        input.take('-');
        boolean legal = input.take('0') || digits();
        if (input.take('.')) {
            legal &= digits();
        }
        if (input.take('e') || input.take('E')) {
            if (!input.take('+')) {
                input.take('-');
            }
            legal &= digits();
        }
        return legal;
    }

    private boolean digits() {
        int start = input.at();
        input.skipDigits();
        return input.at() > start;
    }

    private static String remedy(String word) {
        String remedy = Remedies.of(word, Remedies.Situation.VALUE);
        return remedy.isEmpty() ? "put double quotes around it if it is text" : remedy;
    }
}
