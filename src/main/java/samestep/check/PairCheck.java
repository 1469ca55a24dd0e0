package samestep.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.compare.Comparison;
import samestep.compare.Partners;
import samestep.compare.ProofMemory;
import samestep.compare.ValueRow;
import samestep.dialect.Companions;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.text.Edit;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;
import samestep.translate.ConfigurationFile;
import samestep.translate.FileComparer;
import samestep.translate.FileComparison;
import samestep.translate.FileRewriter;

/** Compares two files that are declared to mean the same training. */
final class PairCheck {
    private final Path folder;
    private final Path workingDirectory;
    private final DeclaredPair pair;
    private final ProofMemory memory;

    /**
     * @param folder what the pair's paths are relative to
     * @param workingDirectory what findings' paths are relative to
     */
    PairCheck(Path folder, Path workingDirectory, DeclaredPair pair, ProofMemory memory) {
        this.folder = folder;
        this.workingDirectory = workingDirectory;
        this.pair = pair;
        this.memory = memory;
    }

    /** A configuration of the pair, with the files that it consists of, absolute. */
    private record Opened(ConfigurationFile file, Set<Path> parts) {}

    /**
     * What came of one target.
     *
     * @param touched whether one of the pair's files was asked for
     */
    record Result(boolean touched, List<Finding> findings) {
        Result {
            findings = List.copyOf(findings);
        }
    }

    /**
     * Compares the source with each target.
     *
     * @param asked the files that are checked, absolute; a pair of which none is among them is passed over
     */
    List<Result> check(Set<Path> asked) {
        return pair.targets().stream().map(target -> check(target, asked)).toList();
    }

    private Result check(DeclaredPair.Member target, Set<Path> asked) {
        Outcome<Opened> left = open(pair.source());
        Outcome<Opened> right = open(target);
        Set<Path> parts = new LinkedHashSet<>(List.of(path(pair.source().file()), path(target.file())));
        left.value().ifPresent(opened -> parts.addAll(opened.parts()));
        right.value().ifPresent(opened -> parts.addAll(opened.parts()));
        if (parts.stream().noneMatch(asked::contains)) {
            return new Result(false, List.of());
        }
        if (left.value().isEmpty() || right.value().isEmpty()) {
            List<Finding> findings = new ArrayList<>(left.findings());
            findings.addAll(right.findings());
            return new Result(true, findings);
        }
        return new Result(
                true, compare(left.value().get().file(), right.value().get().file(), target));
    }

    private Path path(String file) {
        return folder.resolve(file).toAbsolutePath().normalize();
    }

    private String shown(Path file) {
        return file.startsWith(workingDirectory)
                ? workingDirectory.relativize(file).toString()
                : file.toString();
    }

    private Outcome<Opened> open(DeclaredPair.Member member) {
        try {
            SourceText file = text(member.file());
            Optional<SourceText> optimizer = member.optimizer().isPresent()
                    ? Optional.of(text(member.optimizer().get()))
                    : Optional.empty();
            Optional<SourceText> net =
                    member.net().isPresent() ? Optional.of(text(member.net().get())) : Optional.empty();
            Outcome<ConfigurationFile> opened = ConfigurationFile.open(
                    optimizer.orElse(file),
                    optimizer.isPresent() ? Optional.of(file) : net,
                    Optional.empty(),
                    workingDirectory);
            if (opened.value().isEmpty()) {
                return Outcome.failed(Finding.at(
                        member.place(), Code.SS707, opened.findings().get(0).message()));
            }
            Set<Path> parts = new LinkedHashSet<>(List.of(path(member.file())));
            member.net().map(this::path).ifPresent(parts::add);
            member.optimizer().map(this::path).ifPresent(parts::add);
            return Outcome.of(new Opened(recording(opened.value().get(), parts), parts), List.of());
        } catch (UnreadableSourceException e) {
            return Outcome.failed(Finding.at(member.place(), Code.SS707, e.getMessage() + ""));
        }
    }

    private SourceText text(String file) throws UnreadableSourceException {
        return Dialects.text(Path.of(shown(path(file))));
    }

    /** The same file, and what it names is added to its parts: read once, to learn them. */
    private ConfigurationFile recording(ConfigurationFile file, Set<Path> parts) {
        Companions found = reference -> {
            Companions.Search search = file.input().companions().find(reference);
            search.found()
                    .ifPresent(text ->
                            parts.add(workingDirectory.resolve(text.name()).normalize()));
            return search;
        };
        new ConfigurationFile(
                        file.dialect(),
                        new Input(file.input().source(), file.input().model(), found))
                .read();
        return file;
    }

    private List<Finding> compare(ConfigurationFile source, ConfigurationFile target, DeclaredPair.Member member) {
        Partners partners = new Partners(pair.layers());
        Outcome<FileComparison> compared = new FileComparer(source, target, partners, memory).compare();
        if (compared.value().isEmpty()) {
            String why = compared.findings().stream()
                    .filter(f -> f.severity() == Severity.ERROR)
                    .map(f -> f.place().map(p -> p + ": ").orElse("") + f.message())
                    .findFirst()
                    .orElse("one of the two could not be read");
            return List.of(Finding.at(member.place(), Code.SS707, "the pair cannot be compared: " + why));
        }
        FileComparison comparison = compared.value().get();
        if (comparison.comparison().isProven()) {
            return List.of();
        }
        PairDifferences differences = new PairDifferences(pair, source, target, comparison);
        List<Finding> findings = differences.findings();
        return findings.isEmpty() ? findings : mended(findings, source, target, partners);
    }

    /** What makes the whole target the same, where that is known and proven; else what mends each value. */
    private List<Finding> mended(
            List<Finding> findings, ConfigurationFile source, ConfigurationFile target, Partners partners) {
        if (findings.stream().allMatch(f -> !f.edits().isEmpty())) {
            return findings;
        }
        SourceText existing = target.input().model().orElse(target.input().source());
        Optional<FileRewriter.Rewritten> rewritten = new FileRewriter(source, target.dialect(), partners, memory)
                .rewrite(existing)
                .value()
                .filter(r ->
                        r.rewrite().beside().isEmpty() && !r.rewrite().edits().isEmpty());
        if (rewritten.isEmpty()) {
            return findings;
        }
        Comparison comparison = rewritten.get().comparison();
        boolean known = findings.stream().anyMatch(f -> !f.edits().isEmpty());
        if (!comparison.isProven() && known) {
            return findings;
        }
        List<Edit> edits = rewritten.get().rewrite().edits().stream()
                .map(e -> new Edit(
                        e.source(),
                        e.span(),
                        e.replacement(),
                        comparison.isProven() ? Edit.Certainty.EXACT : Edit.Certainty.APPROXIMATE))
                .toList();
        List<Finding> all = new ArrayList<>();
        for (Finding finding : findings) {
            all.add(finding.mendedBy(all.isEmpty() ? edits : List.of()));
        }
        return all;
    }

    /** Whether two numbers are the same but for a tolerance. */
    static boolean isWithin(double tolerance, ValueRow row) {
        if (tolerance == 0
                || row.source().quantity().isEmpty()
                || row.target().quantity().isEmpty()) {
            return false;
        }
        double a = row.source().quantity().get().doubleValue();
        double b = row.target().quantity().get().doubleValue();
        return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
    }

    /** Where a finding without a place of its own is shown. */
    static Place start(ConfigurationFile file) {
        return Place.start(file.input().source());
    }
}
