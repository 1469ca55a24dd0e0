package samestep.syntax.yaml;

import java.util.Locale;
import samestep.syntax.Quoting;
import samestep.syntax.SyntaxError;
import samestep.text.Span;

/** What SnakeYAML says of a broken text, in fewer words, with what to do. */
final class YamlProblems {
    private YamlProblems() {}

    /** A character that YAML does not allow. */
    static SyntaxError unprintable(String text, int at) {
        Span span = character(text, at);
        String shown = Quoting.quote(text.substring(span.start(), span.end()));
        return new SyntaxError(span, "YAML cannot hold the character " + shown, "remove it, or write it as an escape");
    }

    /** Any other error, at a place. */
    static SyntaxError of(String text, int at, String problem) {
        Span span = character(text, at);
        String line = line(text, at);
        boolean template = line.contains("{{") || line.contains("{%") || line.contains("${{");
        String remedy = template ? "a template? fill in its placeholders first" : remedy(text, at, problem);
        return new SyntaxError(span, message(problem, span.length() == 0), remedy);
    }

    private static String message(String problem, boolean atEnd) {
        String plain = problem.replaceAll("\\. \\(Do not use .*", "")
                .replaceAll("'?<block end>'?", "the end of the block")
                .replaceAll("'?<block mapping start>'?", "a deeper block")
                .replaceAll("'?<block sequence start>'?", "a deeper list")
                .replaceAll("'?<block entry>'?", "a list's hyphen")
                .replaceAll("'?<scalar>'?", "a value")
                .replaceAll("'?<stream end>'?", "the end of the file")
                .replaceAll("'?<document start>'?", "the start of a document")
                .replaceAll("but (found|got)", "found")
                .replace("found '?'", "found a name")
                .replace("unexpected end of stream", "the end of the file")
                .replaceAll("\\s+", " ")
                .strip();
        String first =
                plain.isEmpty() ? "not YAML" : plain.substring(0, 1).toLowerCase(Locale.ROOT) + plain.substring(1);
        return atEnd && !first.contains("end of the file") ? first + ", at the end of the file" : first;
    }

    private static String remedy(String text, int at, String problem) {
        char found = at < text.length() ? text.charAt(at) : '\0';
        if (found == '\t' || problem.contains("TAB")) {
            return "indent with spaces: YAML allows no tabs there";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "put quotes around a text that holds a colon and a space; or does the indentation not fit?";
        }
        if (problem.contains("unknown escape")) {
            return "write two backslashes, or single quotes";
        }
        if (problem.contains("that cannot start any token")) {
            return "put quotes around a text that starts so";
        }
        if (problem.contains("could not find expected ':'")) {
            return "is a colon missing, or the space after it?";
        }
        if (problem.contains("<block end>")) {
            return "does the indentation fit that of the lines before?";
        }
        return at >= text.length() ? "is the file cut off?" : "";
    }

    private static Span character(String text, int at) {
        return new Span(at, at < text.length() ? text.offsetByCodePoints(at, 1) : at);
    }

    private static String line(String text, int at) {
        int start = Math.max(text.lastIndexOf('\n', Math.max(0, at - 1)), -1) + 1;
        int end = text.indexOf('\n', at);
        return start > at ? "" : text.substring(start, end < 0 ? text.length() : end);
    }
}
