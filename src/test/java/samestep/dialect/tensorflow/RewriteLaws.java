package samestep.dialect.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.write.Rewrite;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.text.Edit;
import samestep.text.SourceText;

/** What holds of every change of a document in place. */
final class RewriteLaws {
    static final Dialect TENSORFLOW = Dialects.named("tensorflow").orElseThrow();
    private static final ProofMemory MEMORY = new ProofMemory();

    /** Configurations that documents of TensorFlow can say, at least for kernels. */
    static final List<String> SOLVERS = List.of(
            "base_lr: 0.01 lr_policy: 'fixed' momentum: 0.9 weight_decay: 0.0005 max_iter: 70",
            "base_lr: 0.02 lr_policy: 'multistep' gamma: 0.1 stepvalue: 10 stepvalue: 20 stepvalue: 40 momentum: 0.5",
            "base_lr: 0.02 lr_policy: 'step' gamma: 0.5 stepsize: 7 type: 'Adam' momentum: 0.9 delta: 1e-7");

    private RewriteLaws() {}

    static Recipe caffe(String solver) {
        return Dialects.named("caffe")
                .orElseThrow()
                .read(Input.of(new SourceText("solver.prototxt", solver.replace('\'', '"'))))
                .value()
                .orElseThrow();
    }

    static Rewrite rewrite(Recipe recipe, SourceText existing) {
        Outcome<List<Rewrite>> rewrites = TENSORFLOW.rewrite(recipe, existing, Map.of());
        return rewrites.value()
                .orElseThrow(() -> new AssertionError(existing.name() + ": " + rewrites.findings()))
                .get(0);
    }

    /** Outside the edits the text is what it was; what is written is read; a second time changes nothing. */
    static Recipe lawful(Recipe recipe, SourceText existing) {
        Rewrite rewrite = rewrite(recipe, existing);
        int at = 0;
        StringBuilder rebuilt = new StringBuilder();
        List<Edit> edits = rewrite.edits().stream()
                .sorted(Comparator.comparingInt((Edit e) -> e.span().start()))
                .toList();
        for (Edit edit : edits) {
            rebuilt.append(existing.text(), at, edit.span().start()).append(edit.replacement());
            at = edit.span().end();
        }
        rebuilt.append(existing.text(), at, existing.text().length());
        SourceText changed = rewrite.changed();
        assertEquals(rebuilt.toString(), changed.text());
        Outcome<Recipe> back = TENSORFLOW.read(Input.of(changed));
        assertTrue(back.value().isPresent(), () -> existing.name() + ": " + back.findings() + changed.text());
        assertEquals(List.of(), rewrite(recipe, changed).edits(), existing.name() + ", a second time");
        return back.value().orElseThrow();
    }

    /** Whether kernels take the same steps, as long as the rate stays where TensorFlow 1 has it outside the velocity. */
    static boolean kernelsAreTheSame(Recipe recipe, Recipe back) {
        Comparison comparison = Comparer.judge(back, recipe, Partners.byName(), MEMORY);
        return comparison.schedule().verdict().isProven()
                && comparison.groups().stream()
                        .filter(g ->
                                g.parameters().stream().anyMatch(p -> p.name().role() == Role.KERNEL))
                        .allMatch(g -> g.verdict().isProven()
                                || g.verdict().condition().contains("constant"));
    }
}
