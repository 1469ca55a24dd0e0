package samestep.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import samestep.check.file.FileSearch;
import samestep.check.file.PassedOver;
import samestep.check.file.Paths;
import samestep.check.setting.CheckSettings;
import samestep.check.setting.DeclaredPair;
import samestep.check.setting.Levels;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Dialects;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.text.Boundary;
import samestep.text.ContentKind;
import samestep.text.OtherFileException;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;
import samestep.text.Watcher;

/** Checks files with one {@code samestep.yaml}, and the declared pairs that they touch. */
final class Checker {
    static final Comparator<Found> FOUND_ORDER = (one, other) -> order(one.finding(), other.finding());

    private final Path workingDirectory;
    private final CheckSettings settings;
    private final Boundary boundary;
    private final Function<SourceText, Optional<List<Finding>>> alone;
    private final ProofMemory memory = new ProofMemory();

    /**
     * @param workingDirectory what relative paths are relative to
     * @param settings what {@code samestep.yaml} says
     * @param boundary where files are read that files name
     */
    Checker(Path workingDirectory, CheckSettings settings, Boundary boundary) {
        this(
                workingDirectory,
                settings,
                boundary,
                new FileCheck(workingDirectory.toAbsolutePath().normalize(), boundary, settings.run())::check);
    }

    /** The same, with another check of one file by itself. */
    Checker(
            Path workingDirectory,
            CheckSettings settings,
            Boundary boundary,
            Function<SourceText, Optional<List<Finding>>> alone) {
        this.alone = alone;
        this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
        this.settings = settings;
        this.boundary = boundary;
    }

    /** What one file gave; no source where it is not a configuration. */
    private record Checked(
            Optional<SourceText> source,
            List<Finding> findings,
            List<Suppression> suppressions,
            Optional<PassedOver> unreadable,
            Optional<PassedOver> passed) {
        static Checked passed(PassedOver passed) {
            return new Checked(Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.of(passed));
        }

        Checked named(boolean byName) {
            return new Checked(source, findings, suppressions, unreadable, passed.map(p -> p.named(byName)));
        }

        static Checked unreadable(PassedOver file) {
            return new Checked(Optional.empty(), List.of(), List.of(), Optional.of(file), Optional.empty());
        }
    }

    /**
     * Checks files.
     *
     * @param files the files, each once
     * @param named those that you named; the others were found in folders
     * @param watcher of the files
     */
    CheckResult check(Set<Path> files, Set<Path> named, Watcher watcher) {
        AtomicInteger done = new AtomicInteger();
        Set<Path> asked = new HashSet<>();
        files.forEach(file -> asked.add(workingDirectory.resolve(file).normalize()));
        // One file needs no pool of threads, which a start would pay for.
        Stream<Path> all = files.size() == 1 ? files.stream() : files.parallelStream();
        List<Checked> checked = all.map(file -> {
                    Checked one = check(file, named.contains(file)).named(named.contains(file));
                    watcher.at("checking files", done.incrementAndGet(), files.size());
                    return one;
                })
                .toList();
        return result(checked, asked, Map.of());
    }

    /** Checks a text in the place of a file, such as one from standard input; the file need not exist. */
    CheckResult check(SourceText text) {
        Optional<Path> file =
                Paths.of(text.name()).map(name -> workingDirectory.resolve(name).normalize());
        Checked checked = check(text, file.map(settings::levelsOf).orElse(settings.levels()));
        Map<Path, SourceText> instead = file.map(f -> Map.of(f, text)).orElse(Map.of());
        return result(List.of(checked), instead.keySet(), instead);
    }

    private CheckResult result(List<Checked> checked, Set<Path> asked, Map<Path, SourceText> instead) {
        List<Finding> findings = new ArrayList<>();
        List<Suppression> suppressions = new ArrayList<>();
        checked.forEach(c -> findings.addAll(c.findings()));
        checked.forEach(c -> suppressions.addAll(c.suppressions()));
        PairFiles files = new PairFiles(settings.folder(), workingDirectory, boundary, instead);
        int pairs = 0;
        for (DeclaredPair pair : settings.pairs()) {
            for (PairCheck.Result result : Guard.at(
                    pair.place(),
                    () -> new PairCheck(files, pair, memory).check(asked),
                    finding -> List.of(new PairCheck.Result(true, List.of(finding))))) {
                pairs += result.touched() ? 1 : 0;
                result.findings().stream()
                        .flatMap(f -> settings.levelsOf(file(f)).applied(f).stream())
                        .forEach(findings::add);
            }
        }
        List<Found> found = new ArrayList<>(
                new Suppressor(settings, suppressions, asked).apply(sorted(DistinctFindings.of(findings))));
        found.sort(FOUND_ORDER);
        int read = (int) checked.stream().filter(c -> c.source().isPresent()).count();
        return new CheckResult(
                read,
                pairs,
                found,
                checked.stream().flatMap(c -> c.unreadable().stream()).toList(),
                checked.stream().flatMap(c -> c.passed().stream()).toList());
    }

    private static List<Finding> sorted(List<Finding> findings) {
        return findings.stream().sorted(Checker::order).toList();
    }

    /** By file, then by place, then by code. Not made of comparators: the JDK makes each of those at each start. */
    private static int order(Finding one, Finding other) {
        int files = place(one).source().name().compareTo(place(other).source().name());
        if (files != 0) {
            return files;
        }
        int starts =
                Integer.compare(place(one).span().start(), place(other).span().start());
        return starts != 0 ? starts : one.code().compareTo(other.code());
    }

    private static Place place(Finding finding) {
        return finding.place().orElseThrow();
    }

    private static Path file(Finding finding) {
        return Path.of(place(finding).source().name());
    }

    private Checked check(Path file, boolean named) {
        try {
            if (isOther(file)) {
                return Checked.passed(PassedOver.other(file.toString()));
            }
            Optional<String> special = SourceReader.special(file);
            if (special.isPresent()) {
                return unread(file, named, special.get());
            }
            return check(Dialects.text(file), settings.levelsOf(file));
        } catch (OtherFileException e) {
            return Checked.passed(PassedOver.other(file.toString()));
        } catch (UnreadableSourceException e) {
            if (ContentKind.isBinary(file) || isOtherText(file)) {
                return Checked.passed(PassedOver.other(file.toString()));
            }
            return unread(file, named, e.reason());
        }
    }

    private static Checked unread(Path file, boolean named, String why) {
        PassedOver unread = PassedOver.unread(file.toString(), why);
        return named ? Checked.unreadable(unread) : Checked.passed(unread);
    }

    /** A text in another encoding that is not a configuration in any: it need not be saved again. */
    private static boolean isOtherText(Path file) {
        return ContentKind.inAnyEncoding(file)
                .filter(text -> Dialects.recognise(text).isEmpty()
                        && Dialects.unread(text).isEmpty())
                .isPresent();
    }

    /** Images and the like that a hook is given: a look at the name spares reading them. */
    private static boolean isOther(Path file) {
        return Files.exists(file) && !FileSearch.isCandidate(file) && !FileSearch.isText(file);
    }

    private Checked check(SourceText source, Levels levels) {
        Optional<List<Finding>> checked =
                Guard.at(Place.start(source), () -> alone.apply(source), finding -> Optional.of(List.of(finding)));
        if (checked.isEmpty()) {
            return Checked.passed(Dialects.unread(source)
                    .map(form -> PassedOver.unsupported(source.name(), form))
                    .orElseGet(() -> source.text().isBlank()
                            ? PassedOver.empty(source.name())
                            : PassedOver.other(source.name())));
        }
        List<Finding> findings = new ArrayList<>(checked.get());
        List<Suppression> suppressions = Suppression.in(source, findings);
        List<Finding> levelled = findings.stream()
                .flatMap(finding -> (place(finding).source() == source
                                ? Stream.of(levels)
                                : Stream.of(settings.levelsOf(file(finding))))
                        .flatMap(level -> level.applied(finding).stream()))
                .toList();
        return new Checked(Optional.of(source), levelled, suppressions, Optional.empty(), Optional.empty());
    }
}
