package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.compare.Comparer;
import samestep.compare.proof.Verdict;
import samestep.dialect.Input;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/** What is beside an optimizer is known to be harmless, known to matter, or reported as not known. */
class BesideFieldsTest {
    private static final String TRAINER = "learning_rate: 1e-4~lr_scheduler_type: cosine~max_steps: 500~";

    private static Outcome<Recipe> read(String text) {
        return new PytorchDialect().read(Input.of(new SourceText("config.yaml", text.replace('~', '\n'))));
    }

    private static Verdict.Kind compared(String one, String other) {
        return Comparer.compare(
                        read(one).value().orElseThrow(), read(other).value().orElseThrow())
                .verdict()
                .kind();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deepspeed: ds.json | SS043",
                "deepspeed: null | SS041",
                "finetuning_type: lora | SS043",
                "finetuning_type: full | SS041",
                "freeze_vision_tower: true | SS043",
                "freeze_vision_tower: false | SS041",
                "neftune_noise_alpha: 5 | SS043",
                "galore_rank: 8 | SS043",
                "bias_lr_factor: 2 | SS044",
                "weight_decai: 0.1 | SS044",
                "logging_steps: 10 | SS041",
                "seed: 3 | SS041"
            })
    void aFieldIsSaidToBeWhatItIs(String field, Code code) {
        List<Code> codes = read(TRAINER + field + "~").findings().stream()
                .map(f -> f.code())
                .filter(List.of(Code.SS041, Code.SS043, Code.SS044)::contains)
                .toList();

        assertEquals(List.of(code), codes);
    }

    @Test
    void noVerdictIsExactWhereOneSideHasAFieldThatIsNotKnown() {
        String unknown = TRAINER + "bias_lr_factor: 2~";

        assertEquals(Verdict.Kind.EXACT, compared(TRAINER, TRAINER + "logging_steps: 10~"));
        assertEquals(Verdict.Kind.NOT_REFUTED, compared(TRAINER, unknown));
        assertEquals(Verdict.Kind.NOT_REFUTED, compared(unknown, TRAINER));
        assertEquals(Verdict.Kind.NOT_REFUTED, compared(unknown, TRAINER + "bias_lr_factor: 3~"));
        assertEquals(Verdict.Kind.EXACT, compared(unknown, unknown));
        assertEquals(Verdict.Kind.NOT_EXPRESSIBLE, compared(TRAINER, TRAINER + "deepspeed: ds.json~"));
    }

    /** As optimizer.state_dict() has it: numbers, which no file names. */
    @Test
    void groupsThatNobodyNamesAreRefused() {
        String text = "{\"optimizer\": {\"class_path\": \"torch.optim.AdamW\", \"init_args\": {}}, \"param_groups\": ["
                + "{\"lr\": 0.1, \"weight_decay\": 0.1, \"params\": [0]},"
                + " {\"lr\": 0.1, \"weight_decay\": %s, \"params\": [1, 2, 3]}]}";

        Outcome<Recipe> different = read(text.formatted("0.0"));
        assertEquals(Optional.empty(), different.value());
        assertEquals(Code.SS010, different.findings().get(0).code());
        assertTrue(read(text.formatted("0.1")).value().isPresent());
    }

    @Test
    void aCycleThatSetsTheRateIsRefusedWhereverItStands() {
        Outcome<Recipe> hydra = read("optimizer:~  _target_: torch.optim.SGD~  lr: 0.1~scheduler:~"
                + "  _target_: torch.optim.lr_scheduler.OneCycleLR~  max_lr: 0.1~  total_steps: 500~");

        assertEquals(Optional.empty(), hydra.value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"BACKBONE_MULTIPLIER: 0.1 | SS043", "LR_FACTOR_HEAD: 10 | SS044", "CHECKPOINT_PERIOD: 5000 | SS041"
            })
    void fieldsOfASolverAreNoNote(String field, Code code) {
        String text = "SOLVER:~  BASE_LR: 0.02~  MAX_ITER: 9000~  " + field + "~VERSION: 2~";

        assertTrue(read(text).findings().stream()
                .anyMatch(f -> f.code() == code && f.message().contains("SOLVER.")));
    }
}
