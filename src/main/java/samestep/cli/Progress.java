package samestep.cli;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import samestep.report.terminal.Screen;
import samestep.text.Watcher;

/**
 * How far long work is, on one line of a terminal that is written over, with an estimate of the time that is left. On
 * anything but a terminal, and in the first second, nothing is written.
 */
final class Progress implements Watcher {
    private static final long FIRST_MILLISECONDS = 1_000;
    private static final long BETWEEN_MILLISECONDS = 200;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream err;
    private final Screen screen;
    private final LongSupplier clock;
    private final long start;
    private long last;
    private boolean shown;

    Progress(PrintStream err, Screen screen) {
        this(err, screen, () -> System.nanoTime() / 1_000_000);
    }

    /** With a clock in milliseconds. */
    Progress(PrintStream err, Screen screen, LongSupplier clock) {
        this.err = err;
        this.screen = screen;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.last = start + FIRST_MILLISECONDS - BETWEEN_MILLISECONDS;
    }

    @Override
    public synchronized void at(String what, long done, long total) {
        long now = clock.getAsLong();
        if (!screen.live() || now - last < BETWEEN_MILLISECONDS) {
            return;
        }
        last = now;
        shown = true;
        String line = what + ": " + done + " of " + total;
        if (done > 0 && done < total) {
            line += ", " + time(Math.round((now - start) / (double) done * (total - done))) + " left";
        }
        int room = screen.beside(1);
        err.print(CLEAR + (line.length() > room ? line.substring(0, room) : line));
        err.flush();
    }

    /** Removes the line, so that what follows begins at the margin. */
    synchronized void done() {
        if (shown) {
            err.print(CLEAR);
            err.flush();
            shown = false;
        }
    }

    private static String time(long milliseconds) {
        long seconds = Math.max(1, (milliseconds + SECOND / 2) / SECOND);
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        long minutes = (seconds + MINUTE / 2) / MINUTE;
        return minutes < MINUTE ? minutes + " min" : minutes / MINUTE + " h " + minutes % MINUTE + " min";
    }
}
