package samestep.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.check.setting.DeclaredPair;
import samestep.compare.Comparison;
import samestep.compare.ValueRow;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.text.Edit;
import samestep.translate.ConfigurationFile;
import samestep.translate.FileComparer;
import samestep.translate.FileComparison;
import samestep.translate.FileRewriter;

/** Compares two files that are declared to mean the same training. */
final class PairCheck {
    private final PairFiles files;
    private final DeclaredPair pair;
    private final ProofMemory memory;

    PairCheck(PairFiles files, DeclaredPair pair, ProofMemory memory) {
        this.files = files;
        this.pair = pair;
        this.memory = memory;
    }

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
        Outcome<PairFiles.Opened> left = files.open(pair.source());
        Outcome<PairFiles.Opened> right = files.open(target);
        Set<Path> parts = new LinkedHashSet<>();
        files.path(pair.source().file()).ifPresent(parts::add);
        files.path(target.file()).ifPresent(parts::add);
        left.value().ifPresent(opened -> parts.addAll(opened.parts()));
        right.value().ifPresent(opened -> parts.addAll(opened.parts()));
        // What is not there can never be asked for: a folder was renamed, or a path is wrong.
        boolean gone = files.isGone(pair.source()) || files.isGone(target);
        if (!gone && parts.stream().noneMatch(asked::contains)) {
            return new Result(false, List.of());
        }
        if (left.value().isEmpty() || right.value().isEmpty()) {
            List<Finding> findings = new ArrayList<>(left.findings());
            findings.addAll(right.findings());
            return new Result(true, findings);
        }
        return new Result(
                true,
                compare(
                        left.value().get().file().with(pair.run()),
                        right.value().get().file().with(pair.run()),
                        target));
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
        if (comparison.isSameTraining()) {
            return List.of();
        }
        PairDifferences differences = new PairDifferences(pair, source, target, comparison);
        List<Finding> findings = comparison.comparison().isProven() ? List.of() : differences.findings();
        boolean inOneUnit = differences.isInOneUnit();
        List<Finding> all =
                new ArrayList<>(findings.isEmpty() ? findings : mended(findings, inOneUnit, source, target, partners));
        all.addAll(differences.settings());
        return all;
    }

    /** What makes the whole target the same, where that is known and proven; else what mends each value. */
    private List<Finding> mended(
            List<Finding> findings,
            boolean inOneUnit,
            ConfigurationFile source,
            ConfigurationFile target,
            Partners partners) {
        if (!inOneUnit || findings.stream().allMatch(f -> !f.edits().isEmpty())) {
            return findings;
        }
        Optional<FileRewriter.Rewritten> rewritten = new FileRewriter(source, target.dialect(), partners, memory)
                .rewrite(target)
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
