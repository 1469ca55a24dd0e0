package samestep.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import samestep.compare.ProofMemory;
import samestep.dialect.Dialects;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/** Checks files and folders, and the declared pairs that they touch. */
public final class Checker {
    private static final Comparator<Finding> ORDER = Comparator.comparing(
                    (Finding f) -> place(f).source().name())
            .thenComparing(f -> place(f).span().start())
            .thenComparing(Finding::code);

    private final Path workingDirectory;
    private final CheckSettings settings;
    private final ProofMemory memory = new ProofMemory();

    /**
     * @param workingDirectory what relative paths are relative to
     * @param settings what {@code samestep.yaml} says
     */
    public Checker(Path workingDirectory, CheckSettings settings) {
        this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
        this.settings = settings;
    }

    /** What one file gave; no source where it is no configuration. */
    private record Checked(
            Optional<SourceText> source,
            List<Finding> findings,
            List<Suppression> suppressions,
            Optional<Finding> unreadable) {
        static final Checked NOTHING = new Checked(Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    /** Checks files, and in folders what is found in them; a file twice is checked once. */
    public CheckResult check(List<Path> named) throws IOException {
        Set<Path> files = new LinkedHashSet<>();
        Set<Path> asked = new HashSet<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                FileSearch.below(path).stream()
                        .filter(file -> !settings.excludes(file))
                        .forEach(files::add);
            } else {
                files.add(path);
            }
        }
        files.forEach(file -> asked.add(workingDirectory.resolve(file).normalize()));
        // One file needs no pool of threads, which a start would pay for.
        Stream<Path> all = files.size() == 1 ? files.stream() : files.parallelStream();
        List<Checked> checked = all.map(this::check).toList();
        return result(checked, asked);
    }

    /** Checks a text, such as one from standard input. */
    public CheckResult check(SourceText text) {
        return result(List.of(check(text, settings.levelsOf(Path.of(text.name())))), Set.of());
    }

    private CheckResult result(List<Checked> checked, Set<Path> asked) {
        List<Finding> findings = new ArrayList<>();
        List<Suppression> suppressions = new ArrayList<>();
        checked.forEach(c -> findings.addAll(c.findings()));
        checked.forEach(c -> suppressions.addAll(c.suppressions()));
        int pairs = 0;
        for (DeclaredPair pair : settings.pairs()) {
            for (PairCheck.Result result :
                    new PairCheck(settings.folder(), workingDirectory, pair, memory).check(asked)) {
                pairs += result.touched() ? 1 : 0;
                result.findings().stream()
                        .flatMap(f -> settings.levelsOf(file(f)).applied(f).stream())
                        .forEach(findings::add);
            }
        }
        List<Found> found = new ArrayList<>(
                new Suppressor(settings, suppressions, asked).apply(sorted(DistinctFindings.of(findings))));
        found.sort(Comparator.comparing(Found::finding, ORDER));
        int files = (int) checked.stream().filter(c -> c.source().isPresent()).count();
        return new CheckResult(
                files,
                pairs,
                found,
                checked.stream().flatMap(c -> c.unreadable().stream()).toList());
    }

    private static List<Finding> sorted(List<Finding> findings) {
        return findings.stream().sorted(ORDER).toList();
    }

    private static Place place(Finding finding) {
        return finding.place().orElseThrow();
    }

    private static Path file(Finding finding) {
        return Path.of(place(finding).source().name());
    }

    private Checked check(Path file) {
        try {
            if (isOther(file)) {
                return Checked.NOTHING;
            }
            return check(Dialects.text(file), settings.levelsOf(file));
        } catch (UnreadableSourceException e) {
            Finding finding = Finding.of(Code.SS002, file + ": " + e.reason());
            // What a search comes upon, and a reader cannot read, was nobody's claim to be a configuration.
            return new Checked(
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Files.exists(file) ? Optional.empty() : Optional.of(finding));
        }
    }

    /** Images and the like that a hook is given: a look at the name spares reading them. */
    private static boolean isOther(Path file) {
        return Files.exists(file) && !FileSearch.isCandidate(file) && !FileSearch.isText(file);
    }

    private Checked check(SourceText source, Levels levels) {
        Optional<List<Finding>> checked = new FileCheck(workingDirectory).check(source);
        if (checked.isEmpty()) {
            return Checked.NOTHING;
        }
        List<Finding> findings = new ArrayList<>(checked.get());
        List<Suppression> suppressions = Suppression.in(source, findings);
        List<Finding> levelled = findings.stream()
                .flatMap(finding -> (place(finding).source() == source
                                ? Stream.of(levels)
                                : Stream.of(settings.levelsOf(file(finding))))
                        .flatMap(level -> level.applied(finding).stream()))
                .toList();
        return new Checked(Optional.of(source), levelled, suppressions, Optional.empty());
    }
}
