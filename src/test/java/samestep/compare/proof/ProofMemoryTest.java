package samestep.compare.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import samestep.compare.Comparer;
import samestep.compare.bound.Drift;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.equation.Expression;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

class ProofMemoryTest {
    private static final SourceText NET = new SourceText("net.prototxt", """
        layer { name: "ip1" type: "InnerProduct" param { lr_mult: 1 } param { decay_mult: 0 } }
        layer { name: "ip2" type: "InnerProduct" param { lr_mult: 2 } param { decay_mult: 0 } }
        """);

    private static Recipe solver(String fields) {
        SourceText text = new SourceText("solver.prototxt", "base_lr: 0.01 lr_policy: \"fixed\" max_iter: 9 " + fields);
        return Dialects.named("caffe")
                .orElseThrow()
                .read(Input.of(text, NET))
                .value()
                .orElseThrow();
    }

    @Test
    void rememberedIsWhatAFreshProofGives() {
        List<Recipe> recipes = new ArrayList<>();
        for (String type : List.of("SGD", "Nesterov", "Adam")) {
            recipes.add(solver("type: \"" + type + "\" momentum: 0.9"));
            recipes.add(solver("type: \"" + type + "\" momentum: 0.8"));
            recipes.add(solver("type: \"" + type + "\" momentum: 0.9 weight_decay: 0.1"));
            recipes.add(solver("type: \"" + type + "\" momentum: 0.9 weight_decay: 0.1 iter_size: 2"));
        }
        ProofMemory memory = new ProofMemory();
        for (int round = 0; round < 2; round++) {
            for (Recipe source : recipes) {
                for (Recipe target : recipes.subList(0, 4)) {
                    assertEquals(
                            Comparer.judge(source, target, Partners.byName(), new ProofMemory()),
                            Comparer.judge(source, target, Partners.byName(), memory));
                }
            }
        }
    }

    @Test
    void rememberedIsWhatAFreshMeasurementGives() {
        List<Recipe> recipes = new ArrayList<>();
        for (String fields :
                List.of("", "momentum: 0.9", "momentum: 0.9 iter_size: 2", "type: \"Nesterov\" momentum: 0.9")) {
            recipes.add(solver(fields));
            recipes.add(solver(fields + " weight_decay: 0.1"));
        }
        recipes.add(solver("").withRates(solver("").schedule(), Expression.literal(2)));
        ProofMemory memory = new ProofMemory();
        for (int round = 0; round < 2; round++) {
            for (Recipe source : recipes) {
                for (Recipe target : recipes) {
                    assertEquals(
                            Drift.measure(source, target, new ProofMemory()), Drift.measure(source, target, memory));
                }
            }
        }
    }

    @Test
    void nothingIsProvenTwice() {
        ProofMemory memory = new ProofMemory();
        Comparer.judge(solver("momentum: 0.9"), solver("momentum: 0.9"), Partners.byName(), memory);
        assertEquals(0, memory.size(), "the same equations with the same numbers need no proof");
        Comparer.judge(solver("momentum: 0.9"), solver("momentum: 0.8"), Partners.byName(), memory);
        int once = memory.size();
        Comparer.judge(solver("momentum: 0.9"), solver("momentum: 0.8"), Partners.byName(), memory);
        assertTrue(once > 0);
        assertEquals(once, memory.size());
        Comparer.judge(solver("momentum: 0.8"), solver("momentum: 0.7"), Partners.byName(), memory);
        assertNotEquals(once, memory.size());
    }
}
