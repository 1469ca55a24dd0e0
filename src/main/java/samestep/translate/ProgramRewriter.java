package samestep.translate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import samestep.compare.ValueRow;
import samestep.compare.ValueRows;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Input;
import samestep.dialect.ParameterList;
import samestep.dialect.write.Rewrite;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.text.Edit;
import samestep.text.Edits;
import samestep.text.SourceText;

/**
 * Changes numbers of a program so that it means what a configuration means. A number is changed where it is born, and only
 * if every use of it wants the same new value: each change was tried, and no other value is another one then. What is left
 * is a finding with the uses, for a person.
 */
final class ProgramRewriter {
    private static final int MOST_ROUNDS = 4;

    private final ConfigurationFile source;
    private final ConfigurationFile target;
    private final Partners partners;
    private final ProofMemory memory;

    ProgramRewriter(ConfigurationFile source, ConfigurationFile target, Partners partners, ProofMemory memory) {
        this.source = source;
        this.target = target;
        this.partners = partners;
        this.memory = memory;
    }

    /** The changes, the program with them against the source, and what is left to a person. */
    Outcome<FileRewriter.Rewritten> rewrite() {
        Outcome<FileComparison> compared = new FileComparer(source, target, partners, memory).compare();
        // What stays unchanged is reported for the changed program.
        List<Finding> others =
                compared.findings().stream().filter(f -> f.code() != Code.SS046).toList();
        return new Outcome<>(compared.value(), others).then(this::rewritten);
    }

    private Outcome<FileRewriter.Rewritten> rewritten(FileComparison compared) {
        List<Edit> edits = List.of();
        FileComparison now = compared;
        for (int i = 0; i < MOST_ROUNDS && !now.comparison().isProven(); i++) {
            // A value may be another one only as long as the next one is.
            List<Edit> more = edits(now, changed(edits));
            Optional<List<Edit>> all = more.isEmpty()
                    ? Optional.empty()
                    : Edits.composed(target.input().source(), edits, more);
            Optional<FileComparison> next = all.flatMap(this::compared);
            if (all.isEmpty() || next.isEmpty()) {
                break;
            }
            edits = all.get();
            now = next.get();
        }
        List<Finding> shared = shared(edits);
        if (!shared.isEmpty()) {
            edits = List.of();
            now = compared;
        }
        List<Finding> findings = new ArrayList<>(shared);
        now.findings().stream().filter(f -> f.code() == Code.SS046).forEach(findings::add);
        if (!now.comparison().isProven() && shared.isEmpty()) {
            findings.addAll(left(now, edits));
        }
        Rewrite rewrite = new Rewrite(target.input().source(), edits, Optional.empty(), Map.of(), findings);
        return Outcome.of(new FileRewriter.Rewritten(rewrite, now.comparison()), findings);
    }

    private SourceText changed(List<Edit> edits) {
        SourceText existing = target.input().source();
        return edits.isEmpty() ? existing : Edits.apply(existing, edits);
    }

    private Optional<FileComparison> compared(List<Edit> edits) {
        ConfigurationFile after = changed(changed(edits), target.input());
        return new FileComparer(source, after, partners, memory).compare().value();
    }

    /** Those of the program's own file that do not contradict each other. */
    private static List<Edit> edits(FileComparison compared, SourceText existing) {
        Map<Place, String> wanted = new LinkedHashMap<>();
        for (Remedy remedy : compared.remedies()) {
            if (remedy.isOfTheTarget() && isIn(existing, remedy.place())) {
                wanted.merge(remedy.place(), remedy.text(), (one, other) -> one.equals(other) ? one : "");
            }
        }
        return wanted.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> new Edit(existing, entry.getKey().span(), entry.getValue(), Edit.Certainty.EXACT))
                .toList();
    }

    private static boolean isIn(SourceText existing, Place place) {
        return place.source().name().equals(existing.name())
                && place.source().text().equals(existing.text());
    }

    private ConfigurationFile changed(SourceText text, Input input) {
        return new ConfigurationFile(target.dialect(), input.with(text));
    }

    /** Another training of the same program that the changes would change as well. */
    private List<Finding> shared(List<Edit> edits) {
        Input input = target.input();
        if (edits.isEmpty() || input.part().isEmpty()) {
            return List.of();
        }
        SourceText after = Edits.apply(input.source(), edits);
        List<Finding> findings = new ArrayList<>();
        for (String part : target.dialect().parts(input)) {
            List<BigDecimal> now = numbers(new ConfigurationFile(target.dialect(), input.with(Optional.of(part))));
            List<BigDecimal> then = numbers(changed(after, input.with(Optional.of(part))));
            if (!part.equals(input.part().get()) && !now.equals(then) && !isSame(part)) {
                findings.add(Finding.at(
                                new Place(input.source(), edits.get(0).span()),
                                Code.SS046,
                                "this number is a number of " + part + " too, which would change with it")
                        .detail("Nothing is changed. Give " + input.part().get() + " a number of its own."));
            }
        }
        return findings;
    }

    /** Whether another name chooses the same training. */
    private boolean isSame(String part) {
        Input input = target.input();
        return places(input).equals(places(input.with(Optional.of(part))));
    }

    private List<Place> places(Input input) {
        List<Place> places = new ArrayList<>();
        each(
                new ConfigurationFile(target.dialect(), input),
                quantity -> quantity.place().ifPresent(places::add));
        return places;
    }

    private static List<BigDecimal> numbers(ConfigurationFile file) {
        List<BigDecimal> numbers = new ArrayList<>();
        each(file, quantity -> numbers.add(quantity.decimal().stripTrailingZeros()));
        return numbers;
    }

    private static void each(ConfigurationFile file, Consumer<Quantity> use) {
        Optional<Recipe> recipe = file.read().value();
        recipe.ifPresent(r -> r.traced(
                quantity -> {
                    use.accept(quantity);
                    return quantity;
                },
                origin -> origin,
                place -> place));
    }

    /** One finding for each value that differs and is not changed. */
    private List<Finding> left(FileComparison now, List<Edit> edits) {
        List<ValueRow> all = now.rows();
        List<ValueRow> different = all.stream()
                .filter(row -> !row.same())
                .filter(row ->
                        row.target().place().filter(p -> isMade(edits, p)).isEmpty())
                .toList();
        List<Finding> findings = new ArrayList<>();
        List<String> unsaid = new ArrayList<>();
        for (ValueRow row : ValueRows.merged(different)) {
            if (isSaid(row, now)) {
                continue;
            }
            if (row.target().place().isPresent()) {
                findings.add(left(row));
            } else {
                unsaid.add(row.name());
            }
        }
        if (!unsaid.isEmpty()) {
            String names = String.join(", ", unsaid.stream().distinct().toList());
            findings.add(Finding.at(
                    Place.start(target.input().source()),
                    Code.SS046,
                    "no single number of the program makes the difference in " + names + "; a person has to decide"));
        }
        return findings;
    }

    /** Whether the comparison says already why the number stays. */
    private static boolean isSaid(ValueRow row, FileComparison now) {
        return now.findings().stream()
                .anyMatch(f -> f.code() == Code.SS046
                        && f.place().isPresent()
                        && f.place().equals(row.target().place()));
    }

    private boolean isMade(List<Edit> edits, Place place) {
        return isIn(target.input().source(), place)
                && edits.stream().anyMatch(e -> e.span().equals(place.span()));
    }

    private Finding left(ValueRow row) {
        String whose = row.parameters().isEmpty() ? "" : " of " + ParameterList.count(row.parameters());
        String message = row.name() + whose + ": " + row.target().words() + " here, "
                + row.source().words() + " in " + source.input().source().name() + "; a person has to decide";
        Place place = row.target().place().orElseThrow();
        Finding finding = Finding.at(place, Code.SS046, message).as(Severity.WARNING);
        return place.source().name().equals(target.input().source().name())
                ? finding
                : finding.detail("It is written in another file, which --onto does not change.");
    }
}
