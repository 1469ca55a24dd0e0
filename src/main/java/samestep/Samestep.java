package samestep;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.compare.Partners;
import samestep.compare.ProofMemory;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;
import samestep.translate.ConfigurationFile;
import samestep.translate.FileComparer;
import samestep.translate.FileComparison;
import samestep.translate.FileRewriter;
import samestep.translate.Remedy;
import samestep.translate.Translator;

/**
 * Reads, translates and compares training configurations.
 *
 * <p>Bad input is a value: a file that is missing, malformed or of no known framework gives a {@link Configuration}
 * without a {@link Recipe}, whose findings say what is wrong and where. Exceptions are for misuse of this API and for
 * defects of Samestep.
 *
 * <p>Instances may be shared among threads. An instance remembers its proofs, so one for many files is faster than one for
 * each.
 */
public final class Samestep {
    private final Path workingDirectory;
    private final ProofMemory memory = new ProofMemory();

    /** Looks for the files that configurations name in the working directory, then beside the configuration. */
    public Samestep() {
        this(Path.of(""));
    }

    /** Looks for the files that configurations name in a directory of one's own choice first. */
    public Samestep(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    /** Reads a file; a net that a Caffe solver names is looked for. */
    public Configuration read(Path file) {
        return read(file, Optional.empty());
    }

    /** Reads a file with the model that it trains. */
    public Configuration read(Path file, Path model) {
        return read(file, Optional.of(model));
    }

    /**
     * Reads a text.
     *
     * @param name what findings call it; where it has a folder, files that the text names are looked for there
     */
    public Configuration read(String name, String text) {
        return new Configuration(name, open(new SourceText(name, text), Optional.empty()));
    }

    private Configuration read(Path file, Optional<Path> model) {
        Outcome<ConfigurationFile> opened = source(file)
                .then(source -> model.isEmpty()
                        ? open(source, Optional.empty())
                        : source(model.get()).then(net -> open(source, Optional.of(net))));
        return new Configuration(file.toString(), opened);
    }

    private Outcome<ConfigurationFile> open(SourceText source, Optional<SourceText> model) {
        return ConfigurationFile.open(source, model, Optional.empty(), workingDirectory);
    }

    private static Outcome<SourceText> source(Path file) {
        try {
            return Outcome.of(Dialects.text(file), List.of());
        } catch (UnreadableSourceException e) {
            return Outcome.failed(samestep.finding.Finding.of(Code.SS002, file + ": " + e.reason()));
        }
    }

    /**
     * Writes a configuration as one of another framework.
     *
     * @throws IllegalArgumentException if the framework's configurations cannot be written, see {@link
     *     Framework#styles()}
     */
    public Translation translate(Configuration configuration, Framework to) {
        return translate(configuration, to, to.styles().stream().findFirst().orElse(""));
    }

    /**
     * The same, in a style that may be able to say more than the usual one: Python has a subclass for what Keras' JSON
     * cannot say.
     *
     * @param style one of {@link Framework#styles()}
     * @throws IllegalArgumentException if the framework's configurations cannot be written
     */
    public Translation translate(Configuration configuration, Framework to, String style) {
        Dialect dialect = Dialects.named(to.name())
                .filter(Dialect::writes)
                .orElseThrow(() -> new IllegalArgumentException(to + " cannot be written"));
        if (configuration.file().isEmpty()) {
            Comparison unknown = Comparison.unknown(configuration.name() + " could not be read");
            return new Translation(to, Map.of(), unknown, configuration.findings());
        }
        ConfigurationFile file = configuration.file().get();
        Outcome<samestep.translate.Translation> outcome =
                new Translator(file.dialect(), dialect, memory).translate(file.input(), style);
        return new Translation(
                to,
                outcome.value().map(t -> t.proposal().texts()).orElse(Map.of()),
                outcome.value()
                        .map(t -> Comparison.of(t.comparison(), List.of()))
                        .orElseGet(() -> Comparison.unknown("nothing was written")),
                Finding.of(outcome.findings()));
    }

    /**
     * Changes an existing document so that it means what a configuration means: a Keras model, or a Caffe net.
     *
     * @param source what it should mean
     * @param name what findings call the document
     * @param text the document
     * @param layers what layers of the source are called in the document, where it is another name
     */
    public Rewriting rewrite(Configuration source, String name, String text, Map<String, String> layers) {
        SourceText existing = new SourceText(name, text);
        Optional<Dialect> to = Dialects.recognise(existing);
        if (source.file().isEmpty() || to.isEmpty()) {
            String unread = source.file().isEmpty() ? source.name() : name;
            List<Finding> findings = source.file().isEmpty()
                    ? source.findings()
                    : Finding.of(List.of(samestep.finding.Finding.of(Code.SS008, name + " is not recognised")));
            return new Rewriting(
                    List.of(), Optional.empty(), Comparison.unknown(unread + " could not be read"), findings);
        }
        Outcome<FileRewriter.Rewritten> outcome =
                new FileRewriter(source.file().get(), to.get(), new Partners(layers), memory).rewrite(existing);
        return outcome.value()
                .map(r -> new Rewriting(
                        r.rewrite().edits().stream().map(Edit::of).toList(),
                        r.rewrite().beside(),
                        Comparison.of(r.comparison(), List.of()),
                        Finding.of(outcome.findings())))
                .orElseGet(() -> new Rewriting(
                        List.of(),
                        Optional.empty(),
                        Comparison.unknown("nothing was changed"),
                        Finding.of(outcome.findings())));
    }

    /** Whether two configurations, of one framework or of two, are the same training. */
    public Comparison compare(Configuration a, Configuration b) {
        Optional<Configuration> unread =
                Stream.of(a, b).filter(c -> c.recipe().isEmpty()).findFirst();
        if (unread.isPresent()) {
            return Comparison.unknown(unread.get().name() + " could not be read");
        }
        ConfigurationFile first = a.file().orElseThrow();
        ConfigurationFile second = b.file().orElseThrow();
        FileComparison compared = new FileComparer(first, second, Partners.byName(), memory)
                .compare()
                .value()
                .orElseThrow();
        List<Edit> edits = compared.remedies().stream()
                .filter(Remedy::isOfTheTarget)
                .map(remedy -> Edit.of(remedy.edit()))
                .toList();
        return Comparison.of(compared.comparison(), edits);
    }
}
