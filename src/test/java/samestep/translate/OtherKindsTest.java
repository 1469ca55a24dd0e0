package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.compare.proof.Partners;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.text.SourceText;

/** Numbers of another kind that make the same step: a rate in an optimizer, a decay beside the rate, a huge power. */
class OtherKindsTest {
    private static final String SOLVER = """
        base_lr: 0.1
        lr_policy: "fixed"
        max_iter: 1000
        weight_decay: 0.0005
        net_param { layer { name: "fc" type: "InnerProduct" inner_product_param { num_output: 10 } } }
        """;
    private static final String SGDW = """
        {"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {"name": "fc"}}]},
         "keras_version": "2.15.0", "training_config": {"loss": null, "optimizer_config":
          {"class_name": "Addons>SGDW", "config": {"learning_rate": 0.1, "decay": 0.0, "momentum": 0.0,
           "nesterov": false, "weight_decay": %s}}}}
        """;
    private static final String ADAGRAD = """
        {"samestep": "pytorch/1", "optimizer": {"class_path": "torch.optim.Adagrad",
         "init_args": {"lr": 0.01, "lr_decay": %s, "eps": 1e-08}}}
        """;
    private static final String INV = """
        base_lr: 0.01
        lr_policy: "inv"
        gamma: %s
        power: %s
        max_iter: 1000
        type: "AdaGrad"
        delta: 1e-8
        """;
    private static final String POLY = """
        base_lr: 0.1
        lr_policy: "poly"
        power: %s
        max_iter: 1000
        net_param { layer { name: "fc" type: "InnerProduct" inner_product_param { num_output: 10 } } }
        """;

    private static ConfigurationFile file(String name, String text, String dialect) {
        return new ConfigurationFile(Dialects.named(dialect).orElseThrow(), Input.of(new SourceText(name, text)));
    }

    private static FileComparison compare(ConfigurationFile one, ConfigurationFile other) {
        return new FileComparer(one, other, new Partners(Map.of()))
                .compare()
                .value()
                .orElseThrow();
    }

    private static Translation translate(String text, String from, String to) {
        return new Translator(
                        Dialects.named(from).orElseThrow(), Dialects.named(to).orElseThrow())
                .translate(Input.of(new SourceText("source", text)))
                .value()
                .orElseThrow();
    }

    @Test
    void aDecayBesideTheRateIsThatInTheGradientTimesTheRate() {
        FileComparison compared =
                compare(file("s.prototxt", SOLVER, "caffe"), file("m.json", SGDW.formatted("0.0005"), "keras"));

        assertFalse(compared.comparison().isProven());
        assertEquals(
                Set.of("m.json 0.00005", "s.prototxt 0.005"),
                compared.remedies().stream()
                        .map(r -> r.place().source().name() + " " + r.text())
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @CsvSource({"fixed, 0.00005, true", "fixed, 0.00006, false", "step, 0.00005, false"})
    void itIsTheSameOnlyAtThatRate(String policy, String decay, boolean same) {
        String solver = SOLVER.replace("\"fixed\"", "\"" + policy + "\" stepsize: 100 gamma: 0.5");
        FileComparison compared =
                compare(file("s.prototxt", solver, "caffe"), file("m.json", SGDW.formatted(decay), "keras"));

        assertEquals(same, compared.comparison().isProven());
    }

    @ParameterizedTest
    @CsvSource({"0.001, 1, true", "0.002, 1, false", "0.001, 0.5, false", "0, 1, false"})
    void aRateThatTheOptimizerLowersIsASchedule(String gamma, String power, boolean same) {
        FileComparison compared = compare(
                file("p.json", ADAGRAD.formatted("0.001"), "pytorch"),
                file("s.prototxt", INV.formatted(gamma, power), "caffe"));

        assertEquals(same, compared.comparison().isProven());
    }

    @Test
    void aRateThatTheOptimizerLowersIsWrittenAsASchedule() {
        Translation translation = translate(ADAGRAD.formatted("0.001"), "pytorch", "caffe");
        String text = translation.proposal().texts().getOrDefault("prototxt", "");

        assertTrue(translation.comparison().isProven());
        assertTrue(text.contains("lr_policy: \"inv\"") && text.contains("gamma: 0.001"), text);
    }

    @ParameterizedTest
    @CsvSource({"18446744073709551616", "1e30", "123456789012345678901"})
    void aHugePowerIsComparedWithItsTranslation(String power) {
        String text = POLY.formatted(power);
        String written = translate(text, "caffe", "keras").proposal().texts().getOrDefault("json", "");
        FileComparison compared = compare(file("s.prototxt", text, "caffe"), file("m.json", written, "keras"));

        assertTrue(compared.comparison().isProven());
        assertFalse(compare(file("s.prototxt", text, "caffe"), file("t.prototxt", POLY.formatted("2"), "caffe"))
                .comparison()
                .isProven());
    }
}
