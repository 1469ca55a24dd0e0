package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.compare.bound.Drift;
import samestep.compare.proof.ProofMemory;
import samestep.compare.proof.Verdict;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/** Each Caffe solver under each policy is judged twice: by the proof, and by running both sides. */
class VerdictAgainstRunsTest {
    private static final Dialect CAFFE = Dialects.named("caffe").orElseThrow();
    private static final Dialect KERAS = Dialects.named("keras").orElseThrow();

    /** Policies change no proof: each is made once. */
    private static final ProofMemory MEMORY = new ProofMemory();

    private static final SourceText NET = new SourceText("net.prototxt", """
        layer { name: "ip1" type: "InnerProduct" param { lr_mult: 1 } param { decay_mult: 0 } }
        layer { name: "ip2" type: "InnerProduct" param { decay_mult: 0.5 } param { decay_mult: 2 } }
        """);

    private static final Map<String, String> SOLVERS = new TreeMap<>(Map.of(
            "SGD", "momentum: 0.9",
            "Nesterov", "momentum: 0.9",
            "AdaGrad", "delta: 0.001",
            "RMSProp", "delta: 0.001 rms_decay: 0.95",
            "AdaDelta", "momentum: 0.95 delta: 1e-6",
            "Adam", "momentum: 0.9 momentum2: 0.99 delta: 1e-4"));

    private static final Map<String, String> POLICIES = new TreeMap<>(Map.of(
            "fixed", "",
            "step", "gamma: 0.3 stepsize: 30",
            "exp", "gamma: 0.97",
            "inv", "gamma: 0.01 power: 1",
            "inv-power", "gamma: 0.01 power: 0.75",
            "multistep", "gamma: 0.3 stepvalue: 10 stepvalue: 40",
            "poly", "power: 0.7",
            "sigmoid", "gamma: 0.1 stepsize: 50"));

    private static final Map<String, String> EXTRAS = new TreeMap<>(Map.of(
            "L2", "weight_decay: 0.05",
            "L1", "weight_decay: 0.01 regularization_type: \"L1\"",
            "accumulated", "weight_decay: 0.05 iter_size: 3"));

    static List<Arguments> pairs() {
        List<Arguments> pairs = new ArrayList<>();
        SOLVERS.forEach((type, hyper) -> POLICIES.forEach((name, policy) -> EXTRAS.forEach((extra, fields) -> {
            String solver = "type: \"%s\" %s base_lr: 0.02 lr_policy: \"%s\" %s max_iter: 100 %s"
                    .formatted(type, hyper, name.replaceAll("-.*", ""), policy, fields);
            boolean sameOptimizer = !type.equals("AdaGrad") && !type.equals("RMSProp");
            boolean sameSchedule = !name.equals("inv-power") && !name.equals("sigmoid");
            pairs.add(Arguments.of(solver, sameOptimizer && sameSchedule, sameSchedule));
        })));
        return pairs;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theProofAndTheRunAgree(String solver, boolean same, boolean sameSchedule) {
        Input input = Input.of(new SourceText("solver.prototxt", solver), NET);
        Translation translation =
                new Translator(CAFFE, KERAS, MEMORY).translate(input).value().orElseThrow();
        String json = translation.proposal().texts().getOrDefault("json", "");
        Recipe written =
                KERAS.read(Input.of(new SourceText("port.json", json))).value().orElseThrow();
        OptionalDouble drift = Drift.measure(translation.source(), written);

        assertEquals(
                same,
                translation.comparison().isProven(),
                translation.comparison().verdict().toString());
        assertTrue(drift.isPresent());
        if (same) {
            assertTrue(drift.getAsDouble() < 1e-12, "proven, and drifts " + drift.getAsDouble());
        } else {
            assertTrue(drift.getAsDouble() > 1e-9, "not proven, and drifts only " + drift.getAsDouble());
            // An epsilon elsewhere is bounded, another schedule is not.
            Verdict.Kind kind = sameSchedule ? Verdict.Kind.BOUNDED : Verdict.Kind.INEXACT;
            assertEquals(kind, translation.comparison().verdict().kind());
            assertEquals(drift.getAsDouble(), translation.comparison().drift().orElseThrow(), 1e-15);
            assertTrue(translation.verbatimDrift().isPresent());
        }
    }
}
