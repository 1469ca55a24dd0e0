package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.text.SourceText;
import samestep.translate.ConfigurationFile;

/** A file of a library that is not read is named, and not taken for one of a library that is. */
class UnreadFormsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MODEL:~  WEIGHT: x.pkl~  BACKBONE: {CONV_BODY: R-50-FPN}~SOLVER:~  BASE_LR: 0.02~  MAX_ITER: 90000|"
                        + "maskrcnn-benchmark",
                "MODEL:~  META_ARCHITECTURE: GeneralizedRCNN~  WEIGHT: x.pkl~SOLVER:~  BASE_LR: 0.02~  MAX_ITER: 9000|"
                        + "maskrcnn-benchmark",
                "MODEL: {TYPE: generalized_rcnn, CONV_BODY: FPN}~NUM_GPUS: 8~SOLVER:~  LR_POLICY: steps_with_decay~"
                        + "  BASE_LR: 0.02~  MAX_ITER: 90000|Detectron (Caffe2)",
                "_BASE_: ../Base.yml~MODEL: {META_ARCHITECTURE: Baseline}~SOLVER:~  BASE_LR: 3e-4~  MAX_ITER:"
                        + " 120|fast-reid",
                "MODEL: {META_ARCHITECTURE: X}~SOLVER:~  SCHED: MultiStepLR~  OPT: Adam~  BASE_LR: 3e-4~VERSION:"
                        + " 2|fast-reid",
                "MODEL: {TYPE: swin}~TRAIN:~  EPOCHS: 300~  BASE_LR: 5e-4|Swin Transformer",
                "train:~  micro_batch_size: 1~  lr_warmup_steps: 10~optimizer:~  class_path: torch.optim.AdamW~"
                        + "  init_args:~    lr: 0.0002|LitGPT"
            })
    void isNamed(String text, String library) {
        SourceText source = new SourceText("config.yaml", text.replace('~', '\n'));
        Outcome<ConfigurationFile> opened =
                ConfigurationFile.open(source, Optional.empty(), Optional.empty(), Path.of(""));
        Outcome<ConfigurationFile> insisted =
                ConfigurationFile.open(source, Optional.empty(), Optional.of("pytorch"), Path.of(""));

        assertEquals(Optional.empty(), PytorchForms.of(source).map(PytorchForm::describes));
        assertEquals(
                "config.yaml is a " + library + " configuration, which cannot be read yet",
                opened.findings().get(0).message());
        Finding error = insisted.then(ConfigurationFile::read).findings().get(0);
        assertEquals("this is a " + library + " configuration, which cannot be read yet", error.message());
    }

    private static Outcome<Recipe> detectron(String fields) {
        String text = "SOLVER:\n  BASE_LR: 0.02\n  MAX_ITER: 9000\n" + fields + "VERSION: 2\n";
        return Dialects.named("pytorch").orElseThrow().read(Input.of(new SourceText("config.yaml", text)));
    }

    /** A value that is not known is refused at its place, and never treated as the usual one. */
    @ParameterizedTest
    @ValueSource(strings = {"ADAMW", "FOO", "adam", "sgd", "AdamW"})
    void anOptimizerThatDetectron2DoesNotHaveIsRefused(String name) {
        Outcome<Recipe> outcome = detectron("  OPTIMIZER: " + name + "\n");

        assertEquals(Optional.empty(), outcome.value());
        Finding error = outcome.findings().stream()
                .filter(f -> f.code() == Code.SS010)
                .findFirst()
                .orElseThrow();
        assertTrue(error.message().startsWith("SOLVER.OPTIMIZER: " + name + " is not an optimizer"), error.message());
        assertEquals(name, error.place().orElseThrow().text());
    }

    @Test
    void thoseThatItHasAreRead() {
        assertEquals("pytorch.SGD", optimizer(detectron("")));
        assertEquals("pytorch.SGD", optimizer(detectron("  OPTIMIZER: SGD\n")));
        assertEquals("pytorch.Adam", optimizer(detectron("  OPTIMIZER: ADAM\n")));
    }

    private static String optimizer(Outcome<Recipe> outcome) {
        Recipe recipe = outcome.value().orElseThrow();
        Stage.Optimizer stage = recipe.parameters().get(0).optimizer().orElseThrow();
        return stage.equations().name();
    }

    /** The Trainer's 5e-5 would be a guess: each trainer of TRL has another default. */
    @ParameterizedTest
    @ValueSource(strings = {"max_prompt_length: 512", "beta: 0.1~loss_type: sigmoid"})
    void aTrlFileWithoutItsRateIsNamed(String more) {
        String text = "per_device_train_batch_size: 2~max_steps: 200~lr_scheduler_type: linear~" + more + "~";
        SourceText source = new SourceText("config.yaml", text.replace('~', '\n'));
        SourceText rated = new SourceText("config.yaml", "learning_rate: 1e-6\n" + text.replace('~', '\n'));

        String said = UnreadForms.of(source).orElseThrow();
        assertTrue(said.startsWith("TRL configuration without learning_rate"), said);
        assertEquals(Optional.empty(), UnreadForms.of(rated));
        assertTrue(PytorchForms.of(rated).isPresent());
    }

    @Test
    void trlsNumberFormatIsNotTakenForTheTrainersInSilence() {
        String text = "learning_rate: 1e-6\nper_device_train_batch_size: 2\nmax_steps: 200\nnum_generations: 8\n";

        assertEquals(1, trlWarnings(text));
        assertEquals(0, trlWarnings(text + "bf16: true\n"));
    }

    private static long trlWarnings(String text) {
        return new PytorchDialect()
                .read(Input.of(new SourceText("config.yaml", text))).findings().stream()
                        .filter(f -> f.code() == Code.SS432 && f.message().contains("TRL"))
                        .count();
    }

    @Test
    void theSettingsOfTheCheckAreNoConfiguration() {
        SourceText settings = new SourceText("folder/samestep.yaml", "pairs: []\n");
        Outcome<ConfigurationFile> opened =
                ConfigurationFile.open(settings, Optional.empty(), Optional.empty(), Path.of(""));

        assertTrue(opened.findings().get(0).message().contains("settings of translate check"));
    }
}
