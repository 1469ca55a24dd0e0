package samestep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import samestep.cli.completion.Completion;

/** Writes what a package of the program installs beside it: manual pages, and the completion of bash, zsh and fish. */
public final class Manual {
    private Manual() {}

    /** Writes all of it into folders of the one that is named. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        for (Map.Entry<String, String> file : files(Version.number().orElse("")).entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.toAbsolutePath().getParent());
            Files.writeString(target, file.getValue());
        }
    }

    /** The files by their names below a folder. */
    static Map<String, String> files(String version) {
        List<CommandSpec> specs = new ArrayList<>();
        specs.add(Main.command("").options().parser().getCommandSpec());
        Main.commands()
                .forEach(name -> specs.add(Main.command(name).options().parser().getCommandSpec()));
        Map<String, String> files = new LinkedHashMap<>();
        files.put("completion/translate.bash", Completion.bash());
        files.put("completion/_translate", Completion.zsh());
        files.put("completion/translate.fish", Completion.fish());
        for (CommandSpec spec : specs) {
            List<String> others = specs.stream()
                    .filter(other -> other != spec)
                    .map(ManualPage::name)
                    .toList();
            files.put("man/" + ManualPage.name(spec) + ".1", ManualPage.of(spec, version, others));
        }
        return files;
    }
}
