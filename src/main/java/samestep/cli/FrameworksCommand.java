package samestep.cli;

import samestep.dialect.Dialect;
import samestep.dialect.Dialects;

/** Lists the frameworks. */
final class FrameworksCommand extends Command {
    FrameworksCommand() {
        super(new Options(
                "translate frameworks", "Lists the frameworks, what is read of each, and which can be written."));
    }

    @Override
    int run() {
        for (Dialect dialect : Dialects.all()) {
            out().printf(
                            "%-10s reads %s%s%n",
                            dialect.name(),
                            dialect.describes(),
                            dialect.writes() ? "; writes " + String.join(", ", dialect.styles()) : "");
        }
        return Exit.SAME;
    }
}
