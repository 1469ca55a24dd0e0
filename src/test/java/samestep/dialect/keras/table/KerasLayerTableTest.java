package samestep.dialect.keras.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.compare.Comparer;
import samestep.compare.proof.Verdict;
import samestep.dialect.Input;
import samestep.dialect.keras.KerasDialect;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.text.SourceText;

/** Which parameters a model's layers have, whatever regularizers their configurations name. */
class KerasLayerTableTest {
    private static Outcome<Recipe> read(String className, String config) {
        return new KerasDialect().read(Input.of(new SourceText("model.json", """
            {"class_name": "Sequential", "config": {"name": "m", "layers": [
              {"class_name": "%s", "config": {"name": "a"%s}}]},
             "optimizer": {"class_name": "AdamW", "config": {"learning_rate": 0.125, "weight_decay": 0.25,
               "gradient_accumulation_steps": null}}}
            """.formatted(
                        className, (config == null || config.isEmpty() ? "" : ", " + config).replace('\'', '"')))));
    }

    private static Recipe recipe(String className, String config) {
        Outcome<Recipe> outcome = read(className, config);
        return outcome.value().orElseThrow(() -> new AssertionError(outcome.findings()));
    }

    private static String names(Recipe recipe) {
        return String.join(
                ", ", recipe.parameters().stream().map(p -> p.name().toString()).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "BatchNormalization | | a gamma, a beta",
                "BatchNormalization | 'scale': false | a beta",
                "LayerNormalization | 'rms_scaling': true, 'scale': false | a gamma",
                "Dense | 'use_bias': false | a kernel",
                "Dense | | a kernel, a bias",
                "EinsumDense | 'bias_axes': null | a kernel",
                "EinsumDense | 'bias_axes': 'c' | a kernel, a bias",
                "LSTM | | a kernel, a recurrent kernel, a bias",
                "SeparableConv2D | | a depthwise kernel, a parameter, a bias",
                "Embedding | | a embeddings",
                "PReLU | | a alpha",
                "RMSNormalization | | a gamma",
                "MultiHeadAttention | 'use_bias': false"
                        + " | a/query kernel, a/key kernel, a/value kernel, a/attention_output kernel",
                "Bidirectional | 'layer': {'class_name': 'GRU', 'config': {'name': 'g'}}"
                        + " | a kernel, a recurrent kernel, a bias",
                "Dropout | | ^^",
                "Custom>Foo | | a parameter",
                "Dense | 'lora_rank': 2, 'kernel_regularizer': null | a kernel, a parameter",
            })
    void aClassHasItsVariables(String className, String config, String expected) {
        assertEquals(expected == null ? "" : expected, names(recipe(className, config)));
    }

    @Test
    void theRegularizerOfARoleIsThatOfEachVariable() {
        Recipe recipe =
                recipe("MultiHeadAttention", "'kernel_regularizer': {'class_name': 'L2', 'config': {'l2': 0.5}}");

        assertEquals(
                4,
                recipe.parameters().stream()
                        .filter(p -> !p.stages(Stage.Penalty.class).isEmpty())
                        .count());
    }

    @Test
    void ofAClassThatIsNotKnownNothingIsProven() {
        Outcome<Recipe> custom = read("Custom>Foo", "");
        Outcome<Recipe> other = read("Custom>Bar", "");

        assertTrue(custom.findings().stream().anyMatch(f -> f.code() == Code.SS306), custom.findings()::toString);
        assertNotEquals(
                Verdict.Kind.EXACT,
                Comparer.compare(custom.value().orElseThrow(), other.value().orElseThrow())
                        .verdict()
                        .kind());
        assertTrue(read("Dropout", "").findings().stream().noneMatch(f -> f.code() == Code.SS306));
    }
}
