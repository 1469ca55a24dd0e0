package samestep.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.check.rules.Rule;
import samestep.check.rules.Rules;
import samestep.check.rules.Subject;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.ProgramText;
import samestep.dialect.Run;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.Recipe;
import samestep.text.Boundary;
import samestep.text.SourceText;
import samestep.translate.Computed;
import samestep.translate.ConfigurationFile;

/** Checks one file by itself. */
public final class FileCheck {
    private final Path workingDirectory;
    private final Boundary boundary;
    private final Run run;

    /**
     * @param workingDirectory where files that a configuration names are looked for first
     * @param boundary where they are read, beside the repository of the configuration
     * @param run what is known of the run and is in no file
     */
    public FileCheck(Path workingDirectory, Boundary boundary, Run run) {
        this.workingDirectory = workingDirectory;
        this.boundary = boundary;
        this.run = run;
    }

    /** Files that a configuration names are read inside the repository only. */
    public FileCheck(Path workingDirectory) {
        this(workingDirectory, Boundary.around(workingDirectory), Run.UNKNOWN);
    }

    /** What is found; empty if the file is nothing that can be read. */
    public Optional<List<Finding>> check(SourceText source) {
        Optional<Dialect> dialect = Dialects.recognise(source);
        if (dialect.isEmpty()) {
            // Of all the YAML in a repository, what has such a number is a configuration.
            return Optional.of(rules(new Subject(source, Optional.empty(), false, false)))
                    .filter(findings -> !findings.isEmpty());
        }
        Optional<List<Finding>> part = dialect.get().readPart(source);
        if (part.isPresent()) {
            return part.map(findings -> placed(findings, source, true));
        }
        Outcome<ConfigurationFile> file = ConfigurationFile.open(
                source, Optional.empty(), Optional.of(dialect.get().name()), workingDirectory, boundary);
        return Optional.of(check(file.value().orElseThrow().with(run)));
    }

    /** What is found in a configuration whose framework is known. */
    public static List<Finding> check(ConfigurationFile file) {
        SourceText source = file.input().source();
        Outcome<Recipe> read = file.read();
        if (read.findings().stream().anyMatch(f -> f.code() == Code.SS008)) {
            // It looked like a configuration and is not one; what its text alone shows is still reported.
            return ProgramText.isOne(source)
                    ? placed(rules(new Subject(source, Optional.empty(), false, false)), source, false)
                    : List.of();
        }
        List<Finding> findings = new ArrayList<>(read.findings());
        Subject subject = new Subject(
                source,
                read.value(),
                says(read.findings(), Code.SS011) && !hasAnothersFields(read.findings(), source),
                says(read.findings(), Code.SS006));
        Outcome<List<Finding>> judged = Computed.of(source, read.value(), () -> Outcome.of(rules(subject), List.of()));
        findings.addAll(judged.value().orElse(judged.findings()));
        return placed(findings, source, false);
    }

    private static boolean says(List<Finding> findings, Code assumed) {
        return findings.stream().noneMatch(f -> f.code() == assumed);
    }

    /** A fork's field in the solver, such as one that switches LARS on, makes another optimizer of it. */
    private static boolean hasAnothersFields(List<Finding> findings, SourceText source) {
        return findings.stream()
                .anyMatch(f -> f.code() == Code.SS003
                        && f.severity() == Severity.WARNING
                        && f.place().filter(p -> p.source() == source).isPresent());
    }

    private static List<Finding> rules(Subject subject) {
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : Rules.all()) {
            findings.addAll(rule.check(subject));
        }
        return ProgramText.inFile(subject.source(), findings);
    }

    /** Everything at a place, once. */
    private static List<Finding> placed(List<Finding> findings, SourceText source, boolean part) {
        List<Finding> placed = new ArrayList<>();
        for (Finding finding : findings) {
            Place place = finding.place().orElseGet(() -> Place.start(source));
            Finding at = finding.at(Optional.of(place));
            placed.add(isOfANet(at, source, part) ? at.as(Severity.NOTE) : at);
        }
        return DistinctFindings.of(placed);
    }

    /** What a fork adds to a net's layers decides nothing here, and its users know it. */
    private static boolean isOfANet(Finding finding, SourceText source, boolean part) {
        boolean net = part || finding.place().orElseThrow().source() != source;
        return net
                && finding.severity() == Severity.WARNING
                && (finding.code() == Code.SS003 || finding.code() == Code.SS004);
    }
}
