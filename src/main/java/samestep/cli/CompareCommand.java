package samestep.cli;

import java.util.List;
import java.util.Optional;
import samestep.compare.Partners;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.report.ComparisonJson;
import samestep.report.ComparisonText;
import samestep.text.UnreadableSourceException;
import samestep.translate.ConfigurationFile;
import samestep.translate.FileComparer;
import samestep.translate.FileComparison;

/** Whether two configurations are the same training. */
final class CompareCommand extends Command {
    CompareCommand() {
        super(new Options(
                        "translate compare",
                        "Says whether two configurations, of any frameworks, are the same training: value by value,"
                                + " with what to write where they differ.")
                .files("two configurations; - reads standard input")
                .configuration("--", "the first")
                .configuration("--other-", "the second")
                .words(
                        "--map",
                        "LAYER=LAYER",
                        "a layer of the first and what it is called in the second; can be repeated")
                .flag("--measure", "runs both in the reference trainer, and prints how far they drift")
                .output()
                .word("--format", "FORMAT", "text", "text, or json (not stable yet)")
                .failOn()
                .standardInputName()
                .footer(
                        "",
                        "Exit codes: 0 proven to be the same training, 1 not proven or warnings, 2 wrong usage or"
                                + " unusable input.",
                        "",
                        "Examples:",
                        "  translate compare solver.prototxt model.json",
                        "  translate compare old.prototxt new.prototxt --net old_net.prototxt --other-net"
                                + " new_net.prototxt"));
    }

    @Override
    int run() throws UnreadableSourceException {
        List<String> files = options().files();
        if (files.size() != 2) {
            return usage("name the two files to compare, such as: translate compare solver.prototxt model.json");
        }
        if (files.get(0).equals("-") && files.get(1).equals("-")) {
            return usage("only one of the two can be standard input");
        }
        String format = options().wordOrDefault("--format");
        if (!format.equals("text") && !format.equals("json")) {
            return usage("--format: text or json, not \"" + format + "\"");
        }
        for (String file : files) {
            Optional<String> missing = missing(file);
            if (missing.isPresent()) {
                return usage(missing.get());
            }
        }
        Outcome<Partners> partners = partners();
        if (partners.value().isEmpty()) {
            return usage(partners.findings().get(0).message());
        }
        Outcome<ConfigurationFile> first = open(files.get(0), "--");
        if (first.value().isEmpty()) {
            return usage(first.findings().get(0).message());
        }
        Outcome<ConfigurationFile> second = open(files.get(1), "--other-");
        if (second.value().isEmpty()) {
            return usage(second.findings().get(0).message().replace("--from", "--other-from"));
        }
        return compare(
                first.value().get(), second.value().get(), partners.value().get());
    }

    private int compare(ConfigurationFile first, ConfigurationFile second, Partners partners) {
        Outcome<FileComparison> outcome = new FileComparer(first, second, partners).compare();
        List<Finding> findings = outcome.findings();
        boolean json = options().wordOrDefault("--format").equals("json");
        boolean measure = options().isOn("--measure");
        if (outcome.value().isEmpty() || !json) {
            report(findings);
        }
        if (outcome.value().isEmpty()) {
            terminal().err().println("result: nothing compared");
            return Exit.USAGE;
        }
        FileComparison compared = outcome.value().get();
        String source = first.input().source().name();
        String target = second.input().source().name();
        String product = json
                ? ComparisonJson.print(source, target, compared, measure)
                : ComparisonText.print(source, target, compared, measure);
        if (!write(product)) {
            return Exit.USAGE;
        }
        boolean fails = findings.stream().anyMatch(f -> options().failsOn(f.severity()));
        return compared.comparison().isProven() && !fails ? Exit.SAME : Exit.NOT_PROVEN;
    }
}
