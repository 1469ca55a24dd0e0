package samestep.dialect.tensorflow.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.dialect.Input;
import samestep.dialect.tensorflow.TensorflowDialect;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/** What the schema of a pipeline refuses, and how often that is reported. */
class PipelineCheckTest {
    private static final String PIPELINE = """
        model { ssd { feature_extractor { type: "ssd_mobilenet_v2"
          conv_hyperparams { regularizer { l2_regularizer { weight: 4e-05 } } } } } }
        train_config {
          batch_size: 24
          optimizer { momentum_optimizer { momentum_optimizer_value: 0.9
            learning_rate { constant_learning_rate { learning_rate: 0.004 } } } }
          gradient_clipping_by_norm: 10
        }
        """;

    private static Outcome<Recipe> read(String old, String now) {
        assertTrue(PIPELINE.contains(old), old);
        return new TensorflowDialect()
                .read(Input.of(new SourceText("pipeline.config", PIPELINE.replaceFirst(old, now))));
    }

    @ParameterizedTest
    @CsvSource({
        "weight: 4e-05, weight: nan, weight: expected a finite number",
        "weight: 4e-05, weight: -inf, weight: expected a finite number",
        "weight: 4e-05, weight: 1e400, weight: it is kept in single precision",
        "_value: 0.9, _value: 1e39, momentum_optimizer_value: it is kept in single precision",
        "_norm: 10, _norm: nan, gradient_clipping_by_norm: expected a finite number",
        "learning_rate: 0.004, learning_rate: inf, learning_rate: expected a finite number",
    })
    void whatIsNoNumberIsNotTheDefault(String old, String now, String words) {
        Outcome<Recipe> outcome = read(old, now);

        assertTrue(outcome.value().isEmpty());
        assertEquals(
                1,
                outcome.findings().stream()
                        .filter(f -> f.code() == Code.SS004
                                && f.message().startsWith(words)
                                && f.place().isPresent())
                        .count(),
                outcome.findings().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"batch_size: 24 | batch_size: [1, 2, 3]", "weight: 4e-05 | weight: 1 weight: 2 weight: 3"})
    void aFieldThatStandsSeveralTimesIsSaidOnce(String old, String now) {
        assertEquals(
                List.of(Code.SS005),
                read(old, now).findings().stream().map(f -> f.code()).toList());
    }

    @Test
    void itIsReadAsItStands() {
        assertTrue(read("24", "24").value().isPresent());
    }
}
