package samestep.cli.completion;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion of zsh, in the words of its function {@code _arguments}. */
final class ZshCompletion {
    private ZshCompletion() {}

    /**
     * The script; its name is {@code _translate}.
     *
     * @param main the command without a name
     * @param commands the others by their names
     */
    static String of(CommandSpec main, Map<String, CommandSpec> commands) {
        StringBuilder script = new StringBuilder();
        script.append("#compdef translate ").append(Completion.OTHER_NAME).append("\n\n");
        script.append("_translate() {\n");
        script.append("  local -a commands\n  commands=(\n");
        commands.forEach((name, spec) -> script.append("    ")
                .append(quoted(name + ":" + described(Completion.summary(spec))))
                .append('\n'));
        script.append("  )\n");
        script.append("  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n");
        script.append("    _describe -t commands command commands\n    _files\n    return\n  fi\n");
        script.append("  case $words[2] in\n");
        commands.forEach((name, spec) -> {
            script.append("    ").append(name).append(")\n      shift words\n      (( CURRENT-- ))\n");
            arguments(script, spec);
            script.append("      ;;\n");
        });
        script.append("    *)\n");
        arguments(script, main);
        script.append("      ;;\n  esac\n}\n\n");
        // Sourced, or found in $fpath.
        script.append("if [[ $funcstack[1] == _translate ]]; then\n  _translate \"$@\"\nelse\n");
        script.append("  compdef _translate translate ")
                .append(Completion.OTHER_NAME)
                .append("\nfi\n");
        return script.toString();
    }

    private static void arguments(StringBuilder script, CommandSpec spec) {
        List<String> words = new ArrayList<>();
        spec.options().forEach(option -> words.addAll(option(option)));
        if (!spec.positionalParameters().isEmpty()) {
            words.add("'*:file:_files'");
        }
        script.append("      _arguments -s -S \\\n        ");
        script.append(String.join(" \\\n        ", words)).append('\n');
    }

    /** A word for each of an option's names; those of one option exclude each other. */
    private static List<String> option(OptionSpec option) {
        boolean isList = option.type() == List.class;
        String names = String.join(" ", option.names());
        List<String> words = new ArrayList<>();
        for (String name : option.names()) {
            String before = isList ? "*" : "(" + names + ")";
            boolean takes = option.arity().max() > 0;
            String joined = takes && name.startsWith("--") ? "=" : "";
            words.add(quoted(before + name + joined + "[" + described(String.join(" ", option.description())) + "]"
                    + (takes ? ":" + option.paramLabel() + ":" + values(option) : "")));
        }
        return words;
    }

    private static String values(OptionSpec option) {
        if (option.completionCandidates() != null) {
            return "(" + String.join(" ", option.completionCandidates()) + ")";
        }
        return option.type() == Path.class ? "_files" : " ";
    }

    /** In square brackets, and before colons. */
    private static String described(String text) {
        return text.replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
