package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import samestep.cli.completion.Completion;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;

/** Manual pages and completion say all that the commands take, in languages that man and bash accept. */
class ManualTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Manual.main(new String[] {folder.toString()});
    }

    private static List<CommandSpec> specs() {
        List<CommandSpec> specs = new ArrayList<>();
        specs.add(Main.command("").options().parser().getCommandSpec());
        Main.commands()
                .forEach(name -> specs.add(Main.command(name).options().parser().getCommandSpec()));
        return specs;
    }

    private static List<String> names(CommandSpec spec) {
        return spec.options().stream()
                .map(OptionSpec::names)
                .flatMap(Arrays::stream)
                .toList();
    }

    @Test
    void everyOptionOfEveryCommandIsInItsManualPage() throws IOException {
        for (CommandSpec spec : specs()) {
            Path file = folder.resolve("man/" + spec.name().replace(' ', '-') + ".1");
            String page = Files.readString(file).replace("\\-", "-");
            for (String name : names(spec)) {
                assertTrue(page.contains("\\fB" + name + "\\fR"), file + ": " + name);
            }
            for (OptionSpec option : spec.options()) {
                assertTrue(page.contains("\n" + option.description()[0]), file + ": " + option.description()[0]);
            }
        }
        assertEquals(Main.commands().size() + 1, specs().size());
    }

    /** With warnings on: a request that is none, a font that is not known. */
    @Test
    void manualPagesAreWellFormed() throws IOException, InterruptedException {
        Assumptions.assumeTrue(runs("groff", "--version"), "groff is not installed");
        for (CommandSpec spec : specs()) {
            Path file = folder.resolve("man/" + spec.name().replace(' ', '-') + ".1");
            List<String> lines = run("groff", "-man", "-Tascii", "-P-cbou", "-ww", file.toString());
            List<String> heads =
                    lines.stream().filter(l -> l.matches("[A-Z][A-Z ]+")).toList();
            assertEquals(List.of("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS"), heads.subList(0, 4), lines.toString());
            assertEquals("SEE ALSO", heads.get(heads.size() - 1));
            String name = lines.get(lines.indexOf("NAME") + 1).strip();
            assertTrue(name.startsWith(spec.name().replace(' ', '-') + " - "), name);
        }
    }

    /** bash itself lists what may follow each command. */
    @Test
    void bashCompletesEveryOptionOfEveryCommand() throws IOException, InterruptedException {
        Assumptions.assumeTrue(runs("bash", "--version"), "bash is not installed");
        for (CommandSpec spec : specs()) {
            List<String> completed = complete(spec.name() + " -");
            assertEquals(Set.copyOf(names(spec)), Set.copyOf(completed), spec.name());
        }
    }

    @Test
    void bashCompletesCommandsAndValues() throws IOException, InterruptedException {
        Assumptions.assumeTrue(runs("bash", "--version"), "bash is not installed");
        assertEquals(new TreeSet<>(Main.commands()), new TreeSet<>(complete("translate ")));
        assertEquals(
                Dialects.all().stream().map(Dialect::name).collect(Collectors.toSet()),
                Set.copyOf(complete("translate solver.prototxt --to ")));
        assertEquals(List.of("caffe"), complete("translate model.json --to caf"));
        assertEquals(
                Dialects.all().stream()
                        .flatMap(dialect -> dialect.styles().stream())
                        .filter(style -> style.startsWith("p"))
                        .collect(Collectors.toSet()),
                Set.copyOf(complete("translate solver.prototxt --to keras --as p")));
        assertEquals(Set.of("note", "warning", "error"), Set.copyOf(complete("translate check --fail-on ")));
        assertEquals(List.of("pom.xml"), complete("translate compare a b --net pom."));
    }

    /** A real zsh in a pseudo-terminal is given tabs. */
    @Test
    void zshOffersOptionsValuesAndCommands() throws IOException, InterruptedException {
        Assumptions.assumeTrue(runs("zsh", "--version"), "zsh is not installed");
        zshOffers("translate check --f", "--format  *-- *");
        zshOffers("translate solver.prototxt --to ", "darknet");
        zshOffers("translate check --format ", "gitlab");
        zshOffers(Completion.OTHER_NAME + " ", "frameworks");
    }

    private static void zshOffers(String line, String word) throws IOException, InterruptedException {
        Path script = Path.of("src/test/resources/completion/zsh-offers").toAbsolutePath();
        run("zsh", "-f", script.toString(), folder + "/completion/_translate", line, word);
    }

    /** fish itself is asked. */
    @Test
    void fishCompletesEveryOptionOfEveryCommand() throws IOException, InterruptedException {
        Assumptions.assumeTrue(runs("fish", "--version"), "fish is not installed");
        for (CommandSpec spec : specs()) {
            String line = spec.name().equals("translate") ? "translate solver.prototxt --" : spec.name() + " --";
            Set<String> names =
                    names(spec).stream().filter(n -> n.startsWith("--")).collect(Collectors.toSet());
            assertEquals(names, Set.copyOf(fish(line)), spec.name());
        }
        assertEquals(Set.of("gitlab", "github"), Set.copyOf(fish("translate check --format git")));
        assertEquals(List.of("darknet"), fish("samestep solver.prototxt --to dark"));
        assertTrue(fish("translate ").containsAll(Main.commands()));
    }

    /** What fish offers for the last word of a line. */
    private static List<String> fish(String line) throws IOException, InterruptedException {
        String script = "source " + folder + "/completion/translate.fish; complete -C '" + line + "'";
        return run("fish", "--no-config", "-c", script).stream()
                .map(offered -> offered.split("\t", 2)[0])
                .toList();
    }

    /** What bash offers for the last word of a line. */
    private static List<String> complete(String line) throws IOException, InterruptedException {
        // compopt works only in an interactive completion.
        String script = "compopt() { :; }; source \"$1\" || exit; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1));"
                + " COMP_LINE=\"$*\"; COMP_POINT=${#COMP_LINE}; _complete_translate; printf '%s\\n"
                + "' \"${COMPREPLY[@]}\"";
        List<String> command =
                new ArrayList<>(List.of("bash", "-c", script, "bash", folder + "/completion/translate.bash"));
        command.addAll(Arrays.asList(line.split(" ", -1)));
        return run(command.toArray(String[]::new)).stream()
                .filter(word -> !word.isBlank())
                .map(String::strip)
                .toList();
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return start(command).waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed").toFile())
                .start();
    }

    /** The lines that it prints, on either stream. */
    private static List<String> run(String... command) throws IOException, InterruptedException {
        Process process = start(command);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), () -> Arrays.toString(command));
        List<String> lines = Files.readAllLines(folder.resolve("printed"));
        assertEquals(0, process.exitValue(), lines.toString());
        return lines;
    }
}
