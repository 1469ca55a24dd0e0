package samestep.syntax.yaml;

import java.util.Arrays;
import org.yaml.snakeyaml.error.Mark;
import samestep.text.Span;

/** Marks count code points after the byte order mark; spans count UTF-16 units from the start. */
final class Offsets {
    private static final char NEXT_LINE = '\u0085';
    private static final String LINE_ENDS = "\n\r\u2028\u2029" + NEXT_LINE;

    private final String text;
    private final int start;
    private final int[] pairs;

    Offsets(String text) {
        this.text = text;
        this.start = text.startsWith("\ufeff") ? 1 : 0;
        this.pairs = pairs(text, start);
    }

    /** How many code points are before each one that takes two units. */
    private static int[] pairs(String text, int start) {
        int[] pairs = new int[text.length() - start - text.codePointCount(start, text.length())];
        int found = 0;
        for (int at = start; found < pairs.length; at++) {
            if (Character.isHighSurrogate(text.charAt(at))
                    && Character.isSurrogatePair(text.charAt(at), next(text, at))) {
                pairs[found] = at - start - found;
                found++;
                at++;
            }
        }
        return pairs;
    }

    private static char next(String text, int at) {
        return at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    }

    /** The text without its mark. */
    String withoutMark() {
        return text.substring(start);
    }

    int of(Mark mark) {
        return of(mark.getIndex());
    }

    int of(int codePoints) {
        int before = Arrays.binarySearch(pairs, codePoints);
        int more = before >= 0 ? before : -before - 1;
        return Math.min(text.length(), start + codePoints + more);
    }

    /** From one mark to another, without the anchor and the tag that come first. */
    Span content(Mark from, Mark to) {
        int end = of(to);
        return new Span(Math.min(end, behindProperties(of(from), end)), end);
    }

    /** Where the node starts whose anchor and tag start here. */
    int behindProperties(int from, int end) {
        int at = behindBlanks(from, end);
        while (at < end && (text.charAt(at) == '&' || text.charAt(at) == '!')) {
            String alsoEnds = text.charAt(at) == '&' ? ":,[]{}/.*&" : "";
            at++;
            while (at < end && !isBlank(text.charAt(at)) && alsoEnds.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            at = behindBlanks(at, end);
        }
        return at;
    }

    /** What ends a line in YAML 1.1 is blank; Java does not count the first of these so. */
    private static boolean isBlank(char c) {
        return c == NEXT_LINE || Character.isWhitespace(c);
    }

    /** Where the next character is that is neither blank nor in a comment. */
    int behindBlanks(int from, int end) {
        int at = from;
        while (at < end && (isBlank(text.charAt(at)) || text.charAt(at) == '#')) {
            if (text.charAt(at) == '#') {
                while (at < end && LINE_ENDS.indexOf(text.charAt(at)) < 0) {
                    at++;
                }
            } else {
                at++;
            }
        }
        return at;
    }
}
