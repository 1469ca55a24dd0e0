package samestep.dialect.pytorch.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.finding.Code;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.text.SourceText;
import samestep.translate.Translation;
import samestep.translate.Translator;

/** Names of parameters in what is written are those that PyTorch has, and are read as the same again. */
class TorchNamesTest {
    private static Translation ofKeras(String className, String config) {
        String model = """
            {"class_name": "Sequential", "config": {"name": "m", "layers": [
              {"class_name": "%s", "config": {"name": "a"%s}}]},
             "optimizer": {"class_name": "AdamW", "config": {"learning_rate": 0.125, "weight_decay": 0.25,
               "gradient_accumulation_steps": null}},
             "exclude_from_weight_decay": {"var_names": ["(^|/)bias(:|$)"]}}
            """.formatted(className, config.replace('\'', '"'));
        return new Translator(
                        Dialects.named("keras").orElseThrow(),
                        Dialects.named("pytorch").orElseThrow())
                .translate(Input.of(new SourceText("model.json", model)), "json")
                .value()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LSTM | weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0",
                "MultiHeadAttention | in_proj_weight, in_proj_bias, out_proj.weight, out_proj.bias",
                "DepthwiseConv2D | weight, bias",
            })
    void namesAreTorchs(String className, String names) {
        Translation translation = ofKeras(className, ", 'recurrent_regularizer': 'l2'");

        String text = translation.proposal().texts().getOrDefault("json", "");
        Stream.of(names.split(", ")).forEach(name -> assertTrue(text.contains("\"a." + name + "\""), text));
        assertFalse(text.contains("\"a.weight_hh\""), text);
    }

    /** Two biases move twice as far as one. */
    @Test
    void theSecondBiasOfARecurrentLayerHasNoPartner() {
        Translation translation = ofKeras("LSTM", ", 'recurrent_regularizer': 'l2'");

        assertTrue(translation.findings().stream().anyMatch(f -> f.code() == Code.SS304));
        assertFalse(translation.comparison().isProven());
        assertEquals(
                List.of("a/hh bias"),
                translation.comparison().aloneInTarget().stream()
                        .map(p -> p.name().toString())
                        .toList());
    }

    @Test
    void namesOfPytorchComeBack() {
        List<String> names = List.of(
                "a.weight_ih_l0",
                "a.weight_hh_l0",
                "a.bias_ih_l0",
                "a.bias_hh_l0",
                "a.weight_ih_l1_reverse",
                "a.weight_hh_l1_reverse",
                "a.bias_ih_l1_reverse",
                "a.bias_hh_l1_reverse",
                "b.in_proj_weight",
                "b.in_proj_bias",
                "b.out_proj.weight",
                "b.out_proj.bias",
                "c.out_proj.weight");
        String listed = String.join("\", \"", names);
        Recipe recipe = new PytorchDialect()
                .read(Input.of(new SourceText("port.json", """
                    {"optimizer": {"class_path": "torch.optim.SGD", "init_args": {"lr": 0.1}},
                     "param_groups": [{"param_names": ["%s"]}]}
                    """.formatted(listed))))
                .value()
                .orElseThrow();

        List<ParameterName> read =
                recipe.parameters().stream().map(p -> p.name()).toList();
        assertEquals(names, TorchNames.of(read).all(read));
        assertEquals(8 + 2 * 3 + 2 + 1, read.size());
    }
}
