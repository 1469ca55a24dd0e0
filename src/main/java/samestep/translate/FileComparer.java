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
import samestep.compare.Partners;
import samestep.compare.ProofMemory;
import samestep.compare.ValueRow;
import samestep.compare.ValueRows;
import samestep.compare.setting.SettingComparison;
import samestep.dialect.Companions;
import samestep.dialect.Input;
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
        // What a translation leaves out is nobody's question here.
        findings.removeIf(f -> f.code() == Code.SS902);
        if (left.value().isEmpty() || right.value().isEmpty()) {
            return Outcome.failed(findings);
        }
        List<Finding> unknown = LayerNames.wrong(
                partners,
                left.value().get(),
                source.input().source().name(),
                right.value().get(),
                target.input().source().name());
        if (!unknown.isEmpty()) {
            return Outcome.failed(unknown);
        }
        return Computed.of(
                source.input().source(),
                left.value(),
                () -> compare(left.value().get(), right.value().get(), findings));
    }

    private Outcome<FileComparison> compare(Recipe left, Recipe right, List<Finding> findings) {
        Residue here = Residue.in(left);
        Residue there = Residue.in(right);
        findings.addAll(here.findings());
        findings.addAll(there.findings());
        Comparison comparison = Comparer.compare(here.recipe(), there.recipe(), partners, memory);
        List<ValueRow> rows = ValueRows.of(here.recipe(), there.recipe(), partners, comparison, memory);
        List<Remedy> remedies = remedies(here.recipe(), there.recipe(), rows);
        List<Difference> differences =
                comparison.isProven() ? List.of() : Differences.of(here.recipe(), there.recipe(), partners, memory);
        SettingComparison settings =
                SettingComparison.of(here.recipe().allSettings(), there.recipe().allSettings(), partners);
        return Outcome.of(
                new FileComparison(
                        here.recipe(),
                        there.recipe(),
                        partners,
                        comparison,
                        differences,
                        rows,
                        settings,
                        remedies,
                        findings),
                findings);
    }

    /** For each value that is not the same, what to write in the target, and what in the source. */
    private List<Remedy> remedies(Recipe here, Recipe there, List<ValueRow> rows) {
        List<ValueRow> different = rows.stream().filter(r -> !r.same()).toList();
        Set<String> before = new HashSet<>();
        different.forEach(row -> before.addAll(keys(row)));
        List<Remedy> remedies = new ArrayList<>();
        for (Proposals.Proposed proposed : Proposals.of(different, here, there)) {
            Remedy remedy = proposed.remedy();
            Optional<Recipe> source = remedy.isOfTheTarget() ? Optional.of(here) : edited(this.source, remedy);
            Optional<Recipe> target = remedy.isOfTheTarget() ? edited(this.target, remedy) : Optional.of(there);
            Set<String> mended = new HashSet<>();
            proposed.rows().forEach(row -> mended.addAll(keys(row)));
            if (source.isPresent() && target.isPresent() && mends(mended, before, source.get(), target.get())) {
                remedies.add(remedy);
            }
        }
        return List.copyOf(remedies);
    }

    /** Whether the values are the same now, and none is different that was the same before. */
    private boolean mends(Set<String> mended, Set<String> before, Recipe here, Recipe there) {
        Comparison comparison = Comparer.judge(here, there, partners, memory);
        for (ValueRow after : ValueRows.of(here, there, partners, comparison, memory)) {
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
