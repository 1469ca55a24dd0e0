package samestep.cli.completion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import samestep.cli.Main;
import samestep.cli.Options;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;

/** The completion for bash, zsh and fish: commands, options, and the values of those that have only some. */
public final class Completion {
    /** What the wheel calls the program besides {@code translate}. */
    public static final String OTHER_NAME = "samestep";

    private Completion() {}

    /** The script for bash, made by picocli of what the commands declare. */
    public static String bash() {
        CommandLine translate = parser("");
        for (String command : Main.commands()) {
            translate.addSubcommand(command, parser(command));
        }
        return AutoComplete.bash("translate", translate) + "complete -F _complete_translate -o default " + OTHER_NAME
                + "\n";
    }

    /** The script for zsh. */
    public static String zsh() {
        return ZshCompletion.of(parser("").getCommandSpec(), specs());
    }

    /** The script for fish. */
    public static String fish() {
        return FishCompletion.of(parser("").getCommandSpec(), specs());
    }

    /** The commands by their names, with the values that their options take. */
    private static Map<String, CommandSpec> specs() {
        Map<String, CommandSpec> specs = new LinkedHashMap<>();
        Main.commands().forEach(command -> specs.put(command, parser(command).getCommandSpec()));
        return specs;
    }

    /** The first sentence of what a command does, without its full stop. */
    static String summary(CommandSpec spec) {
        return String.join(" ", spec.usageMessage().description()).split("[:.]( |$)", 2)[0];
    }

    private static CommandLine parser(String command) {
        Options options = Main.command(command).options();
        CommandLine parser = options.parser();
        CommandSpec spec = parser.getCommandSpec();
        Map<String, List<String>> words = words();
        for (OptionSpec option : List.copyOf(spec.options())) {
            List<String> chosen = options.choices().get(option.longestName());
            List<String> values = chosen != null ? chosen : words.get(option.paramLabel());
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
