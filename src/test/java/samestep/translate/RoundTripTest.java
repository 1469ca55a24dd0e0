package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.compare.Comparer;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.write.Proposal;
import samestep.equation.Expressions;
import samestep.recipe.Recipe;
import samestep.text.SourceReader;
import samestep.text.SourceText;

/** There and back: where the way there is proven to be exact, the way back gives the recipe that one started from. */
class RoundTripTest {
    private static final Dialect CAFFE = Dialects.named("caffe").orElseThrow();
    private static final Dialect DARKNET = Dialects.named("darknet").orElseThrow();
    private static final Dialect KERAS = Dialects.named("keras").orElseThrow();
    private static final Dialect PYTORCH = Dialects.named("pytorch").orElseThrow();
    private static final ProofMemory MEMORY = new ProofMemory();

    private static boolean same(Recipe a, Recipe b) {
        return Comparer.judge(a, b, Partners.byName(), MEMORY).isProven();
    }

    private static Recipe readBack(Dialect dialect, Proposal proposal) {
        String style = dialect.styles().iterator().next();
        SourceText text = new SourceText("port", proposal.texts().getOrDefault(style, ""));
        Input input = proposal.model()
                .map(m -> Input.of(text, new SourceText("model", m)))
                .orElse(Input.of(text));
        Recipe recipe = dialect.read(input).value().orElseThrow();
        return recipe.mapped(value -> Expressions.replaceNumbers(value, proposal.written()));
    }

    /** The recipe after conversion to the other framework, if that is proven to be the same. */
    private static Optional<Recipe> exactly(Recipe recipe, Dialect to) {
        return to.write(recipe).stream()
                .map(proposal -> readBack(to, proposal))
                .filter(there -> same(recipe, there))
                .findFirst();
    }

    /** Empty where the way there is not exact. */
    private static Optional<Boolean> comesBack(Recipe recipe, Dialect home, Dialect away) {
        return exactly(recipe, away)
                .map(there ->
                        exactly(there, home).map(back -> same(recipe, back)).orElse(false));
    }

    @ParameterizedTest
    @CsvSource({
        "caffe, keras, 43, nothing",
        "keras3, caffe, 33, nothing",
        "keras2, caffe, 21, nothing",
        "caffe, pytorch, 39, nothing",
        // Keras writes no loss, and knows the Nadam of traced functions only.
        "keras3, pytorch, 25, linear|sum-reduction",
        "keras2, pytorch, 19, linear|eager",
        "pytorch, pytorch, 81, nothing",
        // PyTorch itself has no epsilon-hat, no Lion, and no decay beside the gradient of SGD.
        "pytorch, keras, 24, hf-tf|timm-lion|timm-sgdw",
        "pytorch, caffe, 26, nothing",
        // What is written for Darknet is a section without layers: it holds for every layer, and says no rate of one.
        "darknet, darknet, 13, nothing",
        "darknet, keras, 8, nothing",
        "darknet, pytorch, 12, layerlr|sigmoid"
    })
    void everyRecordingThatGoesComesBack(String folder, String away, int exact, String butFor) throws IOException {
        List<String> lost = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        // The recordings of single arguments, in "branches" below, are for the equations: RecordingReplayTest runs
        // them.
        try (Stream<Path> files = Files.list(Path.of("fixtures/goldens").resolve(folder))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                Recipe recipe = Recording.read(SourceReader.read(file))
                        .then(Recording::recipe)
                        .value()
                        .orElseThrow();
                comesBack(recipe, home(file), Dialects.named(away).orElseThrow())
                        .ifPresent(back -> (back ? gone : lost).add(String.valueOf(file.getFileName())));
            }
        }
        Pattern unsayable = Pattern.compile(butFor);
        lost.removeIf(name -> unsayable.matcher(name).find());
        assertEquals(List.of(), lost);
        assertEquals(exact, gone.size(), gone.toString());
    }

    /** The framework, and the version of Keras, that a recording is of. */
    private static Dialect home(Path recording) {
        if (recording.toString().contains("caffe")) {
            return CAFFE;
        }
        if (recording.toString().contains("pytorch")) {
            return PYTORCH;
        }
        if (recording.toString().contains("darknet")) {
            return DARKNET;
        }
        boolean keras2 = recording.toString().contains("keras2");
        return KERAS.inVersion(!keras2 ? "3" : recording.toString().contains("legacy") ? "tf.keras" : "2.15");
    }

    /** With a subclass where Keras' own classes end; what is left is epsilon at another place, and a clip to nothing. */
    @Test
    void pythonSaysMore() throws IOException {
        int json = 0;
        int python = 0;
        List<String> left = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("fixtures/goldens/caffe"))) {
            for (Path file : files.sorted().toList()) {
                Recipe recipe = Recording.read(SourceReader.read(file))
                        .then(Recording::recipe)
                        .value()
                        .orElseThrow();
                json += exactly(recipe, KERAS).isPresent() ? 1 : 0;
                boolean said = KERAS.write(recipe, "python").stream()
                        .anyMatch(proposal -> same(recipe, readBack(KERAS, proposal)));
                python += said ? 1 : 0;
                if (!said) {
                    left.add(String.valueOf(file.getFileName()).replaceAll("caffe-|\\.json", ""));
                }
            }
        }
        assertEquals(List.of(43, 59), List.of(json, python), left.toString());
        assertTrue(left.stream().allMatch(name -> name.matches(".*(adagrad|rmsprop|clip0).*")), left.toString());
    }

    /** A solver with its net, of numbers that people write. */
    record Caffe(String solver, String net) {}

    @Provide
    Arbitrary<Caffe> solvers() {
        Arbitrary<String> number = Arbitraries.integers()
                .between(1, 999)
                .flatMap(digits -> Arbitraries.integers()
                        .between(1, 6)
                        .map(scale ->
                                new BigDecimal(digits).movePointLeft(scale).toPlainString()));
        Arbitrary<String> type = Arbitraries.of(
                "type: \"SGD\"",
                "type: \"SGD\" momentum: 0.9",
                "type: \"Nesterov\" momentum: 0.95",
                "type: \"AdaDelta\" momentum: 0.95 delta: 1e-6",
                "type: \"Adam\" momentum: 0.9 momentum2: 0.999 delta: 1e-8",
                "type: \"Adam\" momentum: 0.5 momentum2: 0.99 delta: 0.01");
        Arbitrary<String> steps = Arbitraries.integers().between(1, 60).map(String::valueOf);
        Arbitrary<String> policy = Arbitraries.oneOf(
                Arbitraries.just("lr_policy: \"fixed\""),
                Combinators.combine(number, steps).as((g, s) -> "lr_policy: \"step\" gamma: " + g + " stepsize: " + s),
                number.map(g -> "lr_policy: \"exp\" gamma: " + g),
                number.map(g -> "lr_policy: \"inv\" power: 1 gamma: " + g),
                number.map(p -> "lr_policy: \"poly\" max_iter: 2000 power: " + p),
                Combinators.combine(number, steps, steps)
                        .as((g, s, u) -> "lr_policy: \"multistep\" gamma: " + g + " stepvalue: " + s + " stepvalue: "
                                + (Integer.parseInt(s) + Integer.parseInt(u))));
        Arbitrary<String> rest = Combinators.combine(
                        number,
                        Arbitraries.of("", "regularization_type: \"L1\""),
                        Arbitraries.of("", "", "iter_size: 2", "iter_size: 5"),
                        Arbitraries.frequency(Tuple.of(15, ""), Tuple.of(1, "clip_gradients: 3")))
                .as((decay, norm, micro, clip) -> "weight_decay: " + decay + " " + norm + " " + micro + " " + clip);
        Arbitrary<String> solver = Combinators.combine(type, number, policy, rest)
                .as((t, base, p, r) -> t + " base_lr: " + base + " " + p + " " + r);
        Arbitrary<String> decayMultiplier = Arbitraries.oneOf(Arbitraries.of("1", "1", "0", "2"), number);
        Arbitrary<String> parameter = decayMultiplier.map(d -> " param { lr_mult: 1 decay_mult: " + d + " }");
        Arbitrary<String> net = Combinators.combine(parameter, parameter, parameter)
                .as((a, b, c) -> "layer { name: \"ip1\" type: \"InnerProduct\"" + a + b + " }\n"
                        + "layer { name: \"ip2\" type: \"InnerProduct\"" + c
                        + " inner_product_param { bias_term: false } }");
        return Combinators.combine(solver, net).as(Caffe::new);
    }

    @Property(tries = 250, shrinking = ShrinkingMode.OFF)
    void generatedSolversComeBack(@ForAll("solvers") Caffe caffe) {
        Input input =
                Input.of(new SourceText("solver.prototxt", caffe.solver), new SourceText("net.prototxt", caffe.net));
        Recipe recipe = CAFFE.read(input).value().orElseThrow();
        Optional<Recipe> keras = exactly(recipe, KERAS);
        Statistics.label("way there").collect(keras.isPresent() ? "exact" : "not exact");
        if (keras.isPresent()) {
            Optional<Recipe> back = exactly(keras.get(), CAFFE);
            assertTrue(back.isPresent() && same(recipe, back.get()), caffe.toString());
            Optional<Recipe> again = exactly(back.get(), KERAS);
            assertTrue(again.isPresent() && same(keras.get(), again.get()), caffe.toString());
        }
    }
}
