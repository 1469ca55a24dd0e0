package samestep.cli.completion;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion of fish, in the words of its command {@code complete}. */
final class FishCompletion {
    private FishCompletion() {}

    /**
     * The script.
     *
     * @param main the command without a name
     * @param commands the others by their names
     */
    static String of(CommandSpec main, Map<String, CommandSpec> commands) {
        StringBuilder script = new StringBuilder();
        String names = String.join(" ", commands.keySet());
        // The command's name is the first word: a file may be called check, too.
        script.append("function __translate_command\n");
        script.append("    set -l words (commandline -opc)\n");
        script.append("    test (count $words) -ge 2; and contains -- $words[2] ")
                .append(names)
                .append("; and echo $words[2]\n");
        script.append("end\n");
        script.append("function __translate_in\n    set -l command (__translate_command)\n"
                + "    test \"$command\" = \"$argv[1]\"\nend\n");
        script.append("function __translate_first\n    test (count (commandline -opc)) -eq 1\nend\n\n");
        commands.forEach((name, spec) -> script.append("complete -c translate -n __translate_first -a ")
                .append(name)
                .append(" -d ")
                .append(quoted(Completion.summary(spec)))
                .append('\n'));
        options(script, "", main);
        commands.forEach((name, spec) -> options(script, name, spec));
        script.append("complete -c ").append(Completion.OTHER_NAME).append(" -w translate\n");
        return script.toString();
    }

    private static void options(StringBuilder script, String command, CommandSpec spec) {
        for (OptionSpec option : spec.options()) {
            script.append("complete -c translate -n ").append(quoted("__translate_in '" + command + "'"));
            for (String name : option.names()) {
                script.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            script.append(values(option));
            script.append(" -d ").append(quoted(String.join(" ", option.description())));
            script.append('\n');
        }
    }

    private static String values(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        if (option.completionCandidates() != null) {
            return " -x -a " + quoted(String.join(" ", option.completionCandidates()));
        }
        return option.type() == Path.class ? " -r -F" : " -x";
    }

    private static String quoted(String word) {
        return "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
