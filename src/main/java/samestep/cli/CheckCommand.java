package samestep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.check.Baseline;
import samestep.check.CheckResult;
import samestep.check.Fixer;
import samestep.check.Found;
import samestep.check.RepositoryChecker;
import samestep.check.file.PassedOver;
import samestep.check.setting.CheckSettings;
import samestep.check.setting.Levels;
import samestep.check.setting.SettingsReader;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.report.CheckText;
import samestep.report.FileDiff;
import samestep.report.json.CheckJson;
import samestep.report.json.Sarif;
import samestep.report.service.AzureIssues;
import samestep.report.service.GitHubAnnotations;
import samestep.report.service.GitLabQuality;
import samestep.report.service.JunitXml;
import samestep.report.service.ReviewdogJson;
import samestep.report.terminal.Paint;
import samestep.text.Boundary;
import samestep.text.ShownPath;
import samestep.text.SourceReader;
import samestep.text.UnreadableSourceException;
import samestep.text.Visible;

/** Looks at the configurations of a repository. */
final class CheckCommand extends Command {
    /** Each round makes a difference less; more than a few would be edits that undo each other. */
    private static final int MOST_ROUNDS = 8;

    private static final List<String> FORMATS = List.of(
            "text", "concise", "grouped", "json", "jsonl", "sarif", "github", "gitlab", "azure", "junit", "rdjson");

    CheckCommand() {
        super(new Options(
                        "translate check",
                        "Looks for mistakes in configurations, and whether files that are declared in samestep.yaml to"
                                + " be the same training are.")
                .files("files and folders, by default the current folder; - reads standard input")
                .path("--config", "settings, instead of the samestep.yaml in this folder or above")
                .flag("--isolated", "without any samestep.yaml")
                .allowOutside()
                .flag("--fix", "writes what is proven to be right")
                .flag("--unsafe-fixes", "writes what is nearest, too")
                .flag("--diff", "shows what --fix, or --unsafe-fixes, would write, and writes nothing")
                .path("--baseline", "known findings that are not reported; made if it does not exist")
                .flag("--update-baseline", "makes the baseline again")
                .output()
                .choice("--format", "FORMAT", FORMATS, String.join(", ", FORMATS))
                .flag("--exit-zero", "exit 0 where findings would make it 1")
                .flag("--statistics", "how often each finding occurs, instead of the findings")
                .flag("-v", "--verbose", "notes that only explain, too, and each file that was passed over")
                .run()
                .failOn()
                .standardInputName()
                .footer(
                        "",
                        "Files that are not configurations are skipped, and so is what git ignores in a folder.",
                        "",
                        "Examples:",
                        "  translate check",
                        "  translate check solver.prototxt --fix",
                        "  translate check --format sarif -o samestep.sarif"));
    }

    @Override
    int run() throws UnreadableSourceException {
        String format = options().chosen("--format");
        if (options().isOn("--update-baseline") && options().path("--baseline").isEmpty()) {
            return usage("--update-baseline goes with --baseline FILE");
        }
        if (options().isOn("--isolated") && options().path("--config").isPresent()) {
            return usage("one of --isolated and --config");
        }
        Outcome<CheckSettings> settings = settings();
        if (settings.value().isEmpty()) {
            report(settings.findings());
            return Exit.USAGE;
        }
        try {
            int code = check(settings.value().get(), format);
            return code == Exit.NOT_PROVEN && options().isOn("--exit-zero") ? Exit.SAME : code;
        } catch (IOException e) {
            return usage(e.getMessage() + "");
        }
    }

    private Outcome<CheckSettings> settings() {
        Path here = Path.of("").toAbsolutePath();
        if (options().isOn("--isolated")) {
            return Outcome.of(CheckSettings.none(here), List.of());
        }
        Optional<Path> named = options().path("--config");
        if (named.isPresent()) {
            return SettingsReader.read(
                    named.get(),
                    named.get().isAbsolute()
                            ? ShownPath.of(named.get(), here)
                            : named.get().toString());
        }
        return SettingsReader.nearest(here, found -> ShownPath.of(found, here));
    }

    private int check(CheckSettings settings, String format) throws IOException, UnreadableSourceException {
        boolean nested =
                !options().isOn("--isolated") && options().path("--config").isEmpty();
        RepositoryChecker checker = new RepositoryChecker(
                Path.of(""),
                settings,
                nested,
                options().isOn("--allow-outside"),
                options().given());
        Outcome<CheckResult> first = checked(checker);
        if (first.value().isEmpty()) {
            report(first.findings());
            return Exit.USAGE;
        }
        CheckResult result = first.value().get();
        List<Finding> refused = new ArrayList<>();
        List<Fixer.Change> changes = changes(result);
        if (options().isOn("--diff")) {
            changes.forEach(change -> out().print(Paint.diff(
                    FileDiff.of(
                            change.file().toString(),
                            change.before().text(),
                            change.after().text()),
                    terminal().outScreen())));
            out().flush();
            return changes.isEmpty() && result.unreadable().isEmpty() ? Exit.SAME : code(result);
        }
        boolean changed = false;
        // A number that is mended can let another be said exactly: until nothing is left, or something cannot be
        // written.
        for (int round = 0; round < MOST_ROUNDS && !changes.isEmpty() && refused.isEmpty(); round++) {
            for (Fixer.Change change : changes) {
                Fixer.write(change, written()).ifPresent(refused::add);
            }
            if (changes.size() > refused.size()) {
                changed = true;
                changes.forEach(
                        change -> sayUnlessQuiet(Visible.of(change.file() + "") + ": " + changes(change.count())));
                result = checked(checker).value().orElse(result);
                changes = changes(result);
            }
        }
        report(refused);
        report(result.unreadable().stream().map(PassedOver::error).toList());
        return finish(result, format, changed || !refused.isEmpty());
    }

    private static String changes(int count) {
        return count + (count == 1 ? " change" : " changes");
    }

    private static int code(CheckResult result) {
        return result.unreadable().isEmpty() ? Exit.NOT_PROVEN : Exit.USAGE;
    }

    /** Files are written in the repository of the working directory, and in those of files and folders that are named. */
    private Boundary written() {
        Boundary boundary = Boundary.around(Path.of(""));
        for (String file : options().files()) {
            Path path = Path.of(file).toAbsolutePath();
            Path parent = path.getParent();
            boundary = boundary.with(Files.isDirectory(path) || parent == null ? path : parent);
        }
        return boundary;
    }

    private Outcome<CheckResult> checked(RepositoryChecker checker) throws IOException, UnreadableSourceException {
        List<String> files = options().files();
        if (files.equals(List.of("-"))) {
            return checker.check(SourceReader.read(
                    options().wordOrDefault("--stdin-filename"), terminal().in()));
        }
        Progress progress = new Progress(terminal().err(), terminal().errScreen());
        try {
            return checker.check(
                    files.isEmpty()
                            ? List.of(Path.of(""))
                            : files.stream().map(Path::of).toList(),
                    progress);
        } finally {
            progress.done();
        }
    }

    private List<Fixer.Change> changes(CheckResult result) {
        boolean unsafe = options().isOn("--unsafe-fixes");
        boolean wanted = unsafe || options().isOn("--fix") || options().isOn("--diff");
        return wanted && !options().files().equals(List.of("-")) ? new Fixer(unsafe).changes(result) : List.of();
    }

    private int finish(CheckResult unfiltered, String format, boolean changed) throws IOException {
        CheckResult result = unfiltered;
        Optional<Path> baseline = options().path("--baseline");
        if (baseline.isPresent()
                && Baseline.exists(baseline.get())
                && !options().isOn("--update-baseline")) {
            result = Baseline.apply(baseline.get(), result);
        } else if (baseline.isPresent()) {
            int count = Baseline.record(baseline.get(), result);
            sayUnlessQuiet(Visible.of(baseline.get() + "") + ": " + count + (count == 1 ? " finding" : " findings")
                    + " recorded");
            return result.unreadable().isEmpty() ? Exit.SAME : Exit.USAGE;
        }
        boolean written = write(product(result, format));
        if (options().isOn("--verbose")) {
            terminal().err().print(CheckText.passed(result));
        }
        if (format.equals("text") && !options().isQuiet()) {
            say(CheckText.summary(result, findings(shown(result))).stripTrailing());
        }
        boolean fails = result.reported().stream().anyMatch(f -> options().failsOn(f.severity()));
        if (result.hasDefects()) {
            terminal()
                    .err()
                    .println("translate: " + Code.SS099
                            + " is a defect of Samestep, not of your file. Please report it (see"
                            + " README, \"Reporting\").");
            return Exit.DEFECT;
        }
        if (!written || !result.unreadable().isEmpty()) {
            return Exit.USAGE;
        }
        return fails || changed ? Exit.NOT_PROVEN : Exit.SAME;
    }

    private String product(CheckResult result, String format) {
        List<Found> shown = shown(result);
        if (options().isOn("--statistics")) {
            return CheckText.statistics(findings(shown));
        }
        return switch (format) {
            case "json" -> Visible.json(CheckJson.print(result, shown));
            case "jsonl" -> Visible.json(CheckJson.lines(result, shown));
            case "github" -> GitHubAnnotations.print(result, findings(shown));
            case "sarif" -> {
                List<Found> all = result.found().stream()
                        .filter(f -> !f.isReported() || shown.contains(f))
                        .toList();
                yield Visible.json(Sarif.print(result, all, Version.number().orElse("0.0.0"), Version.documentation()));
            }
            case "gitlab" -> Visible.json(GitLabQuality.print(result, shown));
            case "junit" -> JunitXml.print(result, shown, f -> options().failsOn(f.severity()));
            case "azure" -> AzureIssues.print(result, findings(shown));
            case "rdjson" -> Visible.json(ReviewdogJson.print(result, findings(shown), Version.documentation()));
            case "concise" -> CheckText.concise(findings(shown));
            case "grouped" -> CheckText.grouped(findings(shown));
            default -> CheckText.findings(findings(shown), outScreen());
        };
    }

    /** What is reported, without notes that only explain, and with --quiet only what fails. */
    private List<Found> shown(CheckResult result) {
        boolean verbose = options().isOn("--verbose");
        boolean quiet = options().isQuiet();
        return result.found().stream()
                .filter(Found::isReported)
                .filter(f -> verbose || !Levels.explains(f.finding()))
                .filter(f -> !quiet || options().failsOn(f.finding().severity()))
                .toList();
    }

    private static List<Finding> findings(List<Found> found) {
        return found.stream().map(Found::finding).toList();
    }
}
