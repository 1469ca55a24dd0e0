package samestep.dialect.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.compare.Comparer;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.write.Proposal;
import samestep.finding.Code;
import samestep.recipe.Recipe;
import samestep.recipe.Rounding;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.translate.Recording;
import samestep.translate.Translation;
import samestep.translate.Translator;

/** TensorFlow programs that are written from the recordings of all frameworks, read by the reader of programs. */
class WrittenTensorflowProgramsTest {
    private static final Dialect TENSORFLOW = Dialects.named("tensorflow").orElseThrow();
    private static final ProofMemory MEMORY = new ProofMemory();
    private static final String LAYERS = "python-tf1-estimator";
    private static final String SLIM = "python-slim";
    private static final String KERAS = "python-tf.keras";

    private static List<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("fixtures/goldens"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** What a recording trains with; empty where it is refused, as some are to be. */
    private static Optional<Recipe> recipe(Path recording) throws IOException {
        return Recording.read(SourceReader.read(recording))
                .value()
                .flatMap(read -> read.recipe().value())
                .map(recipe -> Rounding.only(Rounding.nowhere(), recipe));
    }

    private static Optional<Recipe> read(String name, String text) {
        return TENSORFLOW.read(Input.of(new SourceText(name, text))).value();
    }

    private static boolean isSame(Recipe first, Recipe second) {
        return Comparer.compare(first, second, Partners.byName(), MEMORY).isProven();
    }

    /** How the program of a proposal differs from its document; empty where it does not. */
    private static Optional<String> difference(Proposal proposal, String style) {
        Optional<Recipe> document = read("x.json", proposal.texts().getOrDefault("calls", ""));
        Optional<Recipe> program = read("x.py", proposal.texts().getOrDefault(style, ""));
        if (document.isEmpty() || program.isEmpty()) {
            return document.isEmpty() ? Optional.of("the document is not read") : Optional.of("it is not read");
        }
        return isSame(document.get(), program.get()) ? Optional.empty() : Optional.of("it says something else");
    }

    @ParameterizedTest
    @ValueSource(strings = {LAYERS, SLIM, KERAS})
    void eachProgramSaysWhatItsDocumentSays(String style) throws IOException {
        List<String> differences = new ArrayList<>();
        int programs = 0;
        for (Path file : recordings()) {
            Optional<Recipe> recipe = recipe(file);
            for (Proposal proposal : recipe.map(r -> TENSORFLOW.write(r, style)).orElse(List.of())) {
                programs++;
                difference(proposal, style).ifPresent(why -> differences.add(file.getFileName() + ": " + why));
            }
        }
        assertEquals(List.of(), differences);
        assertTrue(programs >= 698, "programs: " + programs);
    }

    /**
     * A fault of the printer alone, with the document as it is.
     *
     * @param solver what is translated
     * @param word the word that is printed wrongly
     * @param wrong what is printed in its place
     */
    private record Fault(String name, String style, String solver, String word, String wrong) {}

    private static final SourceText NET = new SourceText("net.prototxt", """
            layer { name: "ip1" type: "InnerProduct" inner_product_param { num_output: 6 } }
            layer { name: "ip2" type: "InnerProduct" param { lr_mult: 1 } param { lr_mult: 2 decay_mult: 0 }
              inner_product_param { num_output: 4 } }
            """);
    private static final String SGD = "type: \"SGD\" base_lr: 0.02 max_iter: 100 momentum: 0.9 weight_decay: 0.05 ";
    private static final String CONSTANT = SGD + "lr_policy: \"fixed\" ";
    private static final String FALLING = SGD + "lr_policy: \"multistep\" gamma: 0.1 stepvalue: 50 ";

    private static final List<Fault> FAULTS = List.of(
            new Fault("a factor of two", LAYERS, CONSTANT, "l2(0.025)", "l2(0.05)"),
            new Fault("a factor of two, slim", SLIM, CONSTANT, "l2_regularizer(0.05)", "l2_regularizer(0.025)"),
            new Fault(
                    "a regularizer too many",
                    KERAS,
                    CONSTANT,
                    "regularizer=None",
                    "regularizer=tf.keras.regularizers.l2(0.025)"),
            new Fault(
                    "penalties that are in no loss",
                    LAYERS,
                    CONSTANT,
                    "return data_loss + tf1.losses.get_regularization_loss()",
                    "return data_loss"),
            new Fault(
                    "penalties that are in no loss, slim",
                    SLIM,
                    CONSTANT,
                    "get_total_loss()",
                    "get_total_loss(add_regularization_losses=False)"),
            new Fault(
                    "penalties that are in no loss, tf.keras",
                    KERAS,
                    CONSTANT,
                    "tf.add_n([data_loss] + model.losses)",
                    "data_loss"),
            new Fault(
                    "another epsilon",
                    LAYERS,
                    "type: \"Adam\" base_lr: 0.02 lr_policy: \"fixed\" max_iter: 100 momentum: 0.9 delta: 0",
                    "epsilon=0.0",
                    "epsilon=1e-08"),
            new Fault("a schedule that is one step late", LAYERS, FALLING, "boundaries=[49]", "boundaries=[50]"),
            new Fault("a step that nobody counts", SLIM, FALLING, ", global_step=step", ""),
            new Fault(
                    "a velocity that does not carry the rate",
                    LAYERS,
                    FALLING,
                    "of(v, rates, 1.0) * rate, g.dtype",
                    "of(v, rates, 1.0), g.dtype"),
            new Fault(
                    "no nesterov",
                    KERAS,
                    "type: \"Nesterov\" base_lr: 0.02 lr_policy: \"fixed\" max_iter: 100 momentum: 0.9",
                    "use_nesterov=True",
                    "use_nesterov=False"),
            new Fault("a rate that is not doubled", SLIM, CONSTANT, "\"ip2/biases\": 2.0", "\"ip2/biases\": 1.0"),
            new Fault(
                    "a clip of each gradient by itself",
                    LAYERS,
                    CONSTANT + "clip_gradients: 1.5 ",
                    "gradients, _ = tf.clip_by_global_norm(gradients, 1.5)",
                    "gradients = [tf.clip_by_norm(g, 1.5) for g in gradients]"),
            new Fault(
                    "a decay that is not added behind the clip",
                    SLIM,
                    CONSTANT + "clip_gradients: 1.5 ",
                    "+ b * v",
                    "+ 0.0 * v"));

    private static Translation translated(String solver, Dialect to, String style) {
        return new Translator(Dialects.named("caffe").orElseThrow(), to)
                .translate(Input.of(new SourceText("solver.prototxt", solver), NET), style)
                .value()
                .orElseThrow();
    }

    /** TensorFlow, whose printer of a style has a fault. */
    private static Dialect spoiled(String style, UnaryOperator<String> fault) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object result;
            try {
                result = method.invoke(TENSORFLOW, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            boolean writes = method.getName().equals("write") && arguments.length == 2;
            return writes
                    ? ((List<?>) result)
                            .stream()
                                    .map(p -> spoiled((Proposal) p, style, fault))
                                    .toList()
                    : result;
        };
        return (Dialect)
                Proxy.newProxyInstance(Dialect.class.getClassLoader(), new Class<?>[] {Dialect.class}, handler);
    }

    private static Proposal spoiled(Proposal proposal, String style, UnaryOperator<String> fault) {
        Map<String, String> texts = new HashMap<>(proposal.texts());
        texts.computeIfPresent(style, (name, text) -> fault.apply(text));
        return new Proposal(texts, proposal.written(), proposal.findings());
    }

    /** Each is seen, though the document of the same proposal is exact. */
    @TestFactory
    Stream<DynamicTest> faultsOfThePrinterAreSeen() {
        return FAULTS.stream()
                .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> {
                    Translation right = translated(fault.solver(), TENSORFLOW, fault.style());
                    String text = right.proposal().texts().getOrDefault(fault.style(), "");
                    assertTrue(right.comparison().isProven(), text);
                    assertTrue(text.contains(fault.word()), text);
                    Dialect spoiled = spoiled(fault.style(), t -> t.replace(fault.word(), fault.wrong()));
                    assertFalse(translated(fault.solver(), spoiled, fault.style())
                            .comparison()
                            .isProven());
                }));
    }

    @Test
    void whereAProgramIsNotReadAWarningSaysSo() {
        Dialect spoiled = spoiled(SLIM, text -> text.replace("tf1.train.", "other.train."));
        Translation unread = translated(CONSTANT, spoiled, SLIM);
        assertTrue(unread.findings().stream()
                .anyMatch(f -> f.code() == Code.SS010 && f.message().contains("is not read back")));
    }

    /** Your own network counts as itself, and not as the table. */
    @Test
    void theNetworkIsKnownByItsWholeText() throws IOException {
        Path decayed = Path.of("fixtures/goldens/caffe/caffe-sgd-momentum-l2-mults.json");
        Recipe recipe = recipe(decayed).orElseThrow();
        String text = TENSORFLOW.write(recipe, LAYERS).get(0).texts().getOrDefault(LAYERS, "");
        String network = "    raise NotImplementedError(\"the network is missing\")\n";
        String written = "    features = tf1.layers.dense(features, 6, name=\"ip1\", **layers[\"ip1\"])\n"
                + "    return tf1.layers.dense(features, 4, name=\"ip2\", **layers[\"ip2\"])\n";

        assertTrue(isReadAs(recipe, text));
        assertTrue(isReadAs(recipe, text.replace("\n", "\r\n")));
        assertTrue(isReadAs(recipe, text.replace(network, written)));
        assertFalse(isReadAs(recipe, text.replace(network, written.replace(", **layers[\"ip1\"]", ""))));
        assertFalse(isReadAs(recipe, text.replace(network, "    return features\n")));
        assertFalse(isReadAs(recipe, text.replace("def network(", "@twice\ndef network(")));
        assertFalse(
                isReadAs(recipe, text.replace("import tensorflow as tf\n", "import tensorflow as tf\nfeatures = 1\n")));
    }

    private static boolean isReadAs(Recipe recipe, String text) {
        return read("x.py", text).filter(read -> isSame(recipe, read)).isPresent();
    }
}
