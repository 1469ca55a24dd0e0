package samestep.translate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Dialect;
import samestep.dialect.Input;
import samestep.dialect.ProgramText;
import samestep.dialect.write.Rewrite;
import samestep.equation.Expressions;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/** Changes an existing document so that it means what a configuration means: changes, reads back, compares. */
public final class FileRewriter {
    private final ConfigurationFile source;
    private final Dialect to;
    private final Partners partners;
    private final ProofMemory memory;

    /**
     * @param source what the document should mean
     * @param to whose document it is
     * @param partners which layers of the source are which of the document's
     */
    public FileRewriter(ConfigurationFile source, Dialect to, Partners partners) {
        this(source, to, partners, new ProofMemory());
    }

    /** The same, with proofs that were made elsewhere. */
    public FileRewriter(ConfigurationFile source, Dialect to, Partners partners, ProofMemory memory) {
        this.memory = memory;
        this.source = source;
        this.to = to;
        this.partners = partners;
    }

    /**
     * The best change that was found.
     *
     * @param rewrite the change
     * @param comparison the source with the changed document
     */
    public record Rewritten(Rewrite rewrite, Comparison comparison) {}

    /** No value, and findings, when the source or the document cannot be read. */
    public Outcome<Rewritten> rewrite(SourceText existing) {
        return rewrite(new ConfigurationFile(to, Input.of(existing)));
    }

    /** The same, where it is known which files are around the document, and which part of it is meant. */
    public Outcome<Rewritten> rewrite(ConfigurationFile target) {
        if (ProgramText.isOne(target.input().source())) {
            return new ProgramRewriter(source, target, partners, memory).rewrite();
        }
        SourceText existing = target.input().model().orElse(target.input().source());
        Outcome<Recipe> read = source.read();
        return read.then(recipe -> {
            List<Finding> unknown = new ArrayList<>(unknown(recipe, existing));
            WordNames.unwritable(recipe).ifPresent(unknown::add);
            if (!unknown.isEmpty()) {
                return Outcome.failed(unknown);
            }
            return Computed.of(source.input().source(), Optional.of(recipe), () -> {
                Residue residue = Residue.in(recipe);
                return rewrites(residue.recipe(), existing).then(rewrites -> best(residue, existing, rewrites));
            });
        });
    }

    private List<Finding> unknown(Recipe recipe, SourceText existing) {
        Optional<Recipe> there = partners.layers().isEmpty()
                ? Optional.empty()
                : to.read(Input.of(existing)).value();
        return there.map(target -> LayerNames.wrong(
                        partners, recipe, source.input().source().name(), target, existing.name()))
                .orElse(List.of());
    }

    /** What can be changed; nothing in which steps that are epochs are counted as updates. */
    private Outcome<List<Rewrite>> rewrites(Recipe recipe, SourceText existing) {
        Outcome<List<Rewrite>> rewrites = to.rewrite(recipe, existing, partners.layers());
        boolean mistaken = EpochGuard.countsEpochs(recipe)
                && rewrites.value().stream()
                        .flatMap(List::stream)
                        .flatMap(rewrite -> to.read(rewrite.result()).value().stream())
                        .anyMatch(back -> EpochGuard.mistakes(back.schedule()));
        return mistaken
                ? to.rewrite(EpochGuard.constant(recipe), existing, partners.layers())
                        .then(constant -> Outcome.of(
                                constant.stream()
                                        .map(rewrite -> rewrite.with(EpochGuard.finding(recipe)))
                                        .toList(),
                                List.of()))
                : rewrites;
    }

    private Outcome<Rewritten> best(Residue residue, SourceText existing, List<Rewrite> rewrites) {
        List<Rewritten> judged = new ArrayList<>();
        List<Finding> unread = new ArrayList<>();
        for (Rewrite rewrite : rewrites) {
            Outcome<Recipe> back = to.read(rewrite.result());
            if (back.value().isEmpty()) {
                unread.addAll(back.findings());
                continue;
            }
            Recipe meant = back.value().get().mapped(value -> Expressions.replaceNumbers(value, rewrite.written()));
            judged.add(new Rewritten(rewrite, Comparer.compare(residue.recipe(), meant, partners, memory)));
        }
        Optional<Rewritten> best = judged.stream()
                .min(Comparator.comparing(
                                (Rewritten r) -> r.comparison().verdict().kind())
                        .thenComparingDouble(r -> r.comparison().drift().orElse(Double.MAX_VALUE)));
        if (best.isEmpty()) {
            // The file was probably wrong before the change; if so, the finding is at its place in that file.
            Outcome<Recipe> before = to.read(Input.of(existing));
            return new Outcome<>(Optional.empty(), before.hasErrors() ? before.findings() : unread);
        }
        List<Finding> findings = new ArrayList<>(residue.findings());
        findings.addAll(best.get().rewrite().findings());
        return Outcome.of(best.get(), findings);
    }
}
