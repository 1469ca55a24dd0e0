package samestep.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import samestep.Edit;
import samestep.Samestep;

/** Numbers of two schedules are held against each other only where they have the same part in both. */
class ScheduleRowsTest {
    private static final String TRAINER = """
        {"output_dir": "out", "optim": "adamw_torch", "learning_rate": %s, "weight_decay": 0.0, "warmup_steps": %s,
         "max_steps": 10000, "lr_scheduler_type": "linear", "max_grad_norm": 1.0}
        """;
    private static final String DEEPSPEED = """
        {"train_batch_size": 8, "gradient_clipping": 1.0,
         "optimizer": {"type": "AdamW", "params": {"lr": 5e-05, "betas": [0.9, 0.999], "eps": 1e-08, "weight_decay": 0}},
         "scheduler": {"type": "WarmupDecayLR", "params": {"warmup_min_lr": 0, "warmup_max_lr": 5e-05,
             "warmup_num_steps": 500, "warmup_type": "linear", "total_num_steps": 10000}}}
        """;

    private static List<String> edits(String first, String second) {
        Samestep samestep = new Samestep();
        return samestep
                .compare(samestep.read("first.json", first), samestep.read("second.json", second))
                .edits()
                .stream()
                .map(Edit::toString)
                .toList();
    }

    /** DeepSpeed holds the first rate for an update more: three pieces, of which Transformers has two. */
    @Test
    void aWarmupOfThreePiecesIsNotHeldAgainstOneOfTwo() {
        assertEquals(List.of(), edits(DEEPSPEED, TRAINER.formatted("5e-05", "500")));
        assertEquals(
                List.of(), edits(DEEPSPEED.replace("WarmupDecayLR", "WarmupLR"), TRAINER.formatted("5e-05", "500")));
    }

    @Test
    void numbersOfTheSamePartAre() {
        assertEquals(
                List.of("second.json:1:64: write 0.00005 for 1e-4"),
                edits(TRAINER.formatted("5e-05", "500"), TRAINER.formatted("1e-4", "500")));
    }

    /** The number that a form's kind has is not taken for one of a schedule: 5 is a line's, and here 5 updates of warm-up. */
    @Test
    void theKindOfAPieceIsNoNumber() {
        assertEquals(
                List.of("second.json:1:108: write 5 for 6"),
                edits(TRAINER.formatted("5e-05", "5"), TRAINER.formatted("5e-05", "6")));
    }
}
