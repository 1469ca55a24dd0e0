package samestep.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import samestep.cli.Main.Terminal;
import samestep.compare.proof.Partners;
import samestep.dialect.Dialects;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.report.FindingText;
import samestep.report.StandingNotes;
import samestep.report.terminal.Screen;
import samestep.report.terminal.Wrapping;
import samestep.text.AtomicFile;
import samestep.text.Boundary;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.Spelling;
import samestep.text.UnreadableSourceException;
import samestep.text.Visible;
import samestep.translate.ConfigurationFile;
import samestep.translate.NamedPart;

/** What commands have in common. */
public abstract class Command {
    private final Options options;
    private @Nullable Terminal terminal;

    /**
     * A command.
     *
     * @param options what it can be given
     */
    Command(Options options) {
        this.options = options;
    }

    /** What it is given. */
    public final Options options() {
        return options;
    }

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
        List<Finding> shown = options.isQuiet()
                ? findings.stream().filter(f -> options.failsOn(f.severity())).toList()
                : findings;
        terminal().err().print(new FindingText(terminal().errScreen()).render(shown));
    }

    /** The findings of a translation: those about the file, and one line for those that hold for every file. */
    final void reportTranslation(List<Finding> findings) {
        if (options.isOn("--verbose") || options.isQuiet()) {
            report(findings);
        } else {
            terminal()
                    .err()
                    .print(StandingNotes.summarized(
                            findings, new FindingText(terminal().errScreen())));
        }
    }

    final int usage(String message) {
        say("translate: " + Visible.of(message));
        return Exit.USAGE;
    }

    /** A line on standard error, broken where the terminal ends. */
    final void say(String line) {
        terminal()
                .err()
                .print(Wrapping.lines(line + "\n", terminal().errScreen().width()));
    }

    /** The same, unless only what fails is wanted. */
    final void sayUnlessQuiet(String line) {
        if (!options.isQuiet()) {
            say(line);
        }
    }

    /** What the product is shown on: a file with {@code -o}, where nothing is broken or coloured. */
    final Screen outScreen() {
        return options.hasOutput() ? Screen.PLAIN : terminal().outScreen();
    }

    /** Does the work and gives the exit code; unreadable input is one line. */
    final int call() {
        try {
            options.colours().ifPresent(wanted -> terminal = terminal().withColours(wanted));
            Optional<String> wrong = options.wrong();
            if (wrong.isPresent()) {
                return usage(wrong.get());
            }
            Optional<String> nowhere = options.outputs().stream()
                    .flatMap(file -> nowhere(file).stream())
                    .findFirst();
            return nowhere.isPresent() ? usage("not written: " + nowhere.get()) : run();
        } catch (UnreadableSourceException e) {
            return usage(String.valueOf(e.getMessage()));
        }
    }

    /** Why a file cannot be written, as far as its folder says it: before the work, whose notes would hide it. */
    private static Optional<String> nowhere(Path output) {
        Path folder = output.toAbsolutePath().getParent();
        boolean somewhere = folder == null || Files.isDirectory(folder) || Files.isSymbolicLink(output);
        return somewhere ? Optional.empty() : Optional.of(output + ": no such folder to write into: " + folder);
    }

    /** Writes the product to standard output, or to the file of {@code -o}; false, with a line, where it cannot. */
    final boolean write(String product) {
        Optional<Path> output = options.path("-o");
        if (output.isEmpty()) {
            out().print(product);
            return !out().checkError();
        }
        try {
            AtomicFile.write(output.get(), product);
            return true;
        } catch (IOException e) {
            terminal().err().println("translate: not written: " + Visible.of(String.valueOf(e.getMessage())));
            return false;
        }
    }

    /** What to say of a file that is not there; nothing where it is. */
    static Optional<String> missing(String written) {
        String file = NamedPart.of(written).file();
        if (file.equals("-") || Files.exists(Path.of(file))) {
            return Optional.empty();
        }
        String near = Spelling.nearest(file, FileNames.beside(file));
        return Optional.of(file + ": no such file" + (near.isEmpty() ? "" : "; did you mean " + near + "?"));
    }

    /** The file of that name, or standard input. */
    final SourceText read(String written) throws UnreadableSourceException {
        String file = NamedPart.of(written).file();
        return file.equals("-")
                ? SourceReader.read(
                        options.wordOrDefault("--stdin-filename"), terminal().in())
                : Dialects.text(Path.of(file));
    }

    /**
     * The configuration in a file, with what options say of it.
     *
     * @param prefix before the options' names
     */
    final Outcome<ConfigurationFile> open(String file, String prefix) throws UnreadableSourceException {
        return open(read(file), prefix)
                .then(opened -> Outcome.of(opened.with(NamedPart.of(file).part()), List.of()));
    }

    /** The same of a text that was read. */
    final Outcome<ConfigurationFile> open(SourceText source, String prefix) throws UnreadableSourceException {
        Optional<SourceText> optimizer = readOption(prefix + "optimizer");
        Optional<SourceText> model = optimizer.isPresent() ? Optional.of(source) : readOption(prefix + "net");
        Outcome<ConfigurationFile> opened = ConfigurationFile.open(
                optimizer.orElse(source),
                model,
                options.word(prefix + "from"),
                Path.of("").toAbsolutePath(),
                options.isOn("--allow-outside") ? Boundary.open() : Boundary.around(Path.of("")));
        return opened.then(file -> Outcome.of(file.with(options.given()), List.of()));
    }

    /** The layers of {@code --map}; no value, and what is wrong with it, where it is not one to one. */
    final Outcome<Partners> partners() {
        Map<String, String> layers = new LinkedHashMap<>();
        for (String map : options.words("--map")) {
            String[] names = map.split("=", -1);
            if (names.length != 2 || names[0].isEmpty() || names[1].isEmpty()) {
                return Outcome.failed(Finding.of(Code.SS004, "--map: LAYER=LAYER, not \"" + map + "\""));
            }
            if (layers.containsKey(names[0]) || layers.containsValue(names[1])) {
                return Outcome.failed(
                        Finding.of(Code.SS004, "--map: a layer has one partner; \"" + map + "\" gives it another"));
            }
            layers.put(names[0], names[1]);
        }
        return Outcome.of(new Partners(layers), List.of());
    }

    /** The file of an option, if it is given. */
    final Optional<SourceText> readOption(String name) throws UnreadableSourceException {
        Optional<Path> file = options.path(name);
        return file.isEmpty() ? Optional.empty() : Optional.of(Dialects.text(file.get()));
    }

    /** Does the work and gives the exit code. */
    abstract int run() throws UnreadableSourceException;
}
