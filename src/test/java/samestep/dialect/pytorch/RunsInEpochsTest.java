package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.Configuration;
import samestep.Edit;
import samestep.Framework;
import samestep.Rewriting;
import samestep.Samestep;
import samestep.Translation;
import samestep.Verdict;

/** Most files of transformers say their run in epochs: the schedule is known, and how many updates it has is not. */
class RunsInEpochsTest {
    private static final String TRAINER = """
            output_dir: out
            learning_rate: 1.0e-4
            num_train_epochs: 3.0
            lr_scheduler_type: cosine
            warmup_ratio: 0.1
            weight_decay: 0.05
            per_device_train_batch_size: 8
            """;

    private final Samestep samestep = new Samestep();
    private final Configuration trainer = samestep.read("trainer.yaml", TRAINER);

    @Test
    void nothingIsChangedWhereAllIsTheSame() {
        assertEquals(
                List.of(),
                samestep.rewrite(trainer, "same.yaml", TRAINER, Map.of()).edits());
    }

    @ParameterizedTest
    @CsvSource({
        "weight_decay: 0.05, weight_decay: 0.01",
        "lr_scheduler_type: cosine, lr_scheduler_type: linear",
        "warmup_ratio: 0.1, warmup_ratio: 0.03",
        "num_train_epochs: 3.0, num_train_epochs: 1.0"
    })
    void oneValueIsMendedAlone(String line, String other) {
        String changed = TRAINER.replace(line, other);
        Rewriting rewriting = samestep.rewrite(trainer, "other.yaml", changed, Map.of());

        assertEquals(TRAINER, Edit.apply(changed, rewriting.edits()));
        assertEquals(
                Verdict.Kind.EXACT,
                rewriting.comparison().verdict().kind(),
                rewriting.comparison().toString());
    }

    /** A number of updates would decide before the epochs. */
    @Test
    void aNumberOfUpdatesMakesWayForEpochs() {
        String counted = TRAINER.replace("num_train_epochs: 3.0", "num_train_epochs: 3.0\nmax_steps: 1000");
        Rewriting rewriting = samestep.rewrite(trainer, "counted.yaml", counted, Map.of());

        assertEquals(TRAINER, Edit.apply(counted, rewriting.edits()));
    }

    @ParameterizedTest
    @CsvSource({"hf, num_train_epochs: 3.0", "axolotl, num_epochs: 3.0", "llama-factory, num_train_epochs: 3.0"})
    void isWrittenInEpochs(String style, String epochs) {
        Translation translation =
                samestep.translate(trainer, Framework.named("pytorch").orElseThrow(), style);

        String text = translation.text(style).orElseThrow();
        assertTrue(text.contains(epochs) && text.contains("warmup_ratio: 0.1") && text.contains("cosine"), text);
        assertEquals(Verdict.Kind.EXACT, translation.comparison().learningRate().kind(), text);
    }
}
