package samestep.dialect.caffe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.dialect.Input;
import samestep.dialect.caffe.solver.SolverField;
import samestep.dialect.schema.Schema;
import samestep.equation.run.DoubleAlgebra;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/** What Caffe refuses, and what it accepts silently and should not: see the recorded messages of Caffe itself. */
class CaffeFindingsTest {
    private static final String NET = "layer { name: \"ip1\" type: \"InnerProduct\" }";

    private static Outcome<Recipe> read(String solver, String net) {
        return new CaffeDialect()
                .read(Input.of(new SourceText("solver.prototxt", solver), new SourceText("net.prototxt", net)));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("type: \"AdaGrad\" momentum: 0.9", "1:27", "momentum cannot be used with AdaGrad"),
                Arguments.of("type: \"RMSProp\" momentum: 0.9", "1:27", "momentum cannot be used with RMSProp"),
                Arguments.of("type: \"RMSProp\" rms_decay: 1", "1:28", "rms_decay must be at least 0 and below 1"),
                Arguments.of("type: \"RMSProp\" rms_decay: -0.1", "1:28", "rms_decay must be at least 0"),
                Arguments.of("type: \"adam\"", "1:7", "no solver type \"adam\""),
                Arguments.of("type: \"SGD\" solver_type: SGD", "1:26", "both type and solver_type"),
                Arguments.of("solver_type: FOO", "1:14", "found FOO"),
                Arguments.of("solver_type: 9", "1:14", "found 9"),
                Arguments.of("base_lr: 1", "1:33", "base_lr is given twice"),
                Arguments.of("momentum: \"abc\"", "1:11", "momentum: expected a number, found \"abc\""),
                Arguments.of("momentum: 1e39", "1:11", "single precision"),
                Arguments.of("iter_size: 0", "1:12", "iter_size must be at least 1"),
                Arguments.of("iter_size: 1001", "1:12", "iter_size above 1000 cannot be read"),
                Arguments.of("iter_size: 1.5", "1:12", "expected a whole number"),
                Arguments.of("weigth_decay: 1", "1:1", "no field \"weigth_decay\"; Caffe refuses the file"),
                Arguments.of("foo: 1", "1:1", "no field \"foo\"; Caffe refuses the file"),
                Arguments.of("clip_gradients: inf", "1:17", "expected a finite number"),
                Arguments.of("net: \"a\" train_net: \"b\"", "1:21", "more than one net is given (net, train_net)"),
                Arguments.of("average_loss: 0", "1:15", "average_loss must be at least 1"),
                Arguments.of("net: \"a\" test_iter: 5", "1:21", "test_iter needs a test_interval above 0"),
                Arguments.of("net: \"a\" test_net: \"b\"", "1:20", "test_iter must be given once for each test net"),
                Arguments.of(
                        "train_net: \"a\" test_iter: 5 test_interval: 1",
                        "1:27",
                        "test_iter must be given once for each test net"),
                Arguments.of(
                        "net: \"a\" test_iter: 5 test_interval: 1 test_state: {} test_state: {}",
                        "1:67",
                        "test_state must be given once"),
                Arguments.of("weight_decay: 1 regularization_type: \"L3\"", "1:38", "no regularization_type \"L3\""));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCaffeRefusesIsRefusedAtItsPlace(String fields, String position, String message) {
        Outcome<Recipe> outcome = read(fields + " lr_policy: \"fixed\" base_lr: 0.1", NET);

        assertTrue(outcome.value().isEmpty());
        Finding finding = outcome.findings().stream()
                .filter(f -> f.severity() == Severity.ERROR)
                .findFirst()
                .orElseThrow();
        assertTrue(finding.message().contains(message), finding.message());
        if (!fields.equals("base_lr: 1")) {
            assertEquals(
                    "solver.prototxt:" + position, finding.place().orElseThrow().toString());
        }
    }

    static Stream<Arguments> refusedPolicies() {
        return Stream.of(
                Arguments.of("", "lr_policy is missing"),
                Arguments.of("lr_policy: \"cosine\"", "no learning-rate policy \"cosine\""),
                Arguments.of("lr_policy: \"stpe\"", "no learning-rate policy \"stpe\""),
                Arguments.of("lr_policy: \"step\" gamma: 0.1", "needs a stepsize above 0"),
                Arguments.of("lr_policy: \"step\" gamma: -0.1 stepsize: 5", "gamma must not be negative"),
                Arguments.of("lr_policy: \"sigmoid\" gamma: 1", "needs a stepsize above 0"),
                Arguments.of("lr_policy: \"exp\" gamma: -1", "gamma must not be negative"),
                Arguments.of("lr_policy: \"poly\" power: 1", "poly needs max_iter"));
    }

    @ParameterizedTest
    @MethodSource("refusedPolicies")
    void aPolicyThatCannotBeComputedIsRefused(String fields, String message) {
        Outcome<Recipe> outcome = read("base_lr: 0.1 " + fields, NET);

        assertTrue(outcome.value().isEmpty());
        assertTrue(
                messages(outcome).stream().anyMatch(m -> m.contains(message)),
                messages(outcome).toString());
    }

    @Test
    void aLongListOfStepsIsNoDeepFormulaAndAVeryLongOneIsRefused() {
        String long2000 = "stepvalue: " + IntStream.rangeClosed(1, 2000).boxed().toList();
        String head = "base_lr: 0.1 lr_policy: \"multistep\" gamma: 0.999 ";
        Recipe recipe = read(head + long2000, NET).value().orElseThrow();
        double last = recipe.schedule().rate(new DoubleAlgebra(false)).at(new double[] {2000})[0];
        assertEquals(0.1 * Math.pow(0.999, 2000), last, 1e-15);
        assertTrue(read(head + long2000.replace("]", ", 2001]"), NET).value().isEmpty());
    }

    private static Arguments fixed(String fields, String message) {
        return Arguments.of("lr_policy: \"fixed\" base_lr: 0.1 " + fields, Code.SS203, message);
    }

    private static Arguments policy(String fields, String message) {
        return Arguments.of("base_lr: 0.1 lr_policy: \"" + fields, Code.SS203, message);
    }

    static Stream<Arguments> suspicious() {
        return Stream.of(
                Arguments.of("lr_policy: \"fixed\"", Code.SS203, "base_lr is missing"),
                Arguments.of(
                        "lr_policy: \"fixed\" base_lr: 1 weight_decay: -1", Code.SS203, "weight_decay is negative"),
                Arguments.of("lr_policy: \"fixed\" base_lr: 1 type: \"Adam\"", Code.SS203, "beta1 = 0"),
                Arguments.of("lr_policy: \"fixed\" base_lr: 1 type: \"AdaDelta\"", Code.SS203, "rho = 0"),
                Arguments.of("lr_policy: \"fixed\" base_lr: 1 gamma: 3", Code.SS009, "gamma does nothing"),
                Arguments.of("lr_policy: \"fixed\" base_lr: 1 rms_decay: 0.9", Code.SS009, "rms_decay does nothing"),
                Arguments.of("lr_policy: \"fixed\" base_lr: 1 warmup_iter: 1", Code.SS003, "no field \"warmup_iter\""),
                fixed("type: \"Adam\" momentum: 1", "momentum is 1;"),
                fixed("type: \"Adam\" momentum: 1", "the weights are not finite"),
                fixed("type: \"Adam\" momentum: 0.9 momentum2: 1", "momentum2 is 1;"),
                fixed("type: \"AdaDelta\" momentum: 1.5", "momentum is 1.5;"),
                fixed("type: \"AdaDelta\" momentum: 1.5", "the weights are not finite"),
                fixed("momentum: 1", "momentum is 1;"),
                fixed("momentum: -0.5", "momentum is -0.5;"),
                fixed("clip_gradients: -5", "clip_gradients is negative"),
                fixed("regularization_type: \"L3\"", "no regularization_type \"L3\""),
                Arguments.of("lr_policy: \"fixed\" base_lr: 0", Code.SS203, "no weight moves"),
                policy("step\" stepsize: 5", "gamma is missing"),
                policy("multistep\" stepvalue: 5", "gamma is missing"),
                policy("multistep\" gamma: 0.1", "stepvalue is missing"),
                policy("exp\"", "gamma is missing"),
                policy("sigmoid\" stepsize: 5", "gamma is missing"),
                policy("inv\" gamma: 0.1", "power is missing"),
                policy("inv\" power: 0.75", "gamma is missing"),
                policy("poly\" max_iter: 5", "power is missing"),
                Arguments.of("lr_policy: fixed base_lr: 1", Code.SS004, "lr_policy must be quoted"),
                Arguments.of(
                        "lr_policy: \"multistep\" base_lr: 1 gamma: 0.1 stepvalue: [10, 10, 30, 20]",
                        Code.SS405,
                        "at [10, 11, 30, 31]"));
    }

    @ParameterizedTest
    @MethodSource("suspicious")
    void whatCaffeAcceptsWithoutAWordIsSaid(String solver, Code code, String message) {
        Outcome<Recipe> outcome = read(solver, NET);

        assertTrue(outcome.value().isPresent(), messages(outcome).toString());
        assertTrue(
                outcome.findings().stream()
                        .anyMatch(f -> f.code() == code && f.message().contains(message)),
                messages(outcome).toString());
    }

    static Stream<Arguments> nets() {
        return Stream.of(
                Arguments.of(
                        "layer { name: \"a\" type: \"InnerProduct\" param { } param { } param { } }",
                        "2 parameters and 3 param entries"),
                Arguments.of(NET + " layers { name: \"b\" type: INNER_PRODUCT }", "both \"layer\" and \"layers\""),
                Arguments.of(
                        "layer { name: \"a\" type: \"InnerProduct\" param { decay_mul: 0 } }",
                        "BVLC Caffe has no field ParamSpec.decay_mul"),
                Arguments.of(
                        "layer { name: \"a\" type: \"InnerProduct\" blobs_lr: 1 }",
                        "BVLC Caffe has no field LayerParameter.blobs_lr"),
                Arguments.of("name: \"x\"", "it is not a net"),
                Arguments.of("layer { name: \"data\" type: \"Data\" }", "no parameters that could be trained"),
                Arguments.of(
                        "layer { name: \"a\" type: \"InnerProduct\" param { name: \"w\" lr_mult: 1 } }"
                                + " layer { name: \"b\" type: \"InnerProduct\" param { name: \"w\" lr_mult: 2 } }",
                        "two values of lr_mult"));
    }

    @ParameterizedTest
    @MethodSource("nets")
    void aNetThatCaffeRefusesIsRefused(String net, String message) {
        Outcome<Recipe> outcome = read("base_lr: 0.1 lr_policy: \"fixed\"", net);

        assertTrue(outcome.value().isEmpty());
        assertTrue(
                messages(outcome).stream().anyMatch(m -> m.contains(message)),
                messages(outcome).toString());
    }

    @Test
    void everyFieldOfTheSolverEndsInTheRecipeOrBesideItOrInAFinding() {
        for (SolverField field : SolverField.values()) {
            boolean training = field.use() == Schema.Use.TRAINING;
            boolean needsMore = field == SolverField.TYPE
                    || field == SolverField.SOLVER_TYPE
                    || field == SolverField.LR_POLICY
                    || field == SolverField.BASE_LR;
            if (!training || needsMore || field.schema().type() == Schema.Type.STRING) {
                continue;
            }
            String solver = "base_lr: 0.5 lr_policy: \"fixed\" " + field.word() + ": 3";
            Outcome<Recipe> with = read(solver, NET);
            Outcome<Recipe> without = read("base_lr: 0.5 lr_policy: \"fixed\"", NET);
            boolean changes =
                    !with.value().map(Object::toString).equals(without.value().map(Object::toString));
            boolean said = with.findings().stream().anyMatch(f -> f.message().contains(field.word()));
            assertTrue(changes || said, field.word() + " is dropped in silence");
        }
    }

    private static List<String> messages(Outcome<Recipe> outcome) {
        return outcome.findings().stream().map(Finding::message).toList();
    }
}
