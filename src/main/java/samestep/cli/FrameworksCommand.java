package samestep.cli;

import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.report.PairMatrix;
import samestep.report.terminal.Wrapping;

/** Lists the frameworks. */
final class FrameworksCommand extends Command {
    /** Under what is read. */
    private static final int HANG = 11;

    /** A list of forms is one long line where it is not broken: in files and pipes it is as wide as most terminals. */
    private static final int WIDTH = 80;

    FrameworksCommand() {
        super(new Options(
                        "translate frameworks", "Lists the frameworks, what is read of each, and which can be written.")
                .flag("--matrix", "how many optimizers of each framework each other one has exactly"));
    }

    @Override
    int run() {
        int width = outScreen().width() == 0 ? WIDTH : outScreen().width();
        if (options().isOn("--matrix")) {
            PairMatrix.lines(width).forEach(out()::println);
            return Exit.SAME;
        }
        for (Dialect dialect : Dialects.all()) {
            String line = String.format(
                    "%-10s reads %s%s",
                    dialect.name(),
                    dialect.describes(),
                    dialect.writes() ? "; writes " + String.join(", ", dialect.styles()) : "");
            Wrapping.of(line, width, HANG).forEach(out()::println);
        }
        return Exit.SAME;
    }
}
