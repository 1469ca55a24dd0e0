package samestep.dialect.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.compare.proof.Verdict;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.dialect.keras.write.KerasWriter;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.text.SourceText;
import samestep.translate.Translation;
import samestep.translate.Translator;

/** Which variables of Keras are decayed and trained: written, read back, and said where it depends on something. */
class KerasScopeTest {
    private static Translation translated(String from, String to, String style, String name, String text) {
        Outcome<Translation> outcome = new Translator(
                        Dialects.named(from).orElseThrow(), Dialects.named(to).orElseThrow())
                .translate(Input.of(new SourceText(name, text)), style);
        return outcome.value().orElseThrow(() -> new AssertionError(outcome.findings()));
    }

    private static Translation ofTorch(String to, String style, String optimizer, String groups) {
        return translated("pytorch", to, style, "port.json", """
            {"samestep": "pytorch/1",
             "optimizer": {"class_path": "torch.optim.%s"}, "param_groups": [%s]}
            """.formatted(optimizer, groups)
                .replace('\'', '"'));
    }

    private static String text(Translation translation, String style) {
        return translation.proposal().texts().getOrDefault(style, "");
    }

    private static Outcome<Recipe> read(String patterns) {
        return new KerasDialect().read(Input.of(new SourceText("port.json", """
            {"optimizer": {"class_name": "AdamW", "config": {"learning_rate": 0.125, "weight_decay": 0.25}},
             "exclude_from_weight_decay": {"var_names": [%s]},
             "layers": {"ip1": {"kernel_regularizer": null, "bias_regularizer": null}}}
            """.formatted(patterns))));
    }

    private static List<String> decayed(Recipe recipe) {
        return recipe.parameters().stream()
                .filter(p -> !p.stages(Stage.DecoupledDecay.class).isEmpty())
                .map(p -> p.name().toString())
                .toList();
    }

    @Test
    void timmsRuleIsAskedOfShapesAndOfTheModelsList() {
        Translation translation = translated(
                "pytorch",
                "keras",
                "python",
                "args.yaml",
                "model: tiny\nopt: adamw\nlr: 0.01\nweight_decay: 0.1\nsched: none\nbatch_size: 4\n");
        String python = text(translation, "python");

        assertTrue(python.contains("if len(variable.shape) <= 1:"), python);
        assertTrue(python.contains("    no_weight_decay = ()\n"), python);
        assertFalse(python.contains("import re"), python);
    }

    /** RMSNormalization is the one norm of Keras 3 whose constructor refuses gamma_regularizer. */
    @ParameterizedTest
    @CsvSource({"'nn.RMSNorm(3)', true", "'nn.LayerNorm(3)', false"})
    void aScaleWithoutARegularizerIsNamed(String norm, boolean named) {
        String program = "import torch\nfrom torch import nn\n"
                + "model = nn.Sequential(nn.Linear(4, 3), %s)\n".formatted(norm)
                + "optimizer = torch.optim.SGD(model.parameters(), lr=0.1, weight_decay=0.01)\n";
        Translation translation = translated("pytorch", "keras", "python", "train.py", program);
        List<String> lost = translation.findings().stream()
                .filter(f -> f.code() == Code.SS103)
                .map(f -> f.message())
                .toList();

        assertEquals(
                named
                        ? List.of(
                                "RMSNormalization takes no gamma_regularizer: where the layer of 1 gamma is one, the decay"
                                        + " of 0.01 is lost")
                        : List.of(),
                lost);
        assertEquals(named, text(translation, "python").contains("# RMSNormalization takes no gamma_regularizer"));
    }

    @Test
    void groupsThatAFileNamesHaveNoRule() {
        String groups = "{'param_names': ['ip1.weight'], 'weight_decay': 0.1}, {'param_names': ['ip1.bias'],"
                + " 'weight_decay': 0.0}";
        String python = text(ofTorch("keras", "python", "AdamW", groups), "python");

        assertTrue(python.contains("optimizer.exclude_from_weight_decay(var_names=[\"(^|/)(bias)(:|$)\"])"), python);
        assertFalse(python.contains("Sorting"), python);
    }

    @Test
    void anRmsNormalizationsScaleIsLeftOutAsAGamma() {
        Recipe recipe = new KerasDialect()
                .read(Input.of(new SourceText("model.json", """
            {"class_name": "Sequential", "config": {"layers": [
               {"class_name": "Dense", "config": {"name": "fc"}},
               {"class_name": "RMSNormalization", "config": {"name": "rms"}}]},
             "optimizer": {"class_name": "AdamW", "config": {"learning_rate": 0.125, "weight_decay": 0.25}},
             "exclude_from_weight_decay": {"var_names": ["scale"]}, "keras_version": "3.3.0"}
            """)))
                .value()
                .orElseThrow();

        assertEquals(List.of("fc kernel", "fc bias"), decayed(recipe));
        String json = KerasWriter.proposals(KerasGeneration.KERAS_3, recipe)
                .get(0)
                .texts()
                .getOrDefault("json", "");
        assertTrue(json.contains("(^|/)(gamma|scale)(:|$)"), json);
    }

    @Test
    void whatTheTrainerLeavesOutOfTheDecayKerasLeavesOut() {
        Translation translation = translated(
                "pytorch",
                "keras",
                "python",
                "args.yaml",
                "output_dir: out\nlearning_rate: 0.001\nweight_decay: 0.1\nmax_grad_norm: 0.0\n"
                        + "lr_scheduler_type: constant\n");

        String python = text(translation, "python");
        assertTrue(python.contains("self.exclude_from_weight_decay(var_list=[v for v in variables if"), python);
        assertTrue(
                python.contains("re.search(r\"bias|layernorm|rmsnorm|(?:^|\\.)norm(?:$|\\.)|_norm(?:$|\\.)\""), python);
        assertTrue(python.contains("optimizer = SortingAdam("), python);
        assertTrue(text(translation, "json")
                .contains("\"(^|/)(bias|gamma|scale|beta)(:|$)\",\n"
                        + "      \"bias|layernorm|rmsnorm|(?:^|/)norm(?::|$|/)|_norm(?::|$|/)\""));
        Recipe readBack = new KerasDialect()
                .read(Input.of(new SourceText("port.json", text(translation, "json"))))
                .value()
                .orElseThrow();
        assertEquals(List.of("every kernel"), decayed(readBack));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '^',
            value = {
                "\"ip1\" ; true ; ",
                "\"^bias$\" ; true ; ip1 kernel,ip1 bias",
                "\"bias$\" ; true ; ip1 kernel,ip1 bias",
                "\"bias\" ; false ; ip1 kernel",
                "\"(^|/)bias(:|$)\" ; false ; ip1 kernel",
                " ; false ; ip1 kernel,ip1 bias"
            })
    void whatIsLeftOutMayDependOnTheBackend(String patterns, boolean depends, String decayed) {
        Outcome<Recipe> outcome = read(patterns == null ? "" : patterns);

        assertEquals(
                depends,
                outcome.findings().stream().anyMatch(f -> f.code() == Code.SS142),
                () -> outcome.findings().toString());
        assertEquals(
                decayed == null ? "" : decayed,
                String.join(",", decayed(outcome.value().orElseThrow())));
    }

    /** What the Trainer leaves out by name is what others leave out by role only as far as names say what parameters do. */
    @Test
    void aRuleOfNamesIsARuleOfRolesOnlyWhileNamesSaySo() {
        Translation translation = translated(
                "pytorch",
                "keras",
                "json",
                "args.yaml",
                "output_dir: out\noptim: sgd\nlearning_rate: 0.125\nweight_decay: 0.25\nmax_grad_norm: 0.0\n"
                        + "lr_scheduler_type: constant\n");

        assertEquals(
                Verdict.Kind.EXACT_WHILE, translation.comparison().verdict().kind());
        assertTrue(translation.comparison().verdict().condition().contains("the Trainer of transformers"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2.3", "tf.keras"})
    void oldOptimizersHaveNoDecayBesideTheGradient(String version) {
        Recipe recipe = read("\"bias\"").value().orElseThrow();

        KerasGeneration generation = KerasGeneration.named(version).orElseThrow();
        KerasWriter.Solution solution =
                KerasWriter.solutions(generation, recipe).get(0);

        assertFalse(solution.configuration().optimizer().arguments().containsKey("weight_decay"));
        assertEquals(List.of(), solution.configuration().excluded());
        assertTrue(solution.proposal().findings().stream()
                .anyMatch(f -> f.code() == Code.SS204 && f.message().contains("weight_decay")));
    }

    /** A frozen bias has no gradient that a norm could count, and one with rate 0 has. */
    @Test
    void aFrozenBiasIsNotOneWithARateOfZero() {
        Translation translation = translated("caffe", "keras", "python", "solver.prototxt", """
            base_lr: 0.125 lr_policy: "fixed" max_iter: 100 clip_gradients: 1
            net_param { layer { name: "ip1" type: "InnerProduct" param { } param { lr_mult: 0 } } }
            """);

        assertEquals(Verdict.Kind.EXACT, translation.comparison().verdict().kind());
        assertTrue(text(translation, "python").contains("frozen=[\"ip1/bias\"]"));
        assertFalse(text(translation, "python").contains("rates={"));
        String byRate = text(translation, "json")
                .replace("\"rates\": {}", "\"rates\": {\"ip1/bias\": 0.0}")
                .replaceFirst("\"frozen\": \\[[^]]*]", "\"frozen\": []");
        List<Parameter> parameters = new KerasDialect()
                .read(Input.of(new SourceText("port.json", byRate)))
                .value()
                .orElseThrow()
                .parameters();
        assertEquals(List.of(), parameters.stream().filter(Parameter::frozen).toList());
    }

    /** A group with rate 0 learns nothing, and its gradient counts in the norm. */
    @ParameterizedTest
    @CsvSource({"keras, json", "keras, python", "tensorflow, pipeline", "tensorflow, python-tf.keras"})
    void aGroupWithARateOfZeroIsNoRateForTheOthers(String to, String style) {
        for (String rates : List.of("0.0, 0.25", "0.25, 0.0", "0.0, 0.0")) {
            String[] rate = rates.split(", ");
            Translation translation = ofTorch(
                    to,
                    style,
                    "SGD', 'init_args': {'lr': 0.125}, '_': '",
                    "{'param_names': ['ip1.weight'], 'lr': %s}, {'param_names': ['ip1.bias'], 'lr': %s}"
                            .formatted(rate[0], rate[1]));

            assertFalse(
                    !rates.equals("0.0, 0.0") && text(translation, "json").contains("\"learning_rate\": 0.0,"), rates);
            if (style.equals("python")) {
                assertEquals(
                        Verdict.Kind.EXACT, translation.comparison().verdict().kind(), rates);
            }
        }
    }

    @Test
    void decaysOfSeveralSizesAreSaidByTheSubclassOnly() {
        String groups = "{'param_names': ['a.weight'], 'weight_decay': 0.25},"
                + " {'param_names': ['b.weight'], 'weight_decay': 0.5, 'lr': 0.25},"
                + " {'param_names': ['a.bias', 'b.bias'], 'weight_decay': 0.0}";
        String optimizer = "AdamW', 'init_args': {'lr': 0.125}, '_': '";

        Translation python = ofTorch("keras", "python", optimizer, groups);
        Translation json = ofTorch("keras", "json", optimizer, groups);

        assertTrue(
                text(python, "python").contains("weight_decays={\"a/kernel\": 0.25, \"b/kernel\": 0.5}"),
                text(python, "python"));
        assertTrue(json.findings().stream().anyMatch(f -> f.code() == Code.SS141), json.findings()::toString);
        assertTrue(text(json, "json").contains("\"weight_decay\": 0.25"), text(json, "json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b"})
    void oneLayerIsLeftOutByItsPath(String layer) {
        Translation json = ofTorch(
                "keras",
                "json",
                "AdamW', 'init_args': {'lr': 0.125, 'weight_decay': 0.25}, '_': '",
                "{'param_names': ['%s.weight'], 'weight_decay': 0.0}, {'param_names': ['c.weight']}".formatted(layer));

        Outcome<Recipe> readBack = new KerasDialect().read(Input.of(new SourceText("port.json", text(json, "json"))));
        assertEquals(List.of("c kernel"), decayed(readBack.value().orElseThrow()));
        assertTrue(json.findings().stream().anyMatch(f -> f.code() == Code.SS142), json.findings()::toString);
    }
}
