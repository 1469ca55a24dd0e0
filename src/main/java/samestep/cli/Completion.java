package samestep.cli;

import java.util.List;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;

/** The completion for bash: commands, options, and the values of those that have only some. zsh takes it by bashcompinit. */
final class Completion {
    private Completion() {}

    /** The script, made by picocli of what the commands declare. */
    static String bash() {
        CommandLine translate = parser("");
        for (String command : Main.commands()) {
            translate.addSubcommand(command, parser(command));
        }
        return AutoComplete.bash("translate", translate);
    }

    private static CommandLine parser(String command) {
        CommandLine parser = Main.command(command).options().parser();
        CommandSpec spec = parser.getCommandSpec();
        Map<String, List<String>> words = words();
        for (OptionSpec option : List.copyOf(spec.options())) {
            List<String> values = words.get(option.paramLabel());
            if (values != null) {
                spec.remove(option);
                spec.addOption(option.toBuilder().completionCandidates(values).build());
            }
        }
        return parser;
    }

    /** What may stand for the labels of options. */
    private static Map<String, List<String>> words() {
        return Map.of(
                "FRAMEWORK", Dialects.all().stream().map(Dialect::name).toList(),
                "STYLE",
                        Dialects.all().stream()
                                .flatMap(dialect -> dialect.styles().stream())
                                .distinct()
                                .toList());
    }
}
