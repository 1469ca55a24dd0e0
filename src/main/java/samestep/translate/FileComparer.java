package samestep.translate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.compare.Difference;
import samestep.compare.Differences;
import samestep.compare.ValueRow;
import samestep.compare.ValueRows;
import samestep.compare.decay.DecayComparison;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.compare.setting.SettingComparison;
import samestep.dialect.Companions;
import samestep.dialect.Input;
import samestep.dialect.ProgramText;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.program.Repository;
import samestep.recipe.Recipe;
import samestep.text.Edits;
import samestep.text.SourceText;

/** Compares two configurations of any frameworks, and finds what to write where they differ. */
public final class FileComparer {
    private final ConfigurationFile source;
    private final ConfigurationFile target;
    private final Partners partners;
    private final ProofMemory memory;

    /** For two files, and which layers of theirs belong together. */
    public FileComparer(ConfigurationFile source, ConfigurationFile target, Partners partners) {
        this(source, target, partners, new ProofMemory());
    }

    /** The same, with proofs that were made elsewhere. */
    public FileComparer(ConfigurationFile source, ConfigurationFile target, Partners partners, ProofMemory memory) {
        this.memory = memory;
        this.source = source;
        this.target = target;
        this.partners = partners;
    }

    /** Compares; no value when one of them cannot be read. */
    public Outcome<FileComparison> compare() {
        Outcome<Recipe> left = source.read();
        Outcome<Recipe> right = target.read();
        List<Finding> findings = new ArrayList<>(left.findings());
        findings.addAll(right.findings());
        // What a translation leaves out does not matter here.
        findings.removeIf(f -> f.code() == Code.SS902);
        if (left.value().isEmpty() || right.value().isEmpty()) {
            return Outcome.failed(findings);
        }
        List<Finding> unknown = new ArrayList<>(LayerNames.wrong(
                partners,
                left.value().get(),
                source.input().source().name(),
                right.value().get(),
                target.input().source().name()));
        unknown.addAll(WordNames.incomparable(left.value().get(), right.value().get()));
        if (!unknown.isEmpty()) {
            return Outcome.failed(unknown);
        }
        return Computed.of(source.input().source(), left.value(), () -> compare(left, right, findings));
    }

    private Outcome<FileComparison> compare(Outcome<Recipe> left, Outcome<Recipe> right, List<Finding> findings) {
        Residue here = Residue.in(left.value().orElseThrow());
        Residue there = Residue.in(right.value().orElseThrow());
        findings.addAll(here.findings());
        findings.addAll(there.findings());
        Sides sides =
                Sides.of(here.recipe(), there.recipe(), Sides.says(left.findings()), Sides.says(right.findings()));
        if (!sides.bothSay()) {
            // What is assumed of a file by itself is not compared.
            findings.removeIf(f -> f.code() == Code.SS011);
        }
        Comparison comparison = compared(sides);
        List<ValueRow> rows = rows(sides, comparison);
        List<Remedy> remedies = remedies(sides, rows, findings);
        DecayComparison decay = DecayComparison.of(sides.source(), sides.target());
        List<Remedy> decayRemedies = DecayRemedies.of(sides, decay, remedy -> edited(sides, remedy));
        List<Difference> differences = comparison.isProven() || !sides.bothSay()
                ? List.of()
                : Differences.of(sides.source(), sides.target(), partners, memory);
        SettingComparison settings =
                SettingComparison.of(here.recipe().allSettings(), there.recipe().allSettings(), partners);
        return Outcome.of(
                new FileComparison(
                        sides.source(),
                        sides.target(),
                        partners,
                        comparison,
                        differences,
                        rows,
                        settings,
                        decay,
                        decayRemedies,
                        unsaid(sides),
                        remedies,
                        findings),
                findings);
    }

    private Comparison compared(Sides sides) {
        return sides.bothSay() ? Comparer.compare(sides.source(), sides.target(), partners, memory) : judged(sides);
    }

    private Comparison judged(Sides sides) {
        Comparison comparison = Comparer.judge(sides.source(), sides.target(), partners, memory);
        return sides.bothSay() || isCopy() ? comparison : comparison.withOptimizerUnsaid();
    }

    /** Whether both are the same text: then what it leaves to another file does not count as a difference. */
    private boolean isCopy() {
        return source.input().source().text().equals(target.input().source().text());
    }

    private List<ValueRow> rows(Sides sides, Comparison comparison) {
        return ValueRows.of(sides.source(), sides.target(), partners, comparison, memory, sides.bothSay());
    }

    /** What one file leaves to another. */
    private List<String> unsaid(Sides sides) {
        List<String> names = new ArrayList<>();
        if (!sides.sourceSays()) {
            names.add(source.input().source().name());
        }
        if (!sides.targetSays()) {
            names.add(target.input().source().name());
        }
        return names.stream()
                .map(name -> "the optimizer and the learning rate: " + name + " does not say them")
                .toList();
    }

    /** For each value that is not the same, what to write in the target, and what in the source. */
    private List<Remedy> remedies(Sides sides, List<ValueRow> rows, List<Finding> findings) {
        List<ValueRow> different = rows.stream().filter(r -> !r.same()).toList();
        Set<String> before = new HashSet<>();
        different.forEach(row -> before.addAll(keys(row)));
        List<Remedy> remedies = new ArrayList<>();
        for (Proposals.Proposed proposed : Proposals.of(different, sides.source(), sides.target())) {
            Set<String> mended = new HashSet<>();
            proposed.rows().forEach(row -> mended.addAll(keys(row)));
            Remedy remedy = proposed.remedy();
            Optional<Sides> edited = edited(sides, remedy).filter(after -> mends(mended, before, after));
            if (edited.isEmpty()) {
                continue;
            }
            List<ValueRow> others = others(remedy, rows, mended);
            List<ValueRow> against = others.stream()
                    .filter(row -> !mends(keys(row), before, edited.get()))
                    .toList();
            if (against.isEmpty()) {
                remedies.add(remedy);
            } else if (remedy.isOfTheTarget()) {
                List<ValueRow> wanting = new ArrayList<>(proposed.rows());
                others.stream().filter(row -> !against.contains(row)).forEach(wanting::add);
                Finding finding = SharedNumber.finding(remedy, wanting, against);
                if (!findings.contains(finding)) {
                    findings.add(finding);
                }
            }
        }
        return List.copyOf(remedies);
    }

    /** A number of a program may be many values: those that are not mended with the others, and must want it too. */
    private static List<ValueRow> others(Remedy remedy, List<ValueRow> rows, Set<String> mended) {
        return ProgramText.isOne(remedy.place().source())
                ? rows.stream()
                        .filter(row -> (remedy.isOfTheTarget() ? row.target() : row.source())
                                .place()
                                .equals(Optional.of(remedy.place())))
                        .filter(row -> !mended.containsAll(keys(row)))
                        .toList()
                : List.of();
    }

    /** Both sides with the number replaced in one file. */
    private Optional<Sides> edited(Sides sides, Remedy remedy) {
        return remedy.isOfTheTarget()
                ? edited(target, remedy).map(changed -> sides.with(sides.source(), changed))
                : edited(source, remedy).map(changed -> sides.with(changed, sides.target()));
    }

    /** Whether the values are the same now, and none is different that was the same before. */
    private boolean mends(Set<String> mended, Set<String> before, Sides edited) {
        for (ValueRow after : rows(edited, judged(edited))) {
            Set<String> keys = keys(after);
            if (!after.same() && (!Collections.disjoint(keys, mended) || Collections.disjoint(keys, before))) {
                return false;
            }
        }
        return true;
    }

    /** What a row is about: a value of the whole training, or one of each of its parameters. */
    private static Set<String> keys(ValueRow row) {
        return row.parameters().isEmpty()
                ? Set.of(row.name())
                : row.parameters().stream()
                        .map(p -> row.name() + " of " + p.name())
                        .collect(Collectors.toSet());
    }

    /** What the file would mean with the number replaced. */
    private static Optional<Recipe> edited(ConfigurationFile file, Remedy remedy) {
        Input input = file.input();
        Companions companions = new Changed(input.companions(), remedy);
        Input other = new Input(
                replaced(input.source(), remedy),
                input.model().map(text -> replaced(text, remedy)),
                companions,
                input.run(),
                input.part());
        return file.dialect()
                .read(other)
                .value()
                .map(recipe -> Residue.in(recipe).recipe());
    }

    /** The files around a configuration, with the number replaced. */
    private record Changed(Companions companions, Remedy remedy) implements Companions {
        @Override
        public Search find(String reference) {
            Search search = companions.find(reference);
            return search.finding(search.found().map(text -> replaced(text, remedy)));
        }

        @Override
        public Home home() {
            Home home = companions.home();
            return new Home(new ChangedRepository(home.repository(), remedy), home.folder());
        }
    }

    /** The files of a repository, with the number replaced. */
    private record ChangedRepository(Repository repository, Remedy remedy) implements Repository {
        @Override
        public Optional<SourceText> read(String path) {
            return repository.read(path).map(text -> replaced(text, remedy));
        }

        @Override
        public boolean isFolder(String path) {
            return repository.isFolder(path);
        }
    }

    private static SourceText replaced(SourceText source, Remedy remedy) {
        SourceText wanted = remedy.place().source();
        if (!source.name().equals(wanted.name()) || !source.text().equals(wanted.text())) {
            return source;
        }
        return Edits.apply(wanted, List.of(remedy.edit()));
    }
}
