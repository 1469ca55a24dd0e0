package samestep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.compare.measure.Measurement;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.report.ComparisonText;
import samestep.report.json.ComparisonJson;
import samestep.report.terminal.Paint;
import samestep.report.terminal.Screen;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;
import samestep.text.Visible;
import samestep.translate.Computed;
import samestep.translate.ConfigurationFile;
import samestep.translate.FileComparer;
import samestep.translate.FileComparison;
import samestep.translate.NamedPart;
import samestep.translate.Recording;

/** Whether two configurations are the same training. */
final class CompareCommand extends Command {
    private final ProofMemory memory;

    /** With the proofs that this process made already. */
    CompareCommand(ProofMemory memory) {
        super(new Options(
                        "translate compare",
                        "Says whether two configurations, of any frameworks, are the same training: value by value,"
                                + " with what to write where they differ.")
                .files("two configurations; - reads standard input; what is measured may be more, and may be"
                        + " recordings")
                .configuration("--", "the first")
                .configuration("--other-", "the second")
                .words(
                        "--map",
                        "LAYER=LAYER",
                        "a layer of the first and what it is called in the second; can be repeated")
                .flag("--update-only", "says the same where the update is proven, whatever the settings are")
                .flag("--measure", "trains all of them side by side, and prints how far they drift")
                .word(
                        "--approximate",
                        "fit",
                        "where one side decays in the gradient and the other has decoupled decay: fits the closest"
                                + " value on the reference net, and measures it on digits")
                .path(
                        "--gradient-sizes",
                        "for --approximate: roots of the mean squares of gradients, as {\"conv1 kernel\": [0.001,"
                                + " 0.02]}")
                .path(
                        CertificateRun.OPTION,
                        "writes there what proves that the update is the same (JSON), for others to check")
                .path("--report", "writes a page there (HTML) with all that is found and measured")
                .path("--plot", "writes a picture there (.svg or .png) of what is measured")
                .number("--updates", MeasureRun.UPDATES, "how many updates of the digits are measured")
                .number("--seeds", MeasureRun.SEEDS, "how many runs on the digits each has")
                .output()
                .choice("--format", "FORMAT", List.of("text", "json"), "text, or json")
                .run()
                .failOn()
                .allowOutside()
                .standardInputName()
                .footer(
                        "",
                        "Examples:",
                        "  translate compare solver.prototxt model.json",
                        "  translate compare old.prototxt new.prototxt \\",
                        "      --net old_net.prototxt --other-net new_net.prototxt",
                        "  translate compare solver.prototxt model.json --report difference.html"));
        this.memory = memory;
    }

    @Override
    int run() throws UnreadableSourceException {
        Optional<String> wrong = wrongUsage();
        if (wrong.isPresent()) {
            return usage(wrong.get());
        }
        Outcome<Partners> partners = partners();
        if (partners.value().isEmpty()) {
            return usage(partners.findings().get(0).message());
        }
        MeasureRun measure = new MeasureRun(options(), terminal());
        List<ConfigurationFile> opened = new ArrayList<>();
        for (String file : options().files()) {
            Outcome<ConfigurationFile> outcome = opened.isEmpty()
                    ? open(file, "--", measure)
                    : open(file, opened.size() == 1 ? "--other-" : "--", measure);
            if (outcome.value().isEmpty()) {
                String message = outcome.findings().get(0).message();
                return usage(opened.isEmpty() ? message : message.replace("--from", "--other-from"));
            }
            opened.add(outcome.value().get());
        }
        return compare(opened, partners.value().get(), measure);
    }

    /** What cannot be done with these options; nothing where it can. */
    private Optional<String> wrongUsage() {
        List<String> files = options().files();
        boolean measured = MeasureRun.isAsked(options());
        if (files.size() < 2 || files.size() > 2 && !measured) {
            return Optional.of(
                    files.size() < 2
                            ? "name the two files to compare, such as: translate compare solver.prototxt model.json"
                            : "two files are compared; more go with --measure");
        }
        if (files.stream().filter("-"::equals).count() > 1) {
            return Optional.of("only one of the two can be standard input");
        }
        return MeasureRun.wrongUsage(options())
                .or(() -> files.stream().flatMap(file -> missing(file).stream()).findFirst());
    }

    /** A configuration, or that of a recorded run. */
    private Outcome<ConfigurationFile> open(String file, String prefix, MeasureRun measure)
            throws UnreadableSourceException {
        SourceText source = read(file);
        if (source.text().contains("\"snapshots\"")) {
            Outcome<Recording> recording = Recording.read(source);
            if (recording.value().isPresent()) {
                measure.recorded(recording.value().get());
                return recording.value().get().configuration();
            }
        }
        return open(source, prefix)
                .then(opened -> Outcome.of(opened.with(NamedPart.of(file).part()), List.of()));
    }

    /** The whole report, or its last line. */
    private String text(String source, String target, FileComparison compared, List<Measurement> measurements) {
        Screen screen = outScreen();
        String report = Visible.lines(
                ComparisonText.print(Visible.of(source), Visible.of(target), compared, measurements, screen.width()));
        return Paint.report(
                options().isQuiet() ? report.substring(report.lastIndexOf("\nresult: ") + 1) : report, screen);
    }

    private int compare(List<ConfigurationFile> files, Partners partners, MeasureRun measure) {
        ConfigurationFile first = files.get(0);
        ConfigurationFile second = files.get(1);
        Outcome<FileComparison> outcome = new FileComparer(first, second, partners, memory).compare();
        List<Finding> findings = outcome.findings();
        boolean json = options().chosen("--format").equals("json");
        if (outcome.value().isEmpty() || !json) {
            report(findings);
        }
        if (outcome.value().isEmpty()) {
            say("result: nothing compared");
            return Exit.USAGE;
        }
        FileComparison compared = outcome.value().get();
        Outcome<List<Measurement>> measured = Computed.of(
                first.input().source(), Optional.of(compared.source()), () -> measure.measure(compared, files));
        if (measured.value().isEmpty()) {
            report(measured.findings());
            return Exit.USAGE;
        }
        String source = first.input().source().name();
        String target = second.input().source().name();
        List<Measurement> measurements = measured.value().get();
        String product = json
                ? ComparisonJson.print(source, target, compared, measurements)
                : text(source, target, compared, measurements);
        Outcome<String> approximation = json ? Outcome.of("", List.of()) : measure.approximation(compared);
        if (approximation.value().isEmpty()) {
            report(approximation.findings());
            return Exit.USAGE;
        }
        product += approximation.value().get();
        if (!write(product) || !measure.write(compared, files, measurements)) {
            return Exit.USAGE;
        }
        boolean fails = findings.stream().anyMatch(f -> options().failsOn(f.severity()));
        boolean same = options().isOn("--update-only") ? compared.comparison().isProven() : compared.isSameTraining();
        return new CertificateRun(options(), terminal())
                .write(
                        new CertificateRun.Named(source, compared.source()),
                        new CertificateRun.Named(target, compared.target()),
                        partners,
                        compared.comparison(),
                        same && !fails ? Exit.SAME : Exit.NOT_PROVEN);
    }
}
