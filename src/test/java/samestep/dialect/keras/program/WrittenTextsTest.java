package samestep.dialect.keras.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.text.SourceText;

/** What Samestep writes into Keras programs, where you have changed it further. */
class WrittenTextsTest {
    private static final Dialect KERAS = Dialects.named("keras").orElseThrow();
    private static final String MODEL = """
            model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(4, name="a"), keras.layers.Dense(2, name="b")])
            model.compile(optimizer=optimizer, loss=keras.losses.CategoricalCrossentropy())
            """;
    private static final String TABLE = """
            import keras
            optimizer = keras.optimizers.SGD(0.1)
            layers = {"a": dict(kernel_regularizer=keras.regularizers.L2(0.01), bias_regularizer=None)}
            """;

    private static Outcome<Recipe> read(String program) {
        return KERAS.read(Input.of(new SourceText("main.py", program)));
    }

    private static Recipe recipe(String program) {
        return read(program).value().orElseThrow();
    }

    private static boolean isKnown(String program) {
        Outcome<Recipe> read = read(program);
        boolean isSaid = read.findings().stream().anyMatch(f -> f.code() == Code.SS045);
        assertEquals(
                !isSaid, recipe(program).unknown().isEmpty(), read.findings().toString());
        return !isSaid;
    }

    private static Parameter parameter(Recipe recipe, String name) {
        return recipe.parameters().stream()
                .filter(p -> p.name().toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> decays(Recipe recipe, String name) {
        return parameter(recipe, name).stages(Stage.DecoupledDecay.class).stream()
                .map(decay -> decay.coefficient().text())
                .toList();
    }

    /** The subclass as it is written, with the arguments of its call. */
    private static String subclassed(String arguments) throws IOException {
        String port = Files.readString(Path.of("fixtures/programs/keras/written/port.py"));
        return port.substring(0, port.indexOf("optimizer = ")) + "optimizer = PerVariableSGD(" + arguments + ")\n"
                + MODEL;
    }

    @Test
    void aTableIsReadAsTheLayers() {
        Recipe recipe = recipe(TABLE);
        assertEquals(
                List.of("a kernel", "a bias"),
                recipe.parameters().stream().map(p -> p.name().toString()).toList());
        assertEquals(
                1, parameter(recipe, "a kernel").stages(Stage.Penalty.class).size());
        assertTrue(read(TABLE).findings().stream()
                .anyMatch(f -> f.code() == Code.SS006 && f.message().contains("the dict layers")));
    }

    @Test
    void aTableIsNotReadWhereTheProgramDoesMore() {
        for (String more : List.of(
                "model = build(layers)\n",
                "layers[\"a\"][\"units\"] = 4\n",
                "layers = make(layers)\n",
                "layers[name()] = dict(kernel_regularizer=None)\n",
                "d = keras.layers.Dense(4)\n")) {
            assertFalse(
                    read(TABLE + more).findings().stream()
                            .anyMatch(f -> f.message().contains("the dict layers")),
                    more);
        }
    }

    @Test
    void whatATableDoesNotSayIsNotKnown() {
        assertTrue(isKnown(TABLE));
        assertFalse(isKnown(TABLE.replace("bias_regularizer=None", "bias_regularizer=None, trainable=flag")));
        assertFalse(isKnown(TABLE.replace("keras.regularizers.L2(0.01)", "keras.regularizers.L2(number)")));
        assertFalse(isKnown(TABLE + "loss_weights = [weight]\n"));
    }

    @Test
    void aDictThatSaysNothingIsNoTable() {
        for (String layers :
                List.of("{}", "{\"a\": {}}", "{\"a\": dict(units=4)}", "[1]", "{1: dict(bias_regularizer=None)}")) {
            String program = "import keras\noptimizer = keras.optimizers.SGD(0.1)\nlayers = " + layers + "\n";
            assertFalse(
                    read(program).findings().stream().anyMatch(f -> f.message().contains("the dict layers")), program);
        }
    }

    @Test
    void lossWeightsStandBesideATable() {
        assertEquals(
                "0.5",
                parameter(recipe(TABLE + "loss_weights = [0.5]\n"), "a kernel").stages(Stage.LossScale.class).stream()
                        .map(scale -> scale.weight().text())
                        .findFirst()
                        .orElse(""));
    }

    @Test
    void aVariableIsFoundByEachOfItsNames() throws IOException {
        Recipe recipe = recipe(subclassed("learning_rate=0.1, rates={\"*/bias\": 3.0, \"a/bias\": 2.0}"));
        assertEquals("2.0", parameter(recipe, "a bias").rateMultiplier().text());
        assertEquals("3.0", parameter(recipe, "b bias").rateMultiplier().text());
        assertTrue(isKnown(subclassed("learning_rate=0.1, frozen=[\"b/kernel\"]")));
        assertTrue(parameter(recipe(subclassed("learning_rate=0.1, frozen=[\"b/kernel\"]")), "b kernel")
                .frozen());
    }

    @Test
    void aVariablesOwnDecayStandsForTheOptimizers() throws IOException {
        String program = subclassed("learning_rate=0.1, weight_decay=0.01, weight_decays={\"a/kernel\": 0.02}");
        assertEquals(List.of("0.02"), decays(recipe(program), "a kernel"));
        assertEquals(List.of("0.01"), decays(recipe(program), "b kernel"));
        assertTrue(isKnown(program));
        String excluded = "optimizer.exclude_from_weight_decay(var_names=[\"bias\"])\n";
        assertFalse(isKnown(program + excluded));
    }

    @Test
    void whatTheSubclassIsGivenHasToBeOfAVariable() throws IOException {
        assertFalse(isKnown(subclassed("learning_rate=0.1, rates={\"c/bias\": 2.0}")));
        assertFalse(isKnown(subclassed("learning_rate=0.1, rates={\"a/bias\": None}")));
        assertFalse(isKnown(subclassed("learning_rate=0.1, rates={\"a/bias\": number}")));
        assertFalse(isKnown(subclassed("{\"a/bias\": 2.0}, learning_rate=0.1")));
    }

    @Test
    void whatIsLeftOutOfTheDecayIsRead() {
        String program = "import keras\noptimizer = keras.optimizers.AdamW(0.1, weight_decay=0.01)\n";
        String excluded = "optimizer.exclude_from_weight_decay(var_names=[\"bias\"])\n";
        assertEquals(List.of("0.01"), decays(recipe(program + MODEL), "a bias"));
        assertEquals(List.of(), decays(recipe(program + excluded + MODEL), "a bias"));
        assertEquals(List.of("0.01"), decays(recipe(program + excluded + MODEL), "a kernel"));
        assertTrue(isKnown(program + excluded + MODEL));
        // The last call replaces what another one said.
        assertEquals(
                List.of("0.01"),
                decays(recipe(program + excluded + excluded.replace("bias", "gamma") + MODEL), "a bias"));
        assertFalse(isKnown(program + "if flag:\n    " + excluded + MODEL));
        assertFalse(isKnown(program + excluded.replace("[\"bias\"]", "names") + MODEL));
        assertFalse(isKnown(program + excluded.replace("[\"bias\"]", "\"bias\"") + MODEL));
        assertFalse(isKnown(program + excluded.replace("var_names", "var_list") + MODEL));
        assertFalse(isKnown(program + MODEL + "model." + excluded));
    }
}
