package samestep.dialect.pytorch.deepspeed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.dialect.Input;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.recipe.setting.SettingKind;
import samestep.text.SourceText;

/** What DeepSpeed's engine makes of its configuration. */
class DeepSpeedReaderTest {
    private static final String ADAM = "\"optimizer\": {\"type\": \"AdamW\", \"params\": {\"lr\": 1.0}}";

    private static Outcome<Recipe> read(String members) {
        return new PytorchDialect()
                .read(Input.of(new SourceText("ds_config.json", "{\"train_batch_size\": 8, " + members + "}")));
    }

    /** Printed by the classes of runtime/lr_schedules.py of 0.19.6 with torch, an optimizer of lr 1.0, one step an update. */
    static Stream<Arguments> schedules() {
        return Stream.of(
                Arguments.of(
                        "WarmupLR",
                        "\"warmup_num_steps\": 4, \"warmup_type\": \"linear\"",
                        List.of(0.0, 0.0, 0.25, 0.5, 0.75, 1.0, 1.0)),
                Arguments.of(
                        "WarmupLR",
                        "\"warmup_num_steps\": 5, \"warmup_max_lr\": 0.5, \"warmup_min_lr\": 0.1",
                        List.of(0.1, 0.1, 0.2722706232, 0.3730424778, 0.4445412465, 0.5, 0.5)),
                Arguments.of(
                        "WarmupLR",
                        "\"warmup_num_steps\": 1, \"warmup_type\": \"linear\"",
                        List.of(0.0, 0.0, 0.5, 1.0, 1.0)),
                Arguments.of(
                        "WarmupDecayLR",
                        "\"warmup_num_steps\": 4, \"warmup_type\": \"linear\", \"total_num_steps\": 9,"
                                + " \"warmup_max_lr\": 1, \"warmup_min_lr\": 0.1",
                        List.of(0.1, 0.1, 0.325, 0.55, 0.775, 1.0, 0.82, 0.64, 0.46, 0.28, 0.1, 0.1)),
                Arguments.of(
                        "WarmupDecayLR",
                        "\"warmup_num_steps\": 4, \"total_num_steps\": 9",
                        List.of(0.0, 0.0, 0.0005, 0.0007924813, 0.001, 0.001, 0.0008, 0.0006, 0.0004, 0.0002, 0.0)),
                Arguments.of(
                        "WarmupCosineLR",
                        "\"warmup_num_steps\": 4, \"warmup_type\": \"linear\", \"total_num_steps\": 9",
                        List.of(
                                0.0,
                                0.0,
                                0.25,
                                0.5,
                                0.75,
                                0.9045180463,
                                0.6545430463,
                                0.3455569537,
                                0.0955819537,
                                0.0001,
                                0.0001)),
                Arguments.of(
                        "WarmupCosineLR",
                        "\"warmup_num_steps\": 3, \"total_num_steps\": 9, \"warmup_min_ratio\": 0.2,"
                                + " \"cos_min_ratio\": 0.1",
                        List.of(
                                0.0,
                                0.2,
                                0.7047438029,
                                1.0,
                                0.9397114317,
                                0.775,
                                0.55,
                                0.325,
                                0.1602885683,
                                0.1,
                                0.1)));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void ratesAreDeepSpeeds(String type, String params, List<Double> expected) {
        Recipe recipe = read(ADAM + ", \"scheduler\": {\"type\": \"" + type + "\", \"params\": {" + params + "}}")
                .value()
                .orElseThrow();
        Formula<double[]> rate = recipe.schedule().rate(new DoubleAlgebra(false));
        for (int t = 0; t < expected.size(); t++) {
            assertEquals(expected.get(t), rate.at(new double[] {t})[0], 1e-10, type + ", update " + t);
        }
    }

    static Stream<Arguments> reported() {
        return Stream.of(
                Arguments.of("\"gradient_clipping\": 1, " + ADAM.replace("AdamW", "Adam"), Code.SS241, "adam_w_mode"),
                Arguments.of(ADAM, Code.SS432, "gradient_clipping is not given: 1.0 since 0.19.3, 0 before"),
                Arguments.of(ADAM.replace("1.0", "\"auto\""), Code.SS213, "optimizer.params.lr"),
                Arguments.of(ADAM.replace("AdamW", "OneBitAdam"), Code.SS010, "OneBitAdam"),
                Arguments.of(ADAM.replace("AdamW", "Lamb"), Code.SS010, "Lamb"),
                Arguments.of(ADAM.replace("1.0", "1.0, \"weight_decay\": 0.1"), Code.SS342, "every parameter"),
                Arguments.of(
                        ADAM + ", \"scheduler\": {\"type\": \"OneCycle\", \"params\": {}}", Code.SS010, "OneCycle"),
                Arguments.of(
                        ADAM + ", \"scheduler\": {\"type\": \"WarmupDecayLR\", \"params\": {\"total_num_steps\": 9}}",
                        Code.SS203,
                        "the optimizer's lr of 1.0 is not used"),
                Arguments.of("\"train_micro_batch_size_per_gpu\": 2, " + ADAM, Code.SS441, "4 devices"),
                Arguments.of("\"no_such_field\": 1, " + ADAM, Code.SS044, "no_such_field"));
    }

    @ParameterizedTest
    @MethodSource("reported")
    void whatIsNotAsItLooksIsReported(String members, Code code, String words) {
        List<Finding> findings = read(members).findings();
        assertTrue(
                findings.stream().anyMatch(f -> f.code() == code && f.message().contains(words)), findings.toString());
    }

    @Test
    void adamIsDecoupledUnlessItIsSaid() {
        String decayed = ADAM.replace("1.0", "1.0, \"weight_decay\": 0.1%s");
        assertEquals(
                List.of(true, true, false, true, false),
                Stream.of(
                                decayed.formatted(""),
                                decayed.formatted("").replace("AdamW", "Adam"),
                                decayed.formatted(", \"adam_w_mode\": false").replace("AdamW", "adam"),
                                decayed.formatted(", \"adam_w_mode\": false"),
                                decayed.formatted(", \"adam_w_mode\": false, \"torch_adam\": true")
                                        .replace("AdamW", "Adam"))
                        .map(members -> !read(members)
                                .value()
                                .orElseThrow()
                                .parameters()
                                .get(0)
                                .stages(Stage.DecoupledDecay.class)
                                .isEmpty())
                        .toList());
    }

    @Test
    void theBatchOfAllDevicesIsShared() {
        Recipe recipe =
                read("\"gradient_accumulation_steps\": 2, " + ADAM).value().orElseThrow();
        assertEquals(
                "8",
                recipe.allSettings()
                        .ofRun(SettingKind.SAMPLES_PER_UPDATE)
                        .orElseThrow()
                        .value()
                        .words());
    }
}
