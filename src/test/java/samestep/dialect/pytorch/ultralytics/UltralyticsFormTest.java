package samestep.dialect.pytorch.ultralytics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.compare.Comparer;
import samestep.compare.proof.Verdict;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.Run;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;
import samestep.text.SourceText;

/** What args.yaml of Ultralytics says, and what it does not. */
class UltralyticsFormTest {
    private static final Dialect PYTORCH = Dialects.named("pytorch").orElseThrow();
    private static final String HEAD = "task: detect\nmode: train\nlr0: 0.02\n";
    private static final String COLD = HEAD + "optimizer: SGD\nwarmup_epochs: 0\n";

    private static Outcome<Recipe> outcome(String text) {
        return PYTORCH.read(Input.of(new SourceText("args.yaml", text)));
    }

    private static Recipe read(String text) {
        Outcome<Recipe> outcome = outcome(text);
        return outcome.value().orElseThrow(() -> new AssertionError(outcome.findings()));
    }

    private static Optional<Finding> finding(String text, Code code) {
        return outcome(text).findings().stream().filter(f -> f.code() == code).findFirst();
    }

    private static Parameter parameter(Recipe recipe, Role role) {
        return recipe.trained().stream()
                .filter(p -> p.name().role() == role)
                .findFirst()
                .orElseThrow();
    }

    private static <T extends Stage> T stage(Recipe recipe, Class<T> type) {
        return parameter(recipe, Role.KERNEL).stages(type).get(0);
    }

    /** The number of images decides, and the batches of an update are what is nearest to nbs; a half goes to the even number. */
    @ParameterizedTest
    @CsvSource({
        "16, 64, 4, 0.0005",
        "24, 64, 3, 0.0005625",
        "128, 64, 1, 0.001",
        "40, 60, 2, 0.000666666666666667",
        "8, 20, 2, 0.0004",
        "8, 28, 4, 0.000571428571428571"
    })
    void theDecayIsThatOfAnImage(int batch, int nbs, int steps, double decay) {
        Recipe recipe = read(COLD + "batch: " + batch + "\nnbs: " + nbs + "\n");

        assertEquals(steps, recipe.microSteps());
        assertEquals(decay, stage(recipe, Stage.Penalty.class).coefficient().doubleValue(), 1e-15);
        assertEquals(List.of(), parameter(recipe, Role.BIAS).stages(Stage.Penalty.class));
        assertEquals(List.of(), parameter(recipe, Role.GAMMA).stages(Stage.Penalty.class));
    }

    /** The mean over the batches of an update, times their number. */
    @Test
    void theLossIsASumOverAllImagesOfAnUpdate() {
        Stage.LossScale loss = stage(read(COLD), Stage.LossScale.class);

        assertEquals(Stage.LossScale.Form.SUMMED, loss.form());
        assertEquals(4, loss.weight().doubleValue());
        assertEquals(new Stage.Accumulation(4, true), stage(read(COLD), Stage.Accumulation.class));
        Stage.Clip clip = stage(read(COLD), Stage.Clip.class);
        assertEquals(Stage.Clip.Kind.GUARDED_GLOBAL_NORM, clip.kind());
        assertEquals(10, clip.threshold().doubleValue());
    }

    @Test
    void aClassifiersLossIsTheMeanOfABatch() {
        String text = COLD.replace("detect", "classify");
        Stage.LossScale loss = stage(read(text + "device: 0,1\n"), Stage.LossScale.class);

        assertEquals(Stage.LossScale.Form.WEIGHTED, loss.form());
        assertEquals(8, loss.weight().doubleValue());
        assertEquals(4, stage(read(text), Stage.LossScale.class).weight().doubleValue());
        assertEquals(
                List.of(), parameter(read(text + "batch: 64\n"), Role.KERNEL).stages(Stage.LossScale.class));
    }

    @Test
    void whatRtdetrsLossIsIsNotKnown() {
        assertEquals(
                "RT-DETR's loss",
                stage(read(COLD + "model: rtdetr-l.pt\n"), UnknownStage.class).what());
    }

    @Test
    void aWarmUpIsSaidInWordsAtItsLine() {
        String text = HEAD + "optimizer: SGD\nwarmup_epochs: 3.0\n";
        Finding finding = finding(text, Code.SS043).orElseThrow();

        assertEquals(
                "warmup_epochs is not followed: for the first 3.0 epochs the rate rises from 0, that of biases falls from"
                        + " 0.1; momentum goes from 0.8 to 0.937; an update has 1 batch at first, and 4 at the end",
                finding.message());
        assertEquals("3.0", finding.place().orElseThrow().text());
        String adam = finding(text.replace("SGD", "Adam").replace("3.0", "1"), Code.SS043)
                .orElseThrow()
                .message();
        assertFalse(adam.contains("momentum"), adam);
        assertTrue(adam.contains("for the first epoch the rate rises from 0"), adam);
    }

    /** By default there is one; the length of an epoch does not make its rates known. */
    @Test
    void withAWarmUpNothingIsExactButAgainstTheSame() {
        Recipe warm = read(HEAD + "optimizer: SGD\n");
        String port = PYTORCH.write(warm, "json").get(0).texts().get("json");
        Recipe written = PYTORCH.read(Input.of(new SourceText("port.json", String.valueOf(port))))
                .value()
                .orElseThrow();
        Input known = Input.of(new SourceText("args.yaml", HEAD + "optimizer: SGD\n"))
                .with(new Run(OptionalLong.of(640), OptionalLong.empty(), OptionalInt.empty()));

        assertFalse(Comparer.compare(warm, written).verdict().equals(Verdict.EXACT));
        assertFalse(Comparer.compare(warm, read(COLD)).verdict().equals(Verdict.EXACT));
        assertFalse(Comparer.compare(warm, read(HEAD + "optimizer: SGD\nwarmup_bias_lr: 0\n"))
                .verdict()
                .equals(Verdict.EXACT));
        assertEquals(
                Schedule.Unit.EPOCHS,
                PYTORCH.read(known).value().orElseThrow().schedule().unit());
    }

    @Test
    void withoutAWarmUpTheOwnPortIsExact() {
        Recipe cold = read(COLD);
        String port = PYTORCH.write(cold, "json").get(0).texts().get("json");
        Recipe written = PYTORCH.read(Input.of(new SourceText("port.json", String.valueOf(port))))
                .value()
                .orElseThrow();

        assertEquals(Verdict.EXACT, Comparer.compare(cold, written).verdict());
        assertEquals(Optional.empty(), finding(COLD, Code.SS043));
    }

    @Test
    void anOptimizerThatIsChosenByTheDataIsNotGuessed() {
        Outcome<Recipe> outcome = outcome(HEAD + "epochs: 300\noptimizer: auto\n");
        Finding finding = outcome.findings().get(0);

        assertEquals(Optional.empty(), outcome.value());
        assertEquals(Code.SS010, finding.code());
        assertEquals("auto", finding.place().orElseThrow().text());
        // 33 updates of 64 images in an epoch are 9900; with one image more they are 10200.
        assertTrue(finding.details().get(0).contains("With more than 2112 images: MuSGD"), finding.toString());
        assertEquals(Optional.empty(), outcome(HEAD).value());
        assertEquals(Optional.empty(), outcome(HEAD + "optimizer: MuSGD\n").value());
        assertEquals(Optional.empty(), outcome(HEAD + "optimizer: Lion\n").value());
    }

    @ParameterizedTest
    @CsvSource({"-1", "0.9"})
    void aBatchThatTheDeviceDecidesIsNotKnown(String batch) {
        Recipe recipe = read(COLD + "batch: " + batch + "\n");

        assertEquals("batch " + batch, stage(recipe, UnknownStage.class).what());
        assertEquals(Optional.empty(), recipe.batchSize());
    }

    @ParameterizedTest
    @CsvSource({"freeze: 10", "time: 2.0", "resume: true", "distill_model: x.pt", "cfg: my.yaml", "quantize: 8"})
    void whatElseChangesAnUpdateIsSaid(String field) {
        assertTrue(finding(COLD + field + "\n", Code.SS043).isPresent());
    }

    @Test
    void aFileOfAnotherModeIsNone() {
        assertFalse(new UltralyticsForm().recognises(new SourceText("args.yaml", COLD.replace("train", "val"))));
        assertTrue(new UltralyticsForm().recognises(new SourceText("args.yaml", COLD)));
    }
}
