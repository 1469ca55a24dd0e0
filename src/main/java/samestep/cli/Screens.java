package samestep.cli;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import samestep.report.terminal.Screen;

/**
 * What the streams of this process show on. Java cannot tell whether a stream is a terminal, so the launcher and the wheel
 * say it: {@code samestep.terminal.out} and {@code samestep.terminal} for standard output and standard error, and
 * {@code samestep.columns} for their width.
 */
final class Screens {
    /** The width of a terminal whose width is not known. */
    private static final int USUAL = 80;
    /** Help in wider lines is harder to read. */
    private static final int WIDEST_HELP = 100;
    /** picocli takes no less. */
    private static final int NARROWEST_HELP = 55;

    private Screens() {}

    /** Standard output. */
    static Screen output() {
        return of("samestep.terminal.out", System::getProperty, System.getenv());
    }

    /** Standard error. */
    static Screen errors() {
        return of("samestep.terminal", System::getProperty, System.getenv());
    }

    static Screen of(String stream, Function<String, @Nullable String> properties, Map<String, String> environment) {
        if (!"true".equals(properties.apply(stream))) {
            return Screen.PLAIN;
        }
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty() && !dumb;
        String columns = environment.getOrDefault("COLUMNS", "");
        return new Screen(colours, width(isWidth(columns) ? columns : properties.apply("samestep.columns")), !dumb);
    }

    private static int width(@Nullable String columns) {
        return columns != null && isWidth(columns) ? Integer.parseInt(columns) : USUAL;
    }

    private static boolean isWidth(@Nullable String columns) {
        return columns != null && columns.matches("[1-9][0-9]{0,3}");
    }

    /** How wide help is. */
    static int help(Screen screen) {
        return screen.width() == 0 ? USUAL : Math.min(WIDEST_HELP, Math.max(NARROWEST_HELP, screen.width()));
    }
}
