package samestep.dialect.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.Configuration;
import samestep.Finding;
import samestep.Framework;
import samestep.Recipe;
import samestep.Samestep;
import samestep.Translation;

/** Restarted cosines after a warm-up from 0 are said by no other framework. What is written instead must train. */
class HeldRateTest {
    private static final String TRAINER = """
            output_dir: out
            learning_rate: 1.0e-3
            lr_scheduler_type: cosine_with_restarts
            lr_scheduler_kwargs:
              num_cycles: 2
            warmup_steps: 10
            max_steps: 100
            optim: sgd
            weight_decay: 0.0
            per_device_train_batch_size: 8
            """;

    @ParameterizedTest
    @CsvSource({
        "caffe, prototxt, base_lr: 0.001",
        "darknet, cfg, learning_rate=0.001",
        "keras, json, '\"learning_rate\": 0.001'",
        "tensorflow, pipeline, learning_rate: 0.001",
        "tensorflow, garden, learning_rate: 0.001",
        "tensorflow, python-tf1-estimator, return 0.001"
    })
    void isTheOneThatTheWarmUpLeadsTo(String framework, String style, String written) {
        Samestep samestep = new Samestep();
        Configuration trainer = samestep.read("trainer.yaml", TRAINER);
        Translation translation =
                samestep.translate(trainer, Framework.named(framework).orElseThrow(), style);

        String text = translation.text(style).orElseThrow();
        assertTrue(text.contains(written), text);
        Configuration back = samestep.read("back." + (style.startsWith("python") ? "py" : style), text);
        back.recipe()
                .ifPresent(recipe -> assertEquals(0.001, recipe.learningRate(0).doubleValue(), 0));
        assertTrue(
                translation.findings().stream().map(Finding::code).anyMatch("SS402"::equals),
                translation.findings().toString());
    }

    /** The classifier's warm-up and its staircase are one formula, which has none of the normal forms. */
    @Test
    void isFoundWhereAFormulaHoldsTheWarmUp() throws IOException {
        Samestep samestep = new Samestep();
        Configuration classifier = samestep.read(Path.of("fixtures/ledgers/classifier/adam.yaml"));

        String text = samestep.translate(
                        classifier, Framework.named("tensorflow").orElseThrow(), "garden")
                .text("garden")
                .orElseThrow();

        Recipe back = samestep.read("back.yaml", text).recipe().orElseThrow();
        double written = back.learningRate(0).doubleValue();
        double highest = IntStream.range(0, 1980)
                .mapToDouble(update ->
                        classifier.recipe().orElseThrow().learningRate(update).doubleValue())
                .max()
                .orElseThrow();
        assertEquals(highest, written, 1e-12 * highest);
        assertTrue(written > 0);
    }
}
