package samestep.compare.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.dialect.Input;
import samestep.dialect.LibraryVersions;
import samestep.dialect.Run;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.recipe.Schedule;
import samestep.text.SourceText;

/** The same curve, one update later: transformers' warm-ups begin at update 0, and those of DeepSpeed at update 1. */
class ScheduleShiftTest {
    private static final String TRAINER =
            "per_device_train_batch_size: 8\nlearning_rate: 0.25\nmax_steps: 400\nwarmup_steps: %d\nlr_scheduler_type: %s\n";
    private static final String ENGINE = """
            {"train_batch_size": 8, "optimizer": {"type": "AdamW", "params": {"lr": 0.25}},
             "scheduler": {"type": "%s", "params": {"warmup_num_steps": %d, "warmup_type": "linear"%s}}}
            """;

    private static final String CONSTANT = TRAINER.formatted(10, "constant_with_warmup");
    private static final String LINEAR = TRAINER.formatted(10, "linear");
    private static final String WARM = ENGINE.formatted("WarmupLR", 10, ", \"warmup_max_lr\": 0.25");
    private static final String DECAY = decay(400);

    private static String decay(int length) {
        return ENGINE.formatted("WarmupDecayLR", 10, ", \"warmup_max_lr\": 0.25, \"total_num_steps\": " + length);
    }

    @ParameterizedTest
    @CsvSource({"0.15.2", "0.15.3", "0.19.6"})
    void deepSpeedIsOneUpdateBehindTransformers(String version) {
        assertEquals(Optional.of(1), later(CONSTANT, WARM, version));
        assertEquals(Optional.of(-1), later(WARM, CONSTANT, version));
        assertEquals(Optional.of(1), later(LINEAR, DECAY, version));
        assertEquals(Optional.of(-1), later(DECAY, LINEAR, version));
    }

    /** Nothing is said of other lengths, and of a first update at another rate. */
    @Test
    void whatDiffersOtherwiseIsNone() {
        assertEquals(Optional.empty(), later(TRAINER.formatted(11, "linear"), DECAY, "0.19.6"));
        assertEquals(Optional.empty(), later(LINEAR, decay(401), "0.19.6"));
        assertEquals(Optional.empty(), later(CONSTANT, DECAY, "0.19.6"));
        assertEquals(Optional.empty(), later(WARM, WARM, "0.19.6"));
        assertEquals(Optional.empty(), shift(read(WARM, "0.15.2"), read(WARM, "0.15.3")));
        assertEquals(Optional.empty(), shift(read(WARM, "0.15.3"), read(WARM, "0.15.2")));
        String constant = TRAINER.formatted(0, "constant");
        assertEquals(Optional.empty(), later(constant, constant.replace("0.25", "0.5"), "0.19.6"));
        assertEquals(Optional.empty(), later(constant, WARM, "0.19.6"));
    }

    @Test
    void aDropOneEpochLaterIsOne() {
        String timm =
                "opt: sgd\nlr: 0.1\nsched: multistep\ndecay_milestones: [30, 60]\ndecay_rate: 0.1\nepochs: 90\nwarmup_epochs: 0\n";
        String later = timm.replace("30, 60", "31, 61");
        ScheduleShift shift =
                ScheduleShift.of(read(timm, "0.19.6"), read(later, "0.19.6")).orElseThrow();
        assertEquals(1, shift.later());
        assertEquals(
                "the second is the first's curve, one epoch later: its epoch 1 has the rate of the first's epoch 0, and so on"
                        + " at every one that was looked at",
                shift.words());
        assertEquals(Optional.empty(), later(timm, timm.replace("30, 60", "31, 60"), "0.19.6"));
        assertEquals(Optional.empty(), later(timm, timm.replace("30, 60", "32, 62"), "0.19.6"));
    }

    private static Optional<Integer> later(String first, String second, String version) {
        return shift(read(first, version), read(second, version));
    }

    private static Optional<Integer> shift(Schedule first, Schedule second) {
        return ScheduleShift.of(first, second).map(ScheduleShift::later);
    }

    private static Schedule read(String text, String version) {
        Run run = Run.UNKNOWN.with(List.of(LibraryVersions.parse("deepspeed=" + version)));
        String name = text.startsWith("{") ? "ds_config.json" : "config.yaml";
        return new PytorchDialect()
                .read(Input.of(new SourceText(name, text)).with(run))
                .value()
                .orElseThrow()
                .schedule();
    }
}
