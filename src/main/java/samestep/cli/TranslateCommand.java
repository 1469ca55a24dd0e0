package samestep.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import samestep.compare.proof.Partners;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.report.ResultLine;
import samestep.report.json.TranslationJson;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;
import samestep.translate.ConfigurationFile;
import samestep.translate.NamedPart;
import samestep.translate.Translation;
import samestep.translate.Translator;

/** The main job: a configuration in, the other framework's out. */
final class TranslateCommand extends Command {
    /** Before the API in a style, for frameworks that have several in one language. */
    private static final String PYTHON_OF = "python-";

    TranslateCommand() {
        super(new Options(
                        "translate",
                        "Writes a training configuration of one framework as one of another that takes the same steps,"
                                + " and says what is not the same.")
                .files("the configuration; - reads standard input")
                .word("--to", "FRAMEWORK", "what to write; see: translate frameworks")
                .configuration("--", "FILE")
                .word("--as", "STYLE", "json (the default) or python")
                .word(
                        "--api",
                        "API",
                        "with --to tensorflow --as python: tf1-estimator (the default), slim, or tf.keras")
                .word("--keras-version", "VERSION", "which Keras to write: 1, 2.3, tf.keras, 2.15, or 3 (the default)")
                .path("--onto", "change this file of the target framework: a Keras model, or a Caffe net")
                .flag("--in-place", "with --onto: write the changes into that file")
                .flag("--diff", "with --onto: print the changes, and write nothing")
                .words(
                        "--map",
                        "LAYER=LAYER",
                        "with --onto: a layer of FILE and what it is called there; can be repeated")
                .path(
                        CertificateRun.OPTION,
                        "with --to: writes there what proves that the update is the same (JSON), for others to check")
                .output()
                .choice(
                        "--format",
                        "FORMAT",
                        List.of("text", "json"),
                        "text, or json: verdict, configuration, changes and findings in one document")
                .flag("-v", "--verbose", "notes that hold for every file, too")
                .run()
                .failOn()
                .allowOutside()
                .standardInputName()
                .footer(
                        "",
                        "Commands: compare (are two files the same training?), check (mistakes in a repository),"
                                + " explain (what a file means, or a finding), train (the reference trainer), frameworks,"
                                + " verify-certificate (what --certificate has written), lsp (an editor's language server), mcp (tools"
                                + " for coding agents). A file with such a name is ./NAME.",
                        "",
                        "Examples:",
                        "  translate solver.prototxt --to keras",
                        "  translate solver.prototxt --net train_val.prototxt \\",
                        "      --to keras --as python -o port.py"));
    }

    @Override
    int run() throws UnreadableSourceException {
        List<String> files = options().files();
        if (files.isEmpty()) {
            return usage("name the file to translate");
        }
        Optional<String> command = commandMeantBy(files.get(0));
        if (command.isPresent()) {
            return usage("no file and no command \"" + files.get(0) + "\"; did you mean \"translate " + command.get()
                    + "\"?");
        }
        if (files.size() > 2) {
            return usage(
                    "one configuration at a time, and " + files.size() + " are named; run the command once for each");
        }
        if (files.size() > 1) {
            return usage("one configuration at a time; a Caffe solver's net goes with --net " + files.get(1));
        }
        String file = files.get(0);
        Optional<Integer> wrong = checkOptions(file);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        Optional<Path> onto = options().path("--onto");
        if (onto.isPresent()) {
            return onto(file, onto.get());
        }
        Dialect writer = writer();
        Outcome<ConfigurationFile> opened = open(file, "--");
        if (opened.value().isEmpty()) {
            return usage(opened.findings().get(0).message());
        }
        ConfigurationFile configuration = opened.value().get();
        // Another version or another form of the same framework is something else.
        boolean sameVersion = options().word("--keras-version").isEmpty();
        boolean sameStyle = options().word("--as").isEmpty()
                || writer.hasStyle(configuration.input().source(), style(writer));
        if (configuration.dialect().name().equals(writer.name()) && sameVersion && sameStyle) {
            boolean isVowel = "AEIOU".indexOf(writer.title().charAt(0)) >= 0;
            return usage(configuration.input().source().name() + (isVowel ? " is an " : " is a ") + writer.title()
                    + " configuration already");
        }
        return translate(
                new Translator(configuration.dialect(), writer).translate(configuration.input(), style(writer)),
                configuration.input().source().name(),
                writer);
    }

    private Optional<Integer> wrongWithOnto() {
        if (options().isOn("--in-place") && options().isOn("--diff")) {
            return Optional.of(usage("--in-place writes and --diff does not: one of them"));
        }
        if (options().word("--as").isPresent()
                || options().word("--keras-version").isPresent()) {
            return Optional.of(usage("--onto keeps the file's own form and version: no --as, no --keras-version"));
        }
        if (options().path(CertificateRun.OPTION).isPresent()) {
            return Optional.of(usage(CertificateRun.OPTION + " goes with --to; of a file that --onto has changed:"
                    + " translate compare SOURCE FILE " + CertificateRun.OPTION + " CERTIFICATE"));
        }
        return missing(options().path("--onto").orElseThrow().toString()).map(this::usage);
    }

    private int onto(String file, Path onto) throws UnreadableSourceException {
        Outcome<Partners> partners = partners();
        if (partners.value().isEmpty()) {
            return usage(partners.findings().get(0).message());
        }
        NamedPart named = NamedPart.of(onto.toString());
        SourceText existing = Dialects.text(Path.of(named.file()));
        Optional<Dialect> to = options().word("--to").flatMap(Dialects::named).or(() -> Dialects.recognise(existing));
        if (to.isEmpty()) {
            return usage(existing.name() + " is not recognised; say what it is with --to");
        }
        Outcome<ConfigurationFile> opened = open(file, "--");
        if (opened.value().isEmpty()) {
            return usage(opened.findings().get(0).message());
        }
        Outcome<ConfigurationFile> target = ConfigurationFile.open(
                existing,
                Optional.empty(),
                Optional.of(to.get().name()),
                Path.of("").toAbsolutePath());
        return new RewriteRun(this, Path.of(named.file()))
                .run(
                        opened.value().get(),
                        target.value().orElseThrow().with(named.part()),
                        partners.value().get());
    }

    /** The command that a first word is nearly, where there is no such file. */
    private static Optional<String> commandMeantBy(String given) {
        if (given.equals("-") || given.contains(".") || Files.exists(Path.of(given))) {
            return Optional.empty();
        }
        return Choices.command(given);
    }

    /** What is wrong with the options, before anything is read. */
    private Optional<Integer> checkOptions(String given) {
        Optional<String> missing = missing(given);
        if (missing.isPresent()) {
            return missing.map(this::usage);
        }
        Optional<String> to = options().word("--to");
        if (options().path("--onto").isPresent()) {
            return wrongWithOnto();
        }
        if (options().isOn("--in-place")
                || options().isOn("--diff")
                || !options().words("--map").isEmpty()) {
            return Optional.of(usage("--in-place, --diff and --map go with --onto FILE"));
        }
        if (to.isEmpty()) {
            return Optional.of(usage("say what to write: --to, with one of " + Dialects.written()));
        }
        return unknownFramework(to.get(), "--to", true)
                .or(() -> options().word("--from").flatMap(from -> unknownFramework(from, "--from", false)))
                .or(this::unknownVersion)
                .or(this::unknownStyle);
    }

    private Dialect writer() {
        Dialect dialect = options().word("--to").flatMap(Dialects::named).orElseThrow();
        return options().word("--keras-version").map(dialect::inVersion).orElse(dialect);
    }

    private Optional<Integer> unknownVersion() {
        Dialect dialect = options().word("--to").flatMap(Dialects::named).orElseThrow();
        return options()
                .word("--keras-version")
                .filter(version -> !dialect.versions().contains(version))
                .map(version -> usage(
                        dialect.versions().isEmpty()
                                ? "--keras-version goes with --to keras"
                                : Choices.wrong("--keras-version", dialect.versions(), version)));
    }

    private Optional<Integer> unknownFramework(String name, String option, boolean written) {
        Optional<Dialect> dialect = Dialects.named(name);
        if (dialect.isPresent() && (!written || dialect.get().writes())) {
            return Optional.empty();
        }
        if (dialect.isPresent()) {
            return Optional.of(usage(dialect.get().title() + " can be read and not yet written"));
        }
        return Optional.of(usage(option + ": " + Dialects.unknown(name)));
    }

    private Optional<Integer> unknownStyle() {
        Set<String> styles = writer().styles();
        Optional<String> api = options().word("--api");
        Set<String> apis = apis(styles);
        if (api.isPresent() && !apis.contains(api.get())) {
            return Optional.of(usage(
                    apis.isEmpty()
                            ? "--api goes with --to tensorflow --as python"
                            : Choices.wrong("--api", apis, api.get())));
        }
        return options()
                .word("--as")
                .filter(as -> !styles.contains(style(writer())))
                .map(as -> usage(Choices.wrong("--as", words(styles), as)));
    }

    /** The values of {@code --api}: the part after the hyphen in {@code python-slim}. */
    private static Set<String> apis(Set<String> styles) {
        return styles.stream()
                .filter(style -> style.startsWith(PYTHON_OF))
                .map(style -> style.substring(PYTHON_OF.length()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What {@code --as} may be. */
    private static Set<String> words(Set<String> styles) {
        return styles.stream()
                .map(style -> style.startsWith(PYTHON_OF) ? "python" : style)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private String style(Dialect writer) {
        Optional<String> api = options().word("--api");
        String byDefault =
                api.isPresent() ? "python" : writer.styles().iterator().next();
        String as = options().word("--as").orElse(byDefault);
        Set<String> apis = apis(writer.styles());
        return as.equals("python") && !apis.isEmpty()
                ? PYTHON_OF + api.orElseGet(() -> apis.iterator().next())
                : as;
    }

    private int translate(Outcome<Translation> outcome, String source, Dialect writer) {
        List<Finding> findings = outcome.findings();
        if (outcome.value().isEmpty()) {
            report(findings);
            say("result: nothing written");
            return Exit.USAGE;
        }
        Translation translation = outcome.value().get();
        String chosen = style(writer);
        String configuration = translation.proposal().texts().getOrDefault(chosen, "");
        boolean json = options().chosen("--format").equals("json");
        String product = json
                ? TranslationJson.print(configuration, chosen.equals("json"), translation, findings)
                : configuration;
        if (!json) {
            reportTranslation(findings);
        }
        if (!write(product)) {
            return Exit.USAGE;
        }
        sayUnlessQuiet(ResultLine.of(translation.comparison(), translation.verbatimDrift(), findings));
        boolean fails = findings.stream().anyMatch(f -> options().failsOn(f.severity()));
        return certify(translation, source, translation.isSameTraining() && !fails ? Exit.SAME : Exit.NOT_PROVEN);
    }

    private int certify(Translation translation, String source, int code) {
        String written = options().path("-o").map(Path::toString).orElse("standard output");
        return new CertificateRun(options(), terminal())
                .write(
                        new CertificateRun.Named(source, translation.source()),
                        new CertificateRun.Named(written, translation.written()),
                        Partners.byName(),
                        translation.comparison(),
                        code);
    }
}
