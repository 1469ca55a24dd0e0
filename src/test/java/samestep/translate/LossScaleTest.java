package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.compare.Comparer;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;
import samestep.recipe.setting.SettingKind;
import samestep.text.SourceText;

/** What scales the gradient is part of the update: loss weights, sums, several losses. */
class LossScaleTest {
    private static final String SOLVER = """
        base_lr: %s
        lr_policy: "fixed"
        type: "%s"
        momentum: 0.9
        %s
        weight_decay: %s
        net_param {
          layer { name: "data" type: "Data" top: "data" top: "label" data_param { batch_size: 32 } }
          layer { name: "fc" type: "InnerProduct" bottom: "data" top: "fc" inner_product_param { num_output: 10 } }
          layer { name: "relu" type: "ReLU" bottom: "fc" top: "fc" }
          %s
        }
        """;
    private static final String KERAS = """
        {"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {"name": "fc"}}]},
         "compile_config": {%s, "optimizer": {"class_name": "SGD",
          "config": {"learning_rate": 0.01, "momentum": 0.9}}}, "keras_version": "3.3.0"}
        """;

    private static final String PROGRAM = """
        import torch
        import torch.nn.functional as F
        from torch import nn
        model = nn.Linear(3, 4)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
        for x, y in batches:
            optimizer.zero_grad()
            loss = %s
            loss.backward()
            optimizer.step()
        """;

    private static final String LOOP = """
        import keras
        import tensorflow as tf
        model = keras.Sequential([keras.layers.Dense(3, name="fc")])
        optimizer = keras.optimizers.SGD(0.01)
        criterion = keras.losses.%s
        for x, y in batches:
            with tf.GradientTape() as tape:
                loss = criterion(y, model(x))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        """;

    private static Recipe caffe(String rate, String type, String more, String decay, String losses) {
        return read("solver.prototxt", SOLVER.formatted(rate, type, more, decay, losses), "caffe");
    }

    private static Recipe sgd(String rate, String decay, String loss) {
        return caffe(rate, "SGD", "", decay, softmax(loss));
    }

    private static String softmax(String more) {
        return layer("SoftmaxWithLoss", more);
    }

    private static String layer(String type, String more) {
        return "layer { name: \"loss\" type: \"%s\" bottom: \"fc\" bottom: \"label\" top: \"loss\" %s }"
                .formatted(type, more);
    }

    private static Recipe read(String name, String text, String dialect) {
        return Dialects.named(dialect)
                .orElseThrow()
                .read(Input.of(new SourceText(name, text)))
                .value()
                .orElseThrow();
    }

    private static boolean proven(Recipe one, Recipe other) {
        return Comparer.judge(one, other, Partners.byName(), new ProofMemory()).isProven();
    }

    private static List<Stage> stages(Recipe recipe) {
        Parameter kernel = recipe.trained().get(0);
        return kernel.stages().stream()
                .filter(s -> s instanceof Stage.LossScale || s instanceof UnknownStage)
                .toList();
    }

    @Test
    void aLossWeightChangesTheUpdateUnlessRateAndDecayMakeUpForIt() {
        Recipe plain = sgd("0.01", "0.0005", "");

        assertFalse(proven(plain, sgd("0.01", "0.0005", "loss_weight: 2")));
        assertTrue(proven(plain, sgd("0.005", "0.001", "loss_weight: 2")));
        assertFalse(proven(plain, sgd("0.005", "0.0005", "loss_weight: 2")));
        assertTrue(proven(plain, sgd("0.01", "0.0005", "loss_weight: 1")));
    }

    @Test
    void inAdamEpsilonMakesUpForItAndTheRateDoesNot() {
        String adam = "momentum2: 0.999 delta: 1e-8";
        Recipe plain = caffe("0.001", "Adam", adam, "0.0005", softmax(""));
        String twice = softmax("loss_weight: 2");

        assertTrue(proven(plain, caffe("0.001", "Adam", "momentum2: 0.999 delta: 2e-8", "0.001", twice)));
        assertFalse(proven(plain, caffe("0.0005", "Adam", adam, "0.001", twice)));
        assertFalse(proven(plain, caffe("0.001", "Adam", adam, "0.001", twice)));
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, 0.01, 0.0005, false",
        "NONE, 0.0003125, 0.016, true",
        "3, 0.0003125, 0.016, true",
        "FULL, 0.01, 0.0005, true",
        "BATCH_SIZE, 0.01, 0.0005, true",
        "VALID, 0.01, 0.0005, true",
    })
    void aSumIsTheMeanTimesTheBatch(String normalization, String rate, String decay, boolean same) {
        Recipe summed = sgd(rate, decay, "loss_param { normalization: %s }".formatted(normalization));

        assertEquals(same, proven(sgd("0.01", "0.0005", ""), summed));
        assertEquals(same, proven(summed, sgd("0.01", "0.0005", "")));
        assertTrue(proven(summed, summed));
    }

    @Test
    void aSumIsNoWeightThatHappensToBeTheProofsBatch() {
        Recipe summed =
                sgd("0.01", "0.0005", "loss_param { normalization: NONE }").withBatchSize(Optional.empty());

        assertFalse(proven(summed, sgd("0.01", "0.0005", "loss_weight: 7").withBatchSize(Optional.empty())));
    }

    @Test
    void aSumOverPlacesIsOnlyItself() {
        String convolution = "layer { name: \"c\" type: \"Convolution\" bottom: \"fc\" top: \"score\" } ";
        String loss =
                convolution + softmax("loss_param { normalize: false }").replace("bottom: \"fc\"", "bottom: \"score\"");
        Recipe perPicture = caffe("0.01", "SGD", "", "0.0005", loss);
        Recipe mean = caffe("0.01", "SGD", "", "0.0005", loss.replace("normalize: false", "normalize: true"));

        assertTrue(proven(perPicture, perPicture));
        assertFalse(proven(perPicture, mean));
    }

    @Test
    void lossesOfDifferentWeightsAreNoOneFactor() {
        Recipe several = caffe("0.01", "SGD", "", "0.0005", softmax("loss_weight: 0.3") + softmax(""));

        assertEquals(List.of(new UnknownStage("losses of weights 0.3, 1")), stages(several));
        assertTrue(proven(several, several));
        assertFalse(proven(several, caffe("0.01", "SGD", "", "0.0005", softmax("loss_weight: 0.4") + softmax(""))));
        assertFalse(proven(several, sgd("0.01", "0.0005", "")));
        assertEquals(List.of(), stages(caffe("0.01", "SGD", "", "0.0005", softmax("loss_weight: 0") + softmax(""))));
    }

    @Test
    void aMeanOverOutputsIsTheirShareOfTheSum() {
        Recipe sum = caffe("0.01", "SGD", "", "0.0005", layer("SigmoidCrossEntropyLoss", ""));
        String valid = layer("SigmoidCrossEntropyLoss", "loss_param { normalization: VALID }");

        assertFalse(proven(sum, caffe("0.01", "SGD", "", "0.0005", valid)));
        assertTrue(proven(sum, caffe("0.1", "SGD", "", "0.00005", valid)));
    }

    @Test
    void theLossAndItsMeanAreSettings() {
        Recipe recipe = sgd("0.01", "0.0005", "loss_param { normalization: NONE }");

        assertEquals(
                List.of("softmax cross-entropy", "sum"),
                List.of(SettingKind.LOSS, SettingKind.LOSS_REDUCTION).stream()
                        .map(kind -> recipe.settings()
                                .ofRun(kind)
                                .orElseThrow()
                                .value()
                                .words())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"loss\": \"categorical_crossentropy\"' | true",
                "'\"loss\": \"categorical_crossentropy\", \"loss_weights\": [2.0]' | false",
                "'\"loss\": {\"class_name\": \"CategoricalCrossentropy\", \"config\": {\"reduction\": \"sum\"}}' |"
                        + " false",
            })
    void kerasSaysItWhenItCompiles(String compile, boolean same) {
        Recipe plain = read("model.json", KERAS.formatted("\"loss\": \"categorical_crossentropy\""), "keras");

        assertEquals(same, proven(plain, read("model.json", KERAS.formatted(compile), "keras")));
    }

    private static final String SQUARE =
            "\"loss\": {\"class_name\": \"MeanSquaredError\", \"config\": {\"reduction\": %s}}";

    private static Recipe keras(String compile) {
        return read("model.json", KERAS.formatted(compile), "keras");
    }

    private static Recipe of32(Recipe recipe) {
        return recipe.withBatchSize(Optional.of(Quantity.byDefault("32", "the test")));
    }

    @Test
    void aSumOfSquaresIsTheirMeanTimesTheBatch() {
        Recipe mean = keras("\"loss\": \"mse\"");
        Recipe sum = keras(SQUARE.formatted("\"sum\""));
        Recipe times32 = keras("\"loss\": \"mse\", \"loss_weights\": [32]");

        assertTrue(proven(mean, keras(SQUARE.formatted("\"sum_over_batch_size\""))));
        assertTrue(proven(sum, sum));
        assertFalse(proven(mean, sum));
        assertFalse(proven(of32(sum), of32(mean)));
        assertTrue(proven(of32(sum), of32(times32)));
        assertFalse(proven(sum, times32));
    }

    @ParameterizedTest
    @CsvSource({"'\"none\"'", "null", "'\"something\"'"})
    void aReductionThatIsNotKnownIsOnlyItself(String reduction) {
        Recipe unknown = keras(SQUARE.formatted(reduction));

        assertTrue(proven(unknown, unknown));
        assertFalse(proven(unknown, keras("\"loss\": \"mse\"")));
        assertFalse(proven(unknown, keras(SQUARE.formatted("\"sum\""))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'[\"mse\", \"mse\"]' | '\"mse\"' | true",
                "'[\"mse\", \"mse\"]' | '\"categorical_crossentropy\"' | false",
                "'{\"a\": \"mse\", \"b\": \"hinge\"}' | '\"mse\"' | false",
                "'{\"a\": \"mse\", \"b\": \"hinge\"}' | '\"hinge\"' | false",
                "'{\"class_name\": \"function\", \"config\": \"mean_squared_error\"}' | '\"mse\"' | true",
            })
    void theLossesOfSeveralOutputsShareOneFactorOrNone(String several, String one, boolean same) {
        Recipe recipe = keras("\"loss\": " + several);

        assertEquals(same, proven(recipe, keras("\"loss\": " + one)));
        assertTrue(proven(recipe, recipe));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nn.MSELoss()(model(x), y) | true",
                "0.5 * nn.MSELoss()(model(x), y) | false",
                "F.mse_loss(model(x), y) | true",
                "F.mse_loss(model(x), y, reduction='none').mean() | true",
                "F.cross_entropy(model(x), y) | false",
                "nn.MSELoss(reduction='sum')(model(x), y) | false",
            })
    void aProgramsMeanOfSquaresIsThatOfKeras(String loss, boolean same) {
        Recipe program = program(loss);

        assertEquals(same, scales(program).equals(scales(keras("\"loss\": \"mse\""))), loss);
    }

    @Test
    void aSumOfSquaresIsTwiceCaffesEuclideanLoss() {
        List<Stage> twice = stages(
                caffe("0.01", "SGD", "", "0.0005", softmax("loss_weight: 2 loss_param { normalization: NONE }")));

        assertEquals(behaviours(twice), scales(program("F.mse_loss(model(x), y, reduction='sum')")));
    }

    @ParameterizedTest
    @CsvSource({"MeanSquaredError(), true", "CategoricalCrossentropy(), false"})
    void theLossThatALoopCallsIsThatOfCompile(String criterion, boolean same) {
        Recipe loop = read("train.py", LOOP.formatted(criterion), "keras");

        assertEquals(same, scales(loop).equals(scales(keras("\"loss\": \"mse\""))));
        assertEquals(!same, scales(loop).isEmpty());
    }

    private static Recipe program(String loss) {
        return read("train.py", PROGRAM.formatted(loss), "pytorch");
    }

    private static List<List<Object>> scales(Recipe recipe) {
        return behaviours(stages(recipe));
    }

    private static List<List<Object>> behaviours(List<Stage> stages) {
        return stages.stream().map(Stage::behaviour).toList();
    }

    @Test
    void kerasIsGivenTheWeightsOfSeveralLosses() {
        String solver = SOLVER.formatted("0.01", "SGD", "", "0.0005", softmax("loss_weight: 0.3") + softmax(""));
        Translation translation = translate(solver, "keras", "json");
        String json = translation.proposal().texts().getOrDefault("json", "").replaceAll("\\s", "");

        assertTrue(translation.comparison().isProven());
        assertTrue(json.contains("\"compile_config\":{\"loss_weights\":[0.3,1.0]}"), json);
    }

    @Test
    void whereNothingSaysAWeightOtherNumbersDo() {
        String solver = SOLVER.formatted("0.01", "SGD", "", "0.0005", softmax("loss_weight: 2"));
        Translation translation = translate(solver, "caffe", "prototxt");
        String text = translation.proposal().texts().getOrDefault("prototxt", "");

        assertTrue(translation.comparison().isProven(), translation.findings().toString());
        assertTrue(text.contains("base_lr: 0.02"), text);
        assertTrue(text.contains("weight_decay: 0.00025"), text);
    }

    private static Translation translate(String solver, String to, String style) {
        return new Translator(
                        Dialects.named("caffe").orElseThrow(),
                        Dialects.named(to).orElseThrow())
                .translate(Input.of(new SourceText("solver.prototxt", solver)), style)
                .value()
                .orElseThrow();
    }
}
