package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.compare.bound.Drift;
import samestep.compare.proof.Verdict;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Recipe;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** From Caffe to PyTorch: each verdict against a run of both sides, and what is said where the two part. */
class PytorchVerdictTest {
    private static final Dialect CAFFE = Dialects.named("caffe").orElseThrow();
    private static final Dialect PYTORCH = Dialects.named("pytorch").orElseThrow();

    private static final SourceText NET = new SourceText("net.prototxt", """
        layer { name: "ip1" type: "InnerProduct" param { lr_mult: 1 } param { lr_mult: 2 decay_mult: 0 } }
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
            "inv", "gamma: 0.01 power: 0.75",
            "multistep", "gamma: 0.3 stepvalue: 10 stepvalue: 40",
            "poly", "power: 0.7",
            "sigmoid", "gamma: 0.1 stepsize: 50"));

    private static final Map<String, String> EXTRAS = new TreeMap<>(Map.of(
            "L2", "weight_decay: 0.05",
            "L1", "weight_decay: 0.01 regularization_type: \"L1\"",
            "accumulated", "weight_decay: 0.05 iter_size: 3",
            "clipped", "weight_decay: 0.05 clip_gradients: 0.2"));

    static List<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        SOLVERS.forEach((type, hyper) -> POLICIES.forEach((policy, numbers) -> EXTRAS.forEach((extra, fields) -> {
            if (!extra.equals("L2") && !policy.equals("step")) {
                return;
            }
            String solver = "type: \"%s\" %s base_lr: 0.02 lr_policy: \"%s\" %s max_iter: 100 %s"
                    .formatted(type, hyper, policy, numbers, fields);
            boolean rateInVelocity = (type.equals("SGD") || type.equals("Nesterov")) && !policy.equals("fixed");
            boolean adam = type.equals("Adam");
            boolean same = !adam && !rateInVelocity && !extra.equals("clipped");
            cases.add(Arguments.of(solver, same, !adam));
        })));
        return cases;
    }

    private static Translation translation(String solver, String style) {
        Input input = Input.of(new SourceText("solver.prototxt", solver), NET);
        return new Translator(CAFFE, PYTORCH).translate(input, style).value().orElseThrow();
    }

    private static double drift(Translation translation) {
        String json = translation.proposal().texts().getOrDefault("json", "");
        Recipe written = PYTORCH.read(Input.of(new SourceText("port.json", json)))
                .value()
                .orElseThrow();
        OptionalDouble drift = Drift.measure(translation.source(), written);
        return drift.orElse(Double.NaN);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theProofAndTheRunAgree(String solver, boolean same, boolean sameInPython) {
        Translation json = translation(solver, "json");
        Translation python = translation(solver, "python");

        assertEquals(
                same, json.comparison().isProven(), json.comparison().verdict().toString());
        assertEquals(
                sameInPython,
                python.comparison().isProven(),
                python.comparison().verdict().toString());
        if (same) {
            assertTrue(drift(json) < 1e-12, "proven, and drifts " + drift(json));
        } else {
            assertTrue(drift(json) > 1e-9, "not proven, and drifts only " + drift(json));
        }
        if (sameInPython) {
            assertTrue(drift(python) < 1e-12, "proven, and drifts " + drift(python));
        }
    }

    /** Bias multipliers are groups; the step schedule with momentum is exact while the rate is constant, and no longer. */
    @Test
    void alexNet() throws IOException {
        Input input = Input.of(
                SourceReader.read(Path.of("fixtures/alexnet/solver.prototxt")),
                SourceReader.read(Path.of("fixtures/alexnet/train_val.prototxt")));
        Translation json =
                new Translator(CAFFE, PYTORCH).translate(input).value().orElseThrow();
        Finding rate = json.findings().stream()
                .filter(f -> f.code() == Code.SS231)
                .findFirst()
                .orElseThrow();

        assertEquals(
                new Verdict(Verdict.Kind.EXACT_WHILE, "the learning rate is constant"),
                json.comparison().verdict());
        assertTrue(json.comparison().schedule().verdict().isProven());
        assertTrue(
                rate.details().get(0).contains("(0.01 - 0.001) * 9.0 = 0.081"),
                rate.details().toString());
        assertTrue(rate.details().get(rate.details().size() - 1).contains("--as python"));
        assertTrue(new Translator(CAFFE, PYTORCH)
                .translate(input, "python")
                .value()
                .orElseThrow()
                .comparison()
                .isProven());
    }

    @Test
    void withAConstantRateAlexNetIsExact() throws IOException {
        String solver =
                SourceReader.read(Path.of("fixtures/alexnet/solver.prototxt")).text();
        Input input = Input.of(
                new SourceText("solver.prototxt", solver.replace("\"step\"", "\"fixed\"")),
                SourceReader.read(Path.of("fixtures/alexnet/train_val.prototxt")));
        Translation json =
                new Translator(CAFFE, PYTORCH).translate(input).value().orElseThrow();

        assertTrue(json.comparison().isProven(), json.comparison().verdict().toString());
        assertTrue(json.findings().stream().noneMatch(f -> f.code() == Code.SS231));
    }
}
