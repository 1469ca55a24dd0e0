package samestep.translate;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.ProgramText;
import samestep.dialect.Run;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.text.Boundary;
import samestep.text.SourceText;

/**
 * A configuration whose framework is known, ready to be read.
 *
 * @param dialect whose it is
 * @param input the text, its model, and where the files are looked for that it names
 */
public record ConfigurationFile(Dialect dialect, Input input) {
    /** What the settings of the check are called; the check, which is above this package, reads them. */
    private static final String SETTINGS = "samestep.yaml";

    /**
     * Finds out whose configuration a text is.
     *
     * @param source the configuration
     * @param model the model it trains, where that is a file of its own and given
     * @param framework whose it is, where you said so
     * @param workingDirectory from which files are looked for first
     * @return SS008 if no framework's reader recognises it, SS010 if there is no framework of that name
     */
    public static Outcome<ConfigurationFile> open(
            SourceText source, Optional<SourceText> model, Optional<String> framework, Path workingDirectory) {
        return open(source, model, framework, workingDirectory, Boundary.around(workingDirectory));
    }

    /**
     * The same.
     *
     * @param boundary where files are read that the configuration names, beside its own repository
     */
    public static Outcome<ConfigurationFile> open(
            SourceText source,
            Optional<SourceText> model,
            Optional<String> framework,
            Path workingDirectory,
            Boundary boundary) {
        Path here = workingDirectory.toAbsolutePath().normalize();
        Path folder = folder(source, here);
        NetLookup lookup = new NetLookup(here, folder, boundary.with(folder));
        Optional<Dialect> dialect = framework.isPresent()
                ? Dialects.named(framework.get())
                : Dialects.recognise(source)
                        .or(() -> model.flatMap(Dialects::recognise))
                        .or(() -> program(source, lookup));
        if (dialect.isEmpty()) {
            return Outcome.failed(framework
                    .map(name -> Finding.of(Code.SS010, Dialects.unknown(name)))
                    .orElseGet(() -> Finding.of(Code.SS008, source.name() + " " + unknown(source))));
        }
        Input input = new Input(source, model, lookup);
        return Outcome.of(new ConfigurationFile(dialect.get(), input), List.of());
    }

    /** You named the program, so the modules it imports are worth a look. */
    private static Optional<Dialect> program(SourceText source, NetLookup lookup) {
        return source.name().endsWith(".py") ? Dialects.ofProgram(source, lookup.home()) : Optional.empty();
    }

    /** What to say of a text that no reader recognises. */
    private static String unknown(SourceText source) {
        if (source.withoutMark().isBlank()) {
            return "is empty";
        }
        if (source.name().equals(SETTINGS) || source.name().endsWith("/" + SETTINGS)) {
            return "has the settings of translate check; it is not a training configuration: name one";
        }
        return Dialects.unread(source)
                .map(form -> "is " + form + ", which cannot be read yet")
                .orElseGet(() -> ProgramText.isOne(source)
                        ? "is a Python program in which no training with Keras, PyTorch, TensorFlow 1 or Optax is found"
                        : "is not recognised as a configuration of " + Dialects.names()
                                + "; say what it is with --from");
    }

    /** The folder of the file; the working directory for a text that is not a file, such as {@code <stdin>}. */
    private static Path folder(SourceText source, Path workingDirectory) {
        Path parent = source.name().startsWith("<")
                ? null
                : workingDirectory.resolve(source.name()).normalize().getParent();
        return parent == null ? workingDirectory : parent;
    }

    /** The same with what is known of the run and is in no file. */
    public ConfigurationFile with(Run run) {
        return new ConfigurationFile(dialect, input.with(run));
    }

    /** The same, of which a part is meant. */
    public ConfigurationFile with(Optional<String> part) {
        return new ConfigurationFile(dialect, input.with(part));
    }

    /** What it means. */
    public Outcome<Recipe> read() {
        return Computed.of(input.source(), Optional.empty(), () -> dialect.read(input));
    }
}
