package samestep;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import samestep.check.Fixer;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.LibraryVersions;
import samestep.dialect.Run;
import samestep.explain.Explainer;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.version.Installed;
import samestep.text.Edits;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;
import samestep.translate.ConfigurationFile;
import samestep.translate.FileComparer;
import samestep.translate.FileComparison;
import samestep.translate.FileRewriter;
import samestep.translate.Remedy;
import samestep.translate.Translator;
import samestep.translate.setting.SettingRewriter;

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
    private final ProofMemory memory;
    private final Run run;

    /** Looks for the files that configurations name in the working directory, then beside the configuration. */
    public Samestep() {
        this(Path.of(""));
    }

    /**
     * Looks for the files that configurations name in a given directory first.
     *
     * @param workingDirectory where the framework would be started, for paths in its files are relative to that
     */
    public Samestep(Path workingDirectory) {
        this(workingDirectory, new ProofMemory(), Run.UNKNOWN);
    }

    private Samestep(Path workingDirectory, ProofMemory memory, Run run) {
        this.workingDirectory = workingDirectory;
        this.memory = memory;
        this.run = run;
    }

    /**
     * The same for runs on data of known size, which no configuration says: epochs become updates as each framework counts
     * them.
     *
     * @param samples of the training data
     * @param devices how many train together, each with its own batches
     * @return another instance, which shares the proofs
     * @throws IllegalArgumentException if one of them is not positive
     */
    public Samestep withDataSet(long samples, int devices) {
        return with(new Run(
                OptionalLong.of(positive(samples)),
                run.updatesPerEpoch(),
                OptionalInt.of(Math.toIntExact(positive(devices))),
                run.versions()));
    }

    /**
     * The same for runs of which it is known how many updates an epoch has; it comes before the size of the data.
     *
     * @param updates in an epoch
     * @return another instance, which shares the proofs
     * @throws IllegalArgumentException if it is not positive
     */
    public Samestep withUpdatesPerEpoch(long updates) {
        return with(new Run(run.dataSet(), OptionalLong.of(positive(updates)), run.devices(), run.versions()));
    }

    /**
     * The same for runs with a version of a library: it decides the defaults that versions have changed, before the lock
     * files of the repository do.
     *
     * @param library the package's name, such as {@code deepspeed}
     * @param version such as {@code 0.18.0}
     * @return another instance, which shares the proofs
     * @throws IllegalArgumentException if it is not a version, or no default depends on the version of that library
     */
    public Samestep withVersion(String library, String version) {
        Installed installed = LibraryVersions.parse(library + "=" + version);
        return with(
                new Run(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty(), List.of(installed)).or(run));
    }

    private Samestep with(Run other) {
        return new Samestep(workingDirectory, memory, other);
    }

    private static long positive(long number) {
        if (number < 1) {
            throw new IllegalArgumentException(number + " is not positive");
        }
        return number;
    }

    /**
     * Reads a file; a net that a Caffe solver names is looked for.
     *
     * @param file a text of at most 32 MiB, or an archive ({@code .keras}, {@code .h5}) that holds one
     * @return what it says; without a recipe, and with an error, where it cannot be read
     */
    public Configuration read(Path file) {
        return read(file, Optional.empty());
    }

    /**
     * Reads a file with the model that it trains.
     *
     * @param file the configuration: a solver, a serialized optimizer
     * @param model the model: a net, a model's JSON
     * @return what both say together; without a recipe, and with an error, where one cannot be read
     */
    public Configuration read(Path file, Path model) {
        return read(file, Optional.of(model));
    }

    /**
     * Reads a text.
     *
     * @param name what findings call it; where it has a folder, files that the text names are looked for there
     * @param text the configuration
     * @return what it says; without a recipe, and with an error, where it cannot be read
     */
    public Configuration read(String name, String text) {
        return new Configuration(name, open(new SourceText(name, text), Optional.empty()));
    }

    /**
     * Reads a text with the model that it trains, both in memory.
     *
     * @param name what findings call the configuration
     * @param text the configuration: a solver, a serialized optimizer
     * @param modelName what findings call the model
     * @param model the model: a net, a model's JSON
     * @return what both say together; without a recipe, and with an error, where one cannot be read
     */
    public Configuration read(String name, String text, String modelName, String model) {
        return new Configuration(name, open(new SourceText(name, text), Optional.of(new SourceText(modelName, model))));
    }

    private Configuration read(Path file, Optional<Path> model) {
        Outcome<ConfigurationFile> opened = source(file)
                .then(source -> model.isEmpty()
                        ? open(source, Optional.empty())
                        : source(model.get()).then(net -> open(source, Optional.of(net))));
        return new Configuration(file.toString(), opened);
    }

    private Outcome<ConfigurationFile> open(SourceText source, Optional<SourceText> model) {
        return ConfigurationFile.open(source, model, Optional.empty(), workingDirectory)
                .then(file -> Outcome.of(file.with(run), List.of()));
    }

    private static Outcome<SourceText> source(Path file) {
        try {
            return Outcome.of(Dialects.text(file), List.of());
        } catch (UnreadableSourceException e) {
            return Outcome.failed(samestep.finding.Finding.of(Code.SS002, file + ": " + e.reason()));
        }
    }

    /**
     * Writes a configuration as one of another framework, in its usual style. Nothing is written to a file.
     *
     * @param configuration what it should mean; where it could not be read, nothing is written
     * @param to the framework to write for
     * @return the text, how much it is the same, and every field that is not in it among the findings
     * @throws IllegalArgumentException if the framework's configurations cannot be written, see {@link
     *     Framework#styles()}
     */
    public Translation translate(Configuration configuration, Framework to) {
        return translate(configuration, to, to.styles().stream().findFirst().orElse(""));
    }

    /**
     * The same, in a style that may be able to say more than the usual one: Python has a subclass for what Keras' JSON
     * cannot say. The comparison is of this style.
     *
     * @param configuration what it should mean
     * @param to the framework to write for
     * @param style one of {@link Framework#styles()}
     * @return the texts, and how much the one of this style is the same
     * @throws IllegalArgumentException if the framework's configurations cannot be written, or not in this style
     */
    public Translation translate(Configuration configuration, Framework to, String style) {
        Dialect dialect = Dialects.named(to.name())
                .filter(Dialect::writes)
                .orElseThrow(() -> new IllegalArgumentException(to + " cannot be written"));
        if (!dialect.styles().contains(style)) {
            throw new IllegalArgumentException(to + " is written as " + dialect.styles() + ", not as " + style);
        }
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
                        .map(t -> Comparison.of(t.comparison(), t.settings()))
                        .orElseGet(() -> Comparison.unknown("nothing was written")),
                Finding.of(outcome.findings()));
    }

    /**
     * Changes an existing document so that it means what a configuration means: a Keras model, or a Caffe net. Nothing is
     * written to a file.
     *
     * @param source what it should mean
     * @param name what findings call the document
     * @param text the document
     * @param layers what layers of the source are called in the document, where it is another name
     * @return the changes, and how much the document is then the same
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
        Partners partners = new Partners(layers);
        ConfigurationFile document = new ConfigurationFile(to.get(), Input.of(existing));
        Outcome<FileRewriter.Rewritten> outcome =
                new FileRewriter(source.file().get(), to.get(), partners, memory).rewrite(document);
        SettingRewriter settings = new SettingRewriter(source.file().get(), document, partners, memory);
        return outcome.value()
                .map(settings::rewritten)
                .map(r -> new Rewriting(
                        r.rewrite().edits().stream().map(Edit::of).toList(),
                        r.rewrite().beside(),
                        Comparison.of(r.comparison(), r.settings()),
                        Finding.of(Stream.concat(
                                        outcome.findings().stream(),
                                        r.checklist().finding(to.get().title()).stream())
                                .toList())))
                .orElseGet(() -> new Rewriting(
                        List.of(),
                        Optional.empty(),
                        Comparison.unknown("nothing was changed"),
                        Finding.of(outcome.findings())));
    }

    /**
     * Whether two configurations, of one framework or of two, are the same training. Layers are partners by their names.
     *
     * @param a what is meant
     * @param b what is held against it, and what the edits are of
     * @return the verdicts; {@link Verdict.Kind#UNKNOWN} where one could not be read
     */
    public Comparison compare(Configuration a, Configuration b) {
        return compare(a, b, Map.of());
    }

    /**
     * The same, where layers have other names on the other side.
     *
     * @param a what is meant
     * @param b what is held against it, and what the edits are of
     * @param layers what layers of {@code a} are called in {@code b}; the others are partners by their names
     * @return the verdicts; {@link Verdict.Kind#UNKNOWN} where one could not be read
     */
    public Comparison compare(Configuration a, Configuration b, Map<String, String> layers) {
        Optional<Configuration> unread =
                Stream.of(a, b).filter(c -> c.recipe().isEmpty()).findFirst();
        if (unread.isPresent()) {
            return Comparison.unknown(unread.get().name() + " could not be read");
        }
        ConfigurationFile first = a.file().orElseThrow();
        ConfigurationFile second = b.file().orElseThrow();
        Outcome<FileComparison> outcome = new FileComparer(first, second, new Partners(layers), memory).compare();
        if (outcome.value().isEmpty()) {
            return Comparison.unknown(outcome.findings().stream()
                    .map(samestep.finding.Finding::message)
                    .findFirst()
                    .orElse("they could not be compared"));
        }
        FileComparison compared = outcome.value().get();
        List<Edit> edits = compared.remedies().stream()
                .filter(Remedy::isOfTheTarget)
                .map(remedy -> Edit.of(remedy.edit()))
                .toList();
        return Comparison.of(compared.comparison(), Difference.of(compared.rows(), compared.settings()), edits);
    }

    /**
     * Says what a configuration does, in equations and numbers.
     *
     * @param configuration what is explained
     * @return what the command {@code explain} says; only findings where it cannot be read, or where its numbers give no
     *     value to compute with
     */
    public Explanation explain(Configuration configuration) {
        if (configuration.file().isEmpty()) {
            return Explanation.unread(configuration.findings());
        }
        ConfigurationFile file = configuration.file().get();
        Outcome<samestep.explain.Explanation> explained = Explainer.explain(file, run);
        List<Finding> findings = Finding.of(explained.findings());
        return explained.value().map(e -> Explanation.of(e, findings)).orElseGet(() -> Explanation.unread(findings));
    }

    /**
     * Looks for mistakes in files, and whether the pairs are the same training that a {@code samestep.yaml} declares, as the
     * command {@code check} does. Nothing is written.
     *
     * @param files files and folders, relative to the working directory; in a folder, what git ignores is passed over
     * @return what was found; SS802 if a {@code samestep.yaml} cannot be used
     */
    public Check check(List<Path> files) {
        return new RepositoryCheck(workingDirectory, run).check(files);
    }

    /**
     * The same for a text in the place of a file, such as one that an editor holds.
     *
     * @param name the file's name, which decides what {@code samestep.yaml} says of it; the file need not exist
     * @param text what it would hold
     * @return what was found in the text, and in the pairs that it is of
     */
    public Check check(String name, String text) {
        return new RepositoryCheck(workingDirectory, run).check(new SourceText(name, text));
    }

    /**
     * Applies edits to the file that they are of, also inside an archive ({@code .keras}). The file is written whole or not
     * at all, in its own encoding, and nothing outside the edits changes. Links are followed, permissions kept.
     *
     * @param file as it was read
     * @param edits in any order; without any, nothing is done
     * @return nothing if all is written; else why the file stays as it is: it was changed meanwhile, is read-only, cannot
     *     be read or written
     * @throws IllegalArgumentException if edits overlap
     */
    public List<Finding> write(Path file, List<Edit> edits) {
        if (edits.isEmpty()) {
            return List.of();
        }
        Outcome<Fixer.Change> change = source(file).then(text -> change(file, text, edits));
        return Finding.of(Stream.concat(change.findings().stream(), change.value().flatMap(Fixer::write).stream())
                .toList());
    }

    private static Outcome<Fixer.Change> change(Path file, SourceText text, List<Edit> edits) {
        if (!edits.stream().allMatch(edit -> text.text().startsWith(edit.replaced(), edit.offset()))) {
            return Outcome.failed(samestep.finding.Finding.of(
                    Code.SS803, file + " is not changed: it is not the text that the edits are of; read it again"));
        }
        List<samestep.text.Edit> own = edits.stream().map(edit -> edit.in(text)).toList();
        return Outcome.of(new Fixer.Change(file, text, Edits.apply(text, own), own.size()), List.of());
    }
}
