package samestep.report.terminal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Colours of reports that are made of lines. The text must hold no escape sequences yet. */
public final class Paint {
    private static final Pattern DIFFERS = Pattern.compile("^ *! .*");
    private static final Pattern VERDICT = Pattern.compile("(: |; )(exact|inexact|not the same)\\b");
    private static final Pattern WRITE = Pattern.compile("\\bwrite ([^ ]+)$");

    private Paint() {}

    /** A report of values and verdicts, broken and coloured as the screen wants it. */
    public static String report(String text, Screen screen) {
        String broken = Wrapping.lines(text, screen.width());
        return screen.colours() ? painted(broken, line -> report(screen, line)) : broken;
    }

    /** A unified diff: its lines are never broken, because it may be applied. */
    public static String diff(String text, Screen screen) {
        return screen.colours() ? painted(text, line -> diff(screen, line)) : text;
    }

    private interface Painter {
        String paint(String line);
    }

    private static String painted(String text, Painter painter) {
        StringBuilder out = new StringBuilder();
        for (String line : text.split("(?<=\n)")) {
            boolean ended = line.endsWith("\n");
            out.append(painter.paint(ended ? line.substring(0, line.length() - 1) : line))
                    .append(ended ? "\n" : "");
        }
        return out.toString();
    }

    private static String report(Screen screen, String line) {
        if (DIFFERS.matcher(line).matches()) {
            return screen.styled(Style.BAD, line);
        }
        if (line.matches("[A-Z][A-Za-z: ]+")) {
            return screen.styled(Style.STRONG, line);
        }
        String verdicts = VERDICT.matcher(line)
                .replaceAll(m -> Matcher.quoteReplacement(
                        m.group(1) + screen.styled(m.group(2).equals("exact") ? Style.GOOD : Style.BAD, m.group(2))));
        return WRITE.matcher(verdicts)
                .replaceAll(m -> Matcher.quoteReplacement("write " + screen.styled(Style.STRONG, m.group(1))));
    }

    private static String diff(Screen screen, String line) {
        if (line.startsWith("---") || line.startsWith("+++")) {
            return screen.styled(Style.STRONG, line);
        }
        if (line.startsWith("@@")) {
            return screen.styled(Style.QUIET, line);
        }
        if (line.startsWith("+")) {
            return screen.styled(Style.GOOD, line);
        }
        return line.startsWith("-") ? screen.styled(Style.REMOVED, line) : line;
    }
}
