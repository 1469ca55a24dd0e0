package samestep.dialect.pytorch.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.dialect.Input;
import samestep.dialect.Run;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.text.SourceText;

/** Epochs become updates as each framework counts them. */
class EpochLengthTest {
    private static Outcome<Recipe> read(String text, Run run) {
        Input input = Input.of(new SourceText("config.yaml", text.replace('~', '\n')));
        return new PytorchDialect().read(input.with(run));
    }

    private static Run data(long samples, int devices) {
        return new Run(OptionalLong.of(samples), OptionalLong.empty(), OptionalInt.of(devices));
    }

    private static BigDecimal value(Schedule schedule, String field) {
        return schedule.values().stream()
                .filter(v -> v.field().equals(field))
                .findFirst()
                .orElseThrow()
                .value()
                .decimal();
    }

    /** Recorded: Trainer.set_initial_training_values and TrainingArguments.get_warmup_steps of transformers 5.24.0. */
    @ParameterizedTest
    @CsvSource({
        "25000, 16, 1, false, 3, 0, 4689, 0",
        "25000, 16, 8, false, 3, 0.05, 588, 30",
        "25000, 16, 8, true, 2.5, 0.03, 490, 15",
        "1000, 7, 4, false, 1, 0.1, 36, 4",
        "1000, 7, 4, true, 1, 0.1, 36, 4",
        "5, 8, 1, false, 2, 0, 2, 0"
    })
    void asTheTrainerCounts(
            long samples,
            int batch,
            int accumulation,
            boolean dropped,
            String epochs,
            String warmup,
            long updates,
            long rise) {
        Recipe recipe = read(
                        "learning_rate: 1e-4~lr_scheduler_type: cosine~per_device_train_batch_size: " + batch
                                + "~gradient_accumulation_steps: " + accumulation + "~dataloader_drop_last: " + dropped
                                + "~num_train_epochs: " + epochs + "~warmup_steps: " + warmup + "~",
                        data(samples, 1))
                .value()
                .orElseThrow();
        Schedule schedule = recipe.schedule();

        assertEquals(Schedule.Unit.UPDATES, schedule.unit());
        assertEquals(OptionalLong.of(updates), schedule.horizon());
        assertEquals(0, value(schedule, "num_training_steps").compareTo(BigDecimal.valueOf(updates)));
        assertEquals(0, value(schedule, "num_warmup_steps").compareTo(BigDecimal.valueOf(rise)));
    }

    /** By hand, from the sources that the readers name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // timm leaves the last batch out, and keeps the last update: floor(1000 / 64) = 15 batches, 4 updates
                "opt: adamw~lr: 0.1~sched: cosine~epochs: 10~batch_size: 64~grad_accum_steps: 4~ | 1000 | 1 | 40",
                // each of 3 devices has ceil(1000 / 3) = 334 samples, 5 batches
                "opt: adamw~lr: 0.1~sched: cosine~epochs: 10~batch_size: 64~ | 1000 | 3 | 50",
                // the cycle, the warm-up before it, the cooldown after it
                "opt: adamw~lr: 0.1~sched: cosine~epochs: 10~warmup_epochs: 2~warmup_prefix: true~cooldown_epochs: 3~"
                        + "batch_size: 100~ | 1000 | 1 | 150",
                "opt: adamw~lr: 0.1~sched: cosine~sched_on_updates: true~epochs: 10~batch_size: 64~ | 1000 | 1 | 150",
                // Lightning keeps both: ceil(1000 / 64) = 16 batches, ceil(16 / 3) = 6 updates
                "trainer:~  max_epochs: 10~  accumulate_grad_batches: 3~data: {batch_size: 64}~optimizer:~ "
                        + " class_path: torch.optim.SGD~  init_args: {lr: 0.1}~lr_scheduler:~  class_path:"
                        + " torch.optim.lr_scheduler.CosineAnnealingLR~  init_args: {T_max: 10}~ | 1000 | 1 | 60",
                // torchtune leaves both out: 15 batches, 3 updates
                "batch_size: 64~gradient_accumulation_steps: 4~epochs: 10~optimizer:~  _component_: torch.optim.AdamW~"
                        + "  lr: 2e-5~lr_scheduler:~  _component_: torchtune.training.lr_schedulers."
                        + "get_cosine_schedule_with_warmup~  num_warmup_steps: 5~ | 1000 | 1 | 30",
                // the batch of pycls and SlowFast is that of all devices of a machine
                "OPTIM:~  BASE_LR: 0.1~  LR_POLICY: cos~  MAX_EPOCH: 10~TRAIN:~  BATCH_SIZE: 256~ | 1000 | 8 | 30",
                "SOLVER:~  BASE_LR: 0.1~  OPTIMIZING_METHOD: sgd~  MAX_EPOCH: 10~TRAIN:~  BATCH_SIZE: 256~ | 1000 | 8"
                        + " | 30"
            })
    void asEachLibraryCounts(String text, long samples, int devices, long updates) {
        Schedule schedule =
                read(text, data(samples, devices)).value().orElseThrow().schedule();

        assertEquals(Schedule.Unit.UPDATES, schedule.unit());
        assertEquals(OptionalLong.of(updates), schedule.horizon());
    }

    @Test
    void allUpdatesOfAnEpochHaveOneRate() {
        String lightning = "trainer: {max_epochs: 10}~optimizer:~  class_path: torch.optim.SGD~  init_args: {lr: 0.1}~"
                + "lr_scheduler:~  class_path: torch.optim.lr_scheduler.CosineAnnealingLR~  init_args: {T_max: 10}~";
        Run run = new Run(OptionalLong.empty(), OptionalLong.of(100), OptionalInt.empty());
        Schedule schedule = read(lightning, run).value().orElseThrow().schedule();
        var rate = schedule.rate(new samestep.equation.run.DoubleAlgebra(false));

        assertEquals(OptionalLong.of(1000), schedule.horizon());
        for (int update : new int[] {0, 99, 100, 199, 500, 999}) {
            double expected = 0.1 * (1 + Math.cos(Math.PI * Math.floorDiv(update, 100) / 10)) / 2;
            assertEquals(expected, rate.at(new double[] {update})[0], 1e-15, "update " + update);
        }
    }

    @Test
    void whatIsGivenIsSaid() {
        Outcome<Recipe> outcome = read(
                "learning_rate: 1e-4~lr_scheduler_type: linear~per_device_train_batch_size: 16~num_train_epochs: 3~"
                        + "warmup_steps: 500~",
                data(25000, 1));
        Finding note = outcome.findings().stream()
                .filter(f -> f.code() == Code.SS431)
                .findFirst()
                .orElseThrow();

        assertEquals(
                "the run has 4689 updates: 3 epochs x 1563 updates (--dataset-size 25000, batches of 16)",
                note.message());
    }

    @Test
    void anEpochWithoutAnUpdateIsRefused() {
        Outcome<Recipe> outcome = read("opt: adamw~lr: 0.1~sched: cosine~epochs: 10~batch_size: 64~", data(10, 1));

        assertEquals(Optional.empty(), outcome.value());
        assertTrue(
                outcome.findings().stream().anyMatch(f -> f.code() == Code.SS004),
                outcome.findings().toString());
    }

    /** The number of devices is a factor of a rate that is scaled with the batch. */
    @Test
    void timmScalesItsRateWithTheDevices() {
        String text =
                "opt: adamw~lr_base: 5e-4~lr_base_size: 512~lr_base_scale: linear~batch_size: 128~grad_accum_steps:"
                        + " 2~sched: cosine~epochs: 10~warmup_epochs: 0~";
        Run eight = new Run(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.of(8));

        assertEquals(
                0.002,
                read(text, eight).value().orElseThrow().schedule().rateAtStart().doubleValue());
        assertTrue(read(text, eight).findings().stream().noneMatch(f -> f.code() == Code.SS441));
        assertTrue(read(text, Run.UNKNOWN).findings().stream().anyMatch(f -> f.code() == Code.SS441));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cosin | SS004 | did you mean cosine?",
                "greedy | SS441 | follows what is measured",
                "reduce_lr_on_plateau | SS441 | follows what is measured",
                "warmup_stable_decay | SS441 | cannot be read yet",
                "cosine_with_min_lr | SS004 | expected min_lr or min_lr_rate"
            })
    void aScheduleThatIsNotReadSaysWhy(String type, Code code, String words) {
        Outcome<Recipe> outcome = read(
                "learning_rate: 1e-4~lr_scheduler_type: " + type + "~max_steps: 1000~num_train_epochs: 3~",
                Run.UNKNOWN);
        Finding finding = outcome.findings().stream()
                .filter(f -> f.code() == code)
                .findFirst()
                .orElseThrow();

        assertTrue(finding.message().contains(words), finding.message());
        assertTrue(
                finding.details().stream().noneMatch(d -> d.contains("max_steps")),
                finding.details().toString());
        assertEquals(code == Code.SS004, outcome.value().isEmpty());
    }
}
