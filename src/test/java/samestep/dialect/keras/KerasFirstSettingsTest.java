package samestep.dialect.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.dialect.Input;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.text.SourceText;

/** Initial weights and dropout of Keras 1, as keras/initializations.py and keras/layers of 1.2.2 have them. */
class KerasFirstSettingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LSTM | {} | recurrent kernel | orthogonal (gain 1.1)",
                "LSTM | {} | bias | constant, forget gate 1 (value 0)",
                "LSTM | {\"forget_bias_init\":\"zero\"} | bias | constant (value 0)",
                "LSTM | {\"forget_bias_init\":\"normal\"} | bias | constant, forget gate \"normal\" (value 0)",
                "Embedding | {} | embeddings | uniform (high 0.05, low -0.05)",
                "Embedding | {\"init\":\"zero\"} | embeddings | constant (value 0)",
                "Convolution1D | {} | kernel | uniform, fan average as Keras 1 counts it (scale 1)",
                "Convolution2D | {} | kernel | uniform, fan average (scale 1)",
                "Convolution3D | {\"dim_ordering\":\"th\"} | kernel | uniform, fan average (scale 1)",
                "Convolution3D | {} | kernel | uniform, fan average as Keras 1 counts it (scale 1)",
                "Dense | {\"init\":\"he_normal\"} | kernel | normal, fan in (scale 2)",
                "Dense | {\"bias_initializer\":\"one\"} | bias | constant (value 0)"
            })
    void initialWeights(String className, String config, String part, String expected) {
        assertEquals(expected, only(SettingKind.INITIAL_WEIGHTS, className, config, part));
    }

    @ParameterizedTest
    @CsvSource({"Dropout, '{\"p\":0.3}', '', 0.3", "ConvLSTM2D, '{\"dropout_U\":0.2}', recurrent, 0.2"})
    void dropout(String className, String config, String part, String expected) {
        assertEquals(expected, only(SettingKind.DROPOUT, className, config, part));
    }

    private static String only(SettingKind kind, String className, String config, String part) {
        String members = config.equals("{}") ? "" : "," + config.substring(1, config.length() - 1);
        String text =
                "{\"keras_version\":\"1.2.2\",\"class_name\":\"Sequential\",\"config\":[{\"class_name\":\"" + className
                        + "\",\"config\":{\"name\":\"layer\"" + members + "}}],\"training_config\":{\"loss\":\"mse\","
                        + "\"optimizer_config\":{\"class_name\":\"SGD\",\"config\":{\"lr\":0.1}}}}";
        return new KerasDialect()
                .read(Input.of(new SourceText("model.json", text))).value().orElseThrow().allSettings().all().stream()
                        .filter(s -> s.kind() == kind && s.part().equals(part))
                        .map(Setting::value)
                        .map(v -> v.words())
                        .reduce("", (a, b) -> a + b);
    }
}
