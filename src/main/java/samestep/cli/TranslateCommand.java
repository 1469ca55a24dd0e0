package samestep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.report.ResultLine;
import samestep.report.TranslationJson;
import samestep.text.AtomicFile;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.Spelling;
import samestep.text.UnreadableSourceException;
import samestep.translate.ConfigurationFile;
import samestep.translate.Translation;
import samestep.translate.Translator;

/** The main job: a configuration in, the other framework's out. */
@CommandLine.Command(
        name = "translate",
        description = "Writes a training configuration of one framework as one of another that takes the same steps,"
                + " and says what is not the same.",
        footer = {
            "",
            "Commands: compare (are two files the same training?), train (the reference trainer), frameworks."
                    + " A file with such a name is ./NAME.",
            "",
            "Exit codes: 0 proven to be the same training, 1 not proven or warnings, 2 wrong usage or unusable input,"
                    + " 70 a defect of this tool.",
            "",
            "Examples:",
            "  translate solver.prototxt --to keras",
            "  translate solver.prototxt --net train_val.prototxt --to keras --as python -o port.py"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class TranslateCommand extends Command {
    @Parameters(paramLabel = "FILE", arity = "0..*", description = "the configuration; - reads standard input")
    private List<String> files = new ArrayList<>();

    @Option(names = "--to", paramLabel = "FRAMEWORK", description = "what to write; see: translate frameworks")
    private @Nullable String to;

    @Option(names = "--from", paramLabel = "FRAMEWORK", description = "what FILE is, if it is not recognised rightly")
    private @Nullable String from;

    @Option(names = "--net", paramLabel = "FILE", description = "the net that a Caffe solver trains")
    private @Nullable Path net;

    @Option(names = "--as", paramLabel = "STYLE", description = "json (the default) or python")
    private @Nullable String style;

    @Option(names = "-o", paramLabel = "FILE", description = "write there, whole or not at all")
    private @Nullable Path output;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "text, or json: verdict, configuration, changes and findings in one document (not stable yet)")
    private String format = "text";

    @Option(
            names = "--fail-on",
            paramLabel = "LEVEL",
            defaultValue = "warning",
            description = "exit 1 for findings at or above: note, warning, error")
    private Severity failOn = Severity.WARNING;

    @Option(
            names = "--stdin-filename",
            paramLabel = "NAME",
            defaultValue = "<stdin>",
            description = "what standard input is called, and where its net is looked for")
    private String standardInputName = "<stdin>";

    @Override
    int run() throws UnreadableSourceException {
        if (files.isEmpty()) {
            return usage("name the file to translate");
        }
        if (files.size() > 1) {
            return usage("one configuration at a time; a Caffe solver's net goes with --net " + files.get(1));
        }
        String file = files.get(0);
        Optional<Integer> wrong = checkOptions(file);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        SourceText source = file.equals("-")
                ? SourceReader.read(standardInputName, terminal().in())
                : SourceReader.read(Path.of(file));
        Optional<SourceText> model = net == null ? Optional.empty() : Optional.of(SourceReader.read(net));
        Dialect writer = Dialects.named(to == null ? "" : to).orElseThrow();
        Outcome<ConfigurationFile> opened =
                ConfigurationFile.open(source, model, Optional.ofNullable(from), workingDirectory());
        if (opened.value().isEmpty()) {
            return usage(opened.findings().get(0).message());
        }
        ConfigurationFile configuration = opened.value().get();
        if (configuration.dialect().equals(writer)) {
            return usage(source.name() + " is a " + writer.title() + " configuration already");
        }
        return translate(new Translator(configuration.dialect(), writer).translate(configuration.input()), writer);
    }

    /** What is wrong with the options, before anything is read. */
    private Optional<Integer> checkOptions(String given) {
        boolean missing = !given.equals("-") && !Files.exists(Path.of(given));
        String command = Spelling.nearest(given, Main.commands());
        if (missing && !command.isEmpty() && !given.contains(".")) {
            return Optional.of(
                    usage("no file and no command \"" + given + "\"; did you mean \"translate " + command + "\"?"));
        }
        if (given.equals("help")) {
            return Optional.of(usage("for help: translate --help, translate train --help"));
        }
        if (missing) {
            String near = Spelling.nearest(given, FileNames.beside(given));
            return Optional.of(
                    usage(given + ": no such file" + (near.isEmpty() ? "" : "; did you mean " + near + "?")));
        }
        if (to == null) {
            return Optional.of(usage("say what to write: --to keras"));
        }
        return unknownFramework(to, "--to", true)
                .or(() -> from == null ? Optional.empty() : unknownFramework(from, "--from", false))
                .or(this::unknownStyle);
    }

    private Optional<Integer> unknownFramework(String name, String option, boolean written) {
        Optional<Dialect> dialect = Dialects.named(name);
        if (dialect.isPresent() && (!written || dialect.get().writes())) {
            return Optional.empty();
        }
        if (dialect.isPresent()) {
            return Optional.of(usage(dialect.get().title() + " can be read and not yet written"));
        }
        String near = Spelling.nearest(
                name, Dialects.all().stream().map(Dialect::name).toList());
        return Optional.of(usage(option + ": no framework \"" + name + "\"; "
                + (near.isEmpty() ? "there are " + names() : "did you mean " + near + "?")));
    }

    private Optional<Integer> unknownStyle() {
        if (!format.equals("text") && !format.equals("json")) {
            return Optional.of(usage("--format: text or json, not \"" + format + "\""));
        }
        Dialect writer = Dialects.named(to == null ? "" : to).orElseThrow();
        boolean known = style == null || writer.styles().contains(style);
        return known
                ? Optional.empty()
                : Optional.of(usage("--as: " + String.join(" or ", writer.styles()) + ", not \"" + style + "\""));
    }

    private static String names() {
        return String.join(", ", Dialects.all().stream().map(Dialect::name).toList());
    }

    private static Path workingDirectory() {
        return Path.of("").toAbsolutePath();
    }

    private int translate(Outcome<Translation> outcome, Dialect writer) {
        List<Finding> findings = outcome.findings();
        if (outcome.value().isEmpty()) {
            report(findings);
            terminal().err().println("result: nothing written");
            return Exit.USAGE;
        }
        Translation translation = outcome.value().get();
        String chosen = style == null ? writer.styles().iterator().next() : style;
        String configuration = translation.proposal().texts().getOrDefault(chosen, "");
        boolean json = format.equals("json");
        String product = json
                ? TranslationJson.print(
                        configuration,
                        chosen.equals("json"),
                        translation.comparison(),
                        translation.verbatimDrift(),
                        findings)
                : configuration;
        if (!json) {
            report(findings);
        }
        if (!write(product)) {
            return Exit.USAGE;
        }
        terminal().err().println(ResultLine.of(translation.comparison(), translation.verbatimDrift(), findings));
        boolean fails = findings.stream().anyMatch(f -> f.severity().compareTo(failOn) >= 0);
        return translation.comparison().isProven() && !fails ? Exit.SAME : Exit.NOT_PROVEN;
    }

    private boolean write(String product) {
        if (output == null) {
            out().print(product);
            out().flush();
            return true;
        }
        try {
            AtomicFile.write(output, product);
            return true;
        } catch (IOException e) {
            List<String> words = new ArrayList<>(List.of("translate: not written:"));
            words.add(String.valueOf(e.getMessage()));
            terminal().err().println(String.join(" ", words));
            return false;
        }
    }
}
