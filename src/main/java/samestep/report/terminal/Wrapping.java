package samestep.report.terminal;

import java.util.ArrayList;
import java.util.List;

/** Breaks text between words, so that no line is wider than a screen. */
public final class Wrapping {
    /** What follows a line's first words is moved this far to the right. */
    private static final int HANG = 4;

    private Wrapping() {}

    /**
     * Several lines, each broken where it is too wide. The rest of a line hangs a little to the right of its beginning.
     *
     * @param text lines, each with its end
     * @param width of the screen; 0 changes nothing
     */
    public static String lines(String text, int width) {
        if (width == 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (String line : text.split("(?<=\n)")) {
            boolean ended = line.endsWith("\n");
            String words = ended ? line.substring(0, line.length() - 1) : line;
            int indentation = words.length() - words.stripLeading().length();
            out.append(String.join("\n", of(words, width, indentation + HANG)));
            out.append(ended ? "\n" : "");
        }
        return out.toString();
    }

    /**
     * One line as one or more. A word that is wider than the screen stays whole, so that names of files can be copied.
     *
     * @param hang how far the second line and those after it are moved to the right
     */
    public static List<String> of(String line, int width, int hang) {
        if (width == 0 || length(line) <= width) {
            return List.of(line);
        }
        List<String> lines = new ArrayList<>();
        String rest = line;
        String margin = "";
        while (length(margin + rest) > width) {
            int end = lastBreak(rest, width - margin.length(), lines.isEmpty());
            if (end < 0) {
                break;
            }
            lines.add(margin + rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
            margin = " ".repeat(Math.min(hang, width / 2));
        }
        if (!rest.isEmpty()) {
            lines.add(margin + rest);
        }
        return lines;
    }

    /** The last space at or before a width, else the first after it; negative where the line cannot be broken. */
    private static int lastBreak(String text, int width, boolean first) {
        int start = first ? text.length() - text.stripLeading().length() : 0;
        int limit = text.offsetByCodePoints(0, Math.min(width, length(text)));
        int space = text.lastIndexOf(' ', limit);
        return space > start ? space : text.indexOf(' ', Math.max(limit, start));
    }

    /**
     * A table's cell as lines that are as wide as its column at most. A word that is wider is broken, after a mark such as
     * a slash if there is one.
     */
    static List<String> cell(String text, int width) {
        if (length(text) <= width) {
            return List.of(text);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            String rest = word;
            if (!line.isEmpty() && length(line.toString()) + 1 + length(rest) > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            } else if (!line.isEmpty()) {
                line.append(' ');
            }
            while (length(rest) > width) {
                int end = insideWord(rest, width);
                lines.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
            line.append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    private static int insideWord(String word, int width) {
        int limit = word.offsetByCodePoints(0, width);
        for (int i = limit; i > limit / 2; i--) {
            if ("/_.:,-".indexOf(word.charAt(i - 1)) >= 0) {
                return i;
            }
        }
        return limit;
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
