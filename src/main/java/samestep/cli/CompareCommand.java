package samestep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import samestep.compare.Partners;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.report.ComparisonJson;
import samestep.report.ComparisonText;
import samestep.text.AtomicFile;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.Spelling;
import samestep.text.UnreadableSourceException;
import samestep.translate.ConfigurationFile;
import samestep.translate.FileComparer;
import samestep.translate.FileComparison;

/** Whether two configurations are the same training. */
@CommandLine.Command(
        name = "translate compare",
        description = "Says whether two configurations, of any frameworks, are the same training: value by value, with"
                + " what to write where they differ.",
        footer = {
            "",
            "Exit codes: 0 proven to be the same training, 1 not proven or warnings, 2 wrong usage or unusable input.",
            "",
            "Examples:",
            "  translate compare solver.prototxt model.json",
            "  translate compare old.prototxt new.prototxt --net old_net.prototxt --other-net new_net.prototxt"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CompareCommand extends Command {
    @Parameters(paramLabel = "FILE", arity = "0..*", description = "two configurations; - reads standard input")
    private List<String> files = new ArrayList<>();

    @Option(names = "--net", paramLabel = "FILE", description = "the net that the first, a Caffe solver, trains")
    private @Nullable Path net;

    @Option(names = "--other-net", paramLabel = "FILE", description = "the net that the second trains")
    private @Nullable Path otherNet;

    @Option(names = "--from", paramLabel = "FRAMEWORK", description = "what the first is, if not recognised rightly")
    private @Nullable String from;

    @Option(names = "--other-from", paramLabel = "FRAMEWORK", description = "what the second is")
    private @Nullable String otherFrom;

    @Option(
            names = "--map",
            paramLabel = "LAYER=LAYER",
            description = "a layer of the first and what it is called in the second; can be repeated")
    private List<String> maps = new ArrayList<>();

    @Option(names = "--measure", description = "runs both in the reference trainer, and prints how far they drift")
    private boolean measure;

    @Option(names = "-o", paramLabel = "FILE", description = "write there, whole or not at all")
    private @Nullable Path output;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json (not stable yet)")
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
        if (files.size() != 2) {
            return usage("name the two files to compare, such as: translate compare solver.prototxt model.json");
        }
        if (files.get(0).equals("-") && files.get(1).equals("-")) {
            return usage("only one of the two can be standard input");
        }
        if (!format.equals("text") && !format.equals("json")) {
            return usage("--format: text or json, not \"" + format + "\"");
        }
        for (String file : files) {
            if (!file.equals("-") && !Files.exists(Path.of(file))) {
                String near = Spelling.nearest(file, FileNames.beside(file));
                return usage(file + ": no such file" + (near.isEmpty() ? "" : "; did you mean " + near + "?"));
            }
        }
        Map<String, String> layers = new LinkedHashMap<>();
        for (String map : maps) {
            String[] names = map.split("=", -1);
            if (names.length != 2 || names[0].isEmpty() || names[1].isEmpty()) {
                return usage("--map: LAYER=LAYER, not \"" + map + "\"");
            }
            if (layers.containsKey(names[0]) || layers.containsValue(names[1])) {
                return usage("--map: a layer has one partner; \"" + map + "\" gives it another");
            }
            layers.put(names[0], names[1]);
        }
        Outcome<ConfigurationFile> first = open(files.get(0), net, from);
        if (first.value().isEmpty()) {
            return usage(first.findings().get(0).message());
        }
        Outcome<ConfigurationFile> second = open(files.get(1), otherNet, otherFrom);
        if (second.value().isEmpty()) {
            return usage(second.findings().get(0).message().replace("--from", "--other-from"));
        }
        Partners partners = new Partners(layers);
        return compare(first.value().get(), second.value().get(), partners);
    }

    private Outcome<ConfigurationFile> open(String file, @Nullable Path model, @Nullable String framework)
            throws UnreadableSourceException {
        SourceText source = file.equals("-")
                ? SourceReader.read(standardInputName, terminal().in())
                : SourceReader.read(Path.of(file));
        Optional<SourceText> text = model == null ? Optional.empty() : Optional.of(SourceReader.read(model));
        return ConfigurationFile.open(
                source, text, Optional.ofNullable(framework), Path.of("").toAbsolutePath());
    }

    private int compare(ConfigurationFile first, ConfigurationFile second, Partners partners) {
        Outcome<FileComparison> outcome = new FileComparer(first, second, partners).compare();
        List<Finding> findings = outcome.findings();
        if (outcome.value().isEmpty() || !format.equals("json")) {
            report(findings);
        }
        if (outcome.value().isEmpty()) {
            terminal().err().println("result: nothing compared");
            return Exit.USAGE;
        }
        FileComparison compared = outcome.value().get();
        String source = first.input().source().name();
        String target = second.input().source().name();
        String product = format.equals("json")
                ? ComparisonJson.print(source, target, compared, measure)
                : ComparisonText.print(source, target, compared, measure);
        if (!write(product)) {
            return Exit.USAGE;
        }
        boolean fails = findings.stream().anyMatch(f -> f.severity().compareTo(failOn) >= 0);
        return compared.comparison().isProven() && !fails ? Exit.SAME : Exit.NOT_PROVEN;
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
            terminal().err().println("translate: not written: " + e.getMessage());
            return false;
        }
    }
}
