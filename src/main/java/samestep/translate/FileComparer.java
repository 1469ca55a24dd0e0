package samestep.translate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.compare.Partners;
import samestep.compare.ProofMemory;
import samestep.compare.ValueRow;
import samestep.compare.ValueRows;
import samestep.dialect.Companions;
import samestep.dialect.Input;
import samestep.equation.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Numbers;
import samestep.recipe.Recipe;
import samestep.text.Edits;
import samestep.text.SourceText;

/** Compares two configurations of any frameworks, and finds what to write where they differ. */
public final class FileComparer {
    private static final MathContext WRITTEN_DIGITS = new MathContext(17);

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
        Residue here = Residue.in(left.value().get());
        Residue there = Residue.in(right.value().get());
        findings.addAll(here.findings());
        findings.addAll(there.findings());
        Comparison comparison = Comparer.compare(here.recipe(), there.recipe(), partners, memory);
        List<ValueRow> rows = ValueRows.of(here.recipe(), there.recipe(), partners, comparison, memory);
        List<Remedy> remedies = remedies(here.recipe(), there.recipe(), rows);
        return Outcome.of(
                new FileComparison(here.recipe(), there.recipe(), partners, comparison, rows, remedies, findings),
                findings);
    }

    /** For each value that is not the same, what to write in the target, and what in the source. */
    private List<Remedy> remedies(Recipe here, Recipe there, List<ValueRow> rows) {
        List<Remedy> remedies = new ArrayList<>();
        List<ValueRow> different = rows.stream().filter(r -> !r.same()).toList();
        for (ValueRow row : different) {
            proposal(row, row.target(), row.source())
                    .filter(r -> edited(target, r)
                            .filter(other -> mends(row, rows, here, other))
                            .isPresent())
                    .ifPresent(r -> add(remedies, r));
        }
        for (ValueRow row : different) {
            proposal(row, row.source(), row.target())
                    .filter(r -> edited(source, r)
                            .filter(other -> mends(row, rows, other, there))
                            .isPresent())
                    .ifPresent(r -> add(remedies, r));
        }
        return List.copyOf(remedies);
    }

    /** One number can be many parameters' value. */
    private static void add(List<Remedy> remedies, Remedy remedy) {
        boolean known = remedies.stream()
                .anyMatch(r -> r.place().equals(remedy.place()) && r.text().equals(remedy.text()));
        if (!known) {
            remedies.add(remedy);
        }
    }

    /** The written number times what its meaning must be multiplied by; whether that is right is found by trying it. */
    private static Optional<Remedy> proposal(ValueRow row, ValueRow.Side wrong, ValueRow.Side right) {
        if (wrong.place().isEmpty()
                || wrong.quantity().isEmpty()
                || right.quantity().isEmpty()) {
            return Optional.empty();
        }
        Place place = wrong.place().get();
        try {
            BigDecimal written = new BigDecimal(place.text());
            BigDecimal wanted = right.quantity().get().decimal();
            BigDecimal number = written.multiply(wanted, Exact.DIGITS)
                    .divide(wrong.quantity().get().decimal(), Exact.DIGITS)
                    .round(WRITTEN_DIGITS);
            return Optional.of(new Remedy(row, place, Numbers.plain(number)));
        } catch (ArithmeticException | NumberFormatException e) {
            // Zero has no proportion, and what is written is not always a number.
            return Optional.empty();
        }
    }

    /** Whether the value is the same now, and none is different that was the same before. */
    private boolean mends(ValueRow row, List<ValueRow> before, Recipe here, Recipe there) {
        Comparison comparison = Comparer.judge(here, there, partners, memory);
        List<ValueRow> after = ValueRows.of(here, there, partners, comparison, memory);
        boolean mended = after.stream().noneMatch(r -> !r.same() && r.name().equals(row.name()) && concerns(r, row));
        boolean harmless = after.stream()
                .filter(r -> !r.same())
                .allMatch(r ->
                        before.stream().anyMatch(b -> !b.same() && b.name().equals(r.name()) && concerns(r, b)));
        return mended && harmless;
    }

    private static boolean concerns(ValueRow row, ValueRow other) {
        List<String> names = names(other);
        return names.isEmpty() || names(row).stream().anyMatch(names::contains);
    }

    private static List<String> names(ValueRow row) {
        return row.parameters().stream().map(p -> p.name().toString()).toList();
    }

    /** What the file would mean with the number replaced. */
    private static Optional<Recipe> edited(ConfigurationFile file, Remedy remedy) {
        Input input = file.input();
        Companions companions = reference -> {
            Companions.Search search = input.companions().find(reference);
            return new Companions.Search(
                    search.found().map(text -> replaced(text, remedy)), search.lookedIn(), search.similar());
        };
        Input other = new Input(
                replaced(input.source(), remedy), input.model().map(text -> replaced(text, remedy)), companions);
        return file.dialect()
                .read(other)
                .value()
                .map(recipe -> Residue.in(recipe).recipe());
    }

    private static SourceText replaced(SourceText source, Remedy remedy) {
        SourceText wanted = remedy.place().source();
        if (!source.name().equals(wanted.name()) || !source.text().equals(wanted.text())) {
            return source;
        }
        return Edits.apply(wanted, List.of(remedy.edit()));
    }
}
