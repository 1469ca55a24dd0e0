package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.dialect.Input;
import samestep.recipe.Origin;
import samestep.recipe.Recipe;
import samestep.recipe.Schedule;
import samestep.text.SourceText;

/** Where nothing says how long an epoch is, every number of a schedule is one that the file has, or a default. */
class EpochValuesTest {
    private static Recipe read(String text) {
        return new PytorchDialect()
                .read(Input.of(new SourceText("config.yaml", text.replace('~', '\n'))))
                .value()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "learning_rate: 1e-4~lr_scheduler_type: cosine~warmup_ratio: 0.15~num_train_epochs: 4~",
                "learning_rate: 1e-4~lr_scheduler_type: linear~warmup_steps: 0.15~num_train_epochs: 4~",
                "learning_rate: 1e-4~lr_scheduler_type: polynomial~num_train_epochs: 4~",
                "opt: adamw~lr: 0.1~sched: cosine~sched_on_updates: true~epochs: 10~warmup_epochs: 2.5~",
                "opt: adamw~lr: 0.1~sched: step~sched_on_updates: true~decay_epochs: 2.4~decay_rate: 0.9~epochs: 10~",
                "opt: adamw~lr: 0.1~sched: multistep~sched_on_updates: true~decay_milestones: [3, 7]~decay_rate: 0.1~",
                "SOLVER:~  BASE_LR: 0.1~  OPTIMIZING_METHOD: sgd~  MAX_EPOCH: 22~  WARMUP_EPOCHS: 5.3~",
                "SOLVER:~  BASE_LR: 0.1~  OPTIMIZING_METHOD: sgd~  MAX_EPOCH: 22~  LR_POLICY: steps_with_relative_lrs~"
                        + "  STEPS: [0, 14, 18]~  LRS: [1, 0.1, 0.01]~"
            })
    void theNumbersAreTheFiles(String text) {
        Schedule schedule = read(text).schedule();

        assertEquals(Schedule.Unit.EPOCH_SHARES, schedule.unit());
        assertTrue(schedule.values().size() > 1);
        for (Schedule.NamedValue value : schedule.values()) {
            boolean plain = value.value().origin() instanceof Origin.Written
                    || value.value().origin() instanceof Origin.Default;
            assertTrue(plain, value.toString());
            assertTrue(Math.abs(value.value().doubleValue()) <= 300, value.toString());
        }
    }

    @Test
    void aShareOfTheRunIsNamedAsTheFileHasIt() {
        List<String> fields =
                read("learning_rate: 1e-4~lr_scheduler_type: cosine~warmup_ratio: 0.15~").schedule().values().stream()
                        .map(v -> v.field() + " " + v.value().text())
                        .toList();

        assertTrue(fields.contains("warmup_ratio 0.15"), fields.toString());
    }
}
