package samestep.equation;

import java.util.ArrayList;
import java.util.List;
import samestep.text.SourceText;
import samestep.text.Span;

/**
 * A line of an equation file that is not blank and not a comment.
 *
 * @param source the file
 * @param span the line without indent, trailing blanks and comment
 * @param indent number of blanks before it
 * @param keyword its first word
 */
public record Line(SourceText source, Span span, int indent, String keyword) {

    /** The lines of a file that say something. */
    public static List<Line> of(SourceText source) {
        List<Line> lines = new ArrayList<>();
        String text = source.text();
        int start = 0;
        while (start < text.length()) {
            int lineEnd = text.indexOf('\n', start);
            lineEnd = lineEnd < 0 ? text.length() : lineEnd;
            int comment = text.indexOf('#', start);
            int end = comment >= 0 && comment < lineEnd ? comment : lineEnd;
            int from = start;
            while (from < end && Character.isWhitespace(text.charAt(from))) {
                from++;
            }
            while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
            if (from < end) {
                lines.add(new Line(source, new Span(from, end), from - start, word(text, from, end)));
            }
            start = lineEnd + 1;
        }
        return lines;
    }

    /** Where the second word starts; the line's end if there is one word only. */
    public int restStart() {
        int at = span.start() + keyword.length();
        while (at < span.end() && Character.isWhitespace(source.text().charAt(at))) {
            at++;
        }
        return at;
    }

    /** The text after the first word. */
    public String rest() {
        return source.text().substring(restStart(), span.end());
    }

    /** Offset of the first single equals sign, -1 if there is none. */
    public int assignment() {
        String text = source.text();
        for (int i = span.start(); i < span.end(); i++) {
            boolean compares = i + 1 < span.end() && text.charAt(i + 1) == '='
                    || i > span.start() && "=<>".indexOf(text.charAt(i - 1)) >= 0;
            if (text.charAt(i) == '=' && !compares) {
                return i;
            }
        }
        return -1;
    }

    private static String word(String text, int from, int end) {
        int at = from;
        while (at < end && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }
}
