package samestep.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import samestep.cli.Main.Terminal;
import samestep.finding.Finding;
import samestep.report.FindingText;
import samestep.text.UnreadableSourceException;

/** What commands have in common. */
abstract class Command implements Callable<Integer> {
    private @Nullable Terminal terminal;

    /** Gives it its streams, before it runs. */
    final void attach(Terminal streams) {
        terminal = streams;
    }

    final Terminal terminal() {
        if (terminal == null) {
            throw new IllegalStateException("not attached");
        }
        return terminal;
    }

    final PrintStream out() {
        return terminal().out();
    }

    final void report(List<Finding> findings) {
        terminal().err().print(new FindingText(terminal().colours()).render(findings));
    }

    final int usage(String message) {
        terminal().err().println("translate: " + message);
        return Exit.USAGE;
    }

    @Override
    public final Integer call() {
        try {
            return run();
        } catch (UnreadableSourceException e) {
            terminal().err().println("translate: " + e.getMessage());
            return Exit.USAGE;
        }
    }

    /** Does the work and gives the exit code. */
    abstract int run() throws UnreadableSourceException;
}
