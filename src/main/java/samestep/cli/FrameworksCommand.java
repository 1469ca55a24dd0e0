package samestep.cli;

import picocli.CommandLine;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;

/** Lists the frameworks. */
@CommandLine.Command(
        name = "translate frameworks",
        description = "Lists the frameworks, what is read of each, and which can be written.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class FrameworksCommand extends Command {
    @Override
    int run() {
        for (Dialect dialect : Dialects.all()) {
            out().printf(
                            "%-8s reads %s%s%n",
                            dialect.name(),
                            dialect.describes(),
                            dialect.writes() ? "; writes " + String.join(", ", dialect.styles()) : "");
        }
        return Exit.SAME;
    }
}
