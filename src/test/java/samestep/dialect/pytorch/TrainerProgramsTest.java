package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.write.Rewrite;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/** Files of programs on top of transformers' Trainer. */
class TrainerProgramsTest {
    private static final Dialect PYTORCH = Dialects.named("pytorch").orElseThrow();

    private static SourceText source(String text) {
        return new SourceText("config.yaml", text.replace('~', '\n'));
    }

    private static Outcome<Recipe> read(String text) {
        return PYTORCH.read(Input.of(source(text)));
    }

    private static List<Code> codes(Outcome<Recipe> outcome) {
        return outcome.findings().stream().map(f -> f.code()).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stage: sft~finetuning_type: full~do_train: true | LLaMA-Factory arguments",
                "template: qwen~cutoff_len: 9~learning_rate: 1e-5 | LLaMA-Factory arguments",
                "finetuning_type: lora~learning_rate: 1e-5~max_steps: 5~optim: sgd | Hugging Face TrainingArguments",
                "stage: sft~finetuning_type: lora~infer_backend: hf |",
                "base_model: x~micro_batch_size: 2~learning_rate: 1e-5 | axolotl YAML",
                "optimizer: sgd~lr_scheduler: cosine~learning_rate: 1e-5~max_grad_norm: 1.0 | axolotl YAML",
                "optimizer: sgd~lr_scheduler: cosine~learning_rate: 1e-5 |",
                "packing: true~max_steps: 9 | TRL arguments",
                "learning_rate: 1e-6~max_prompt_length: 9~max_steps: 9 | TRL arguments",
                "max_prompt_length: 9~max_steps: 9 |",
                "num_generations: 8~packing: true~max_steps: 9 |"
            })
    void isKnown(String text, String form) {
        assertEquals(Optional.ofNullable(form), PytorchForms.of(source(text)).map(PytorchForm::describes));
    }

    @Test
    void adaptersAreTrainedWhereTheFileDoesNotSayAnything() {
        String text = "template: qwen~cutoff_len: 9~max_steps: 5~learning_rate: 1e-5~";

        assertTrue(codes(read(text)).contains(Code.SS043));
        assertTrue(!codes(read(text + "finetuning_type: full~")).contains(Code.SS043));
    }

    @ParameterizedTest
    @CsvSource({"use_muon: true", "use_galore: true", "loraplus_lr_ratio: 16.0", "pure_bf16: true", "use_dft_loss: true"
    })
    void anotherUpdateIsSaidToBeOne(String field) {
        String text = "stage: sft~finetuning_type: full~max_steps: 5~learning_rate: 1e-5~";

        assertTrue(codes(read(text + field + "~")).contains(Code.SS043));
    }

    /** 0.07 x 100 is 7.000000000000001 in Python, and transformers 5.24 rounds it up to 8. */
    @ParameterizedTest
    @CsvSource({"0.07, 100, 8", "0.1, 70, 7", "0.05, 101, 6"})
    void aShareOfTheRunIsRoundedAsPythonRoundsIt(String share, long updates, String warmUp) {
        Recipe recipe = read("learning_rate: 1.0~lr_scheduler_type: linear~warmup_steps: " + share + "~max_steps: "
                        + updates + "~")
                .value()
                .orElseThrow();

        assertEquals(warmUp, number(recipe, "num_warmup_steps"));
    }

    @ParameterizedTest
    @CsvSource({
        "embedding_lr: 1e-5",
        "loraplus_lr_ratio: 16",
        "adapter: lora",
        "deepspeed: z.json",
        "jagged_restart_steps: 9"
    })
    void whatAxolotlDoesBesidesIsSaid(String field) {
        String text = "base_model: x~micro_batch_size: 2~learning_rate: 1e-5~max_steps: 9~";

        assertTrue(!codes(read(text)).contains(Code.SS043));
        assertTrue(codes(read(text + field + "~")).contains(Code.SS043));
    }

    @ParameterizedTest
    @CsvSource({"muon", "adamw_bnb_8bit", "came_pytorch"})
    void axolotlsOwnOptimizersAreRefused(String name) {
        assertTrue(read("base_model: x~micro_batch_size: 2~learning_rate: 1e-5~max_steps: 9~optimizer: " + name + "~")
                .value()
                .isEmpty());
    }

    /** Defaults of trl/trainer/*_config.py of v1.9.0. */
    @ParameterizedTest
    @CsvSource({
        "packing: true, 0.00002",
        "num_generations: 8, 0.000001",
        "center_rewards_coefficient: 0.01, 0.0001",
        "desirable_weight: 1.0, 0.000001"
    })
    void aTrainerOfTrlHasItsOwnRate(String field, String rate) {
        Outcome<Recipe> outcome = read(field + "~max_steps: 9~lr_scheduler_type: constant~");

        assertEquals(rate, number(outcome.value().orElseThrow(), "lr"));
        assertTrue(codes(outcome).contains(Code.SS432));
    }

    private static String number(Recipe recipe, String name) {
        return recipe.schedule().values().stream()
                .filter(v -> v.field().equals(name))
                .findFirst()
                .orElseThrow()
                .value()
                .decimal()
                .toPlainString();
    }

    @ParameterizedTest
    @CsvSource({"hf", "llama-factory", "axolotl"})
    void aTrainerWithoutDecayStaysOne(String style) {
        Recipe recipe = read("learning_rate: 2.0e-4~lr_scheduler_type: linear~max_steps: 9~")
                .value()
                .orElseThrow();
        String text = PYTORCH.write(recipe, style).get(0).texts().getOrDefault(style, "");

        assertTrue(text.contains("weight_decay: 0"), text);
        assertTrue(!text.contains("weight_decay: 0.01"), text);
    }

    /** The head by which a new file is known is not put into a user's own. */
    @Test
    void aUsersFileKeepsWhatItTrains() {
        SourceText mine = source("stage: dpo~finetuning_type: lora~learning_rate: 1.0e-4~max_steps: 9~");
        Recipe recipe = read("learning_rate: 2.0e-4~lr_scheduler_type: linear~max_steps: 9~")
                .value()
                .orElseThrow();
        List<Rewrite> rewrites = PYTORCH.rewrite(recipe, mine, Map.of()).value().orElseThrow();

        assertEquals(
                mine.text().replace("1.0e-4", "0.0002"),
                rewrites.get(0).changed().text());
    }
}
