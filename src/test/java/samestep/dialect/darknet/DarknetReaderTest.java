package samestep.dialect.darknet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.dialect.Input;
import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.recipe.setting.SettingKind;
import samestep.text.SourceText;

/** What a file says to Darknet: rates of the first updates, which of two lines counts, what is decayed, what is not read. */
class DarknetReaderTest {
    private static final String LAYER = "\n[convolutional]\nfilters=4\n";

    private static Outcome<Recipe> read(String text) {
        return new DarknetDialect().read(Input.of(new SourceText("a.cfg", text)));
    }

    private static Recipe recipe(String net) {
        return read("[net]\nbatch=8\nlearning_rate=1\n" + net + LAYER).value().orElseThrow();
    }

    private static List<Double> rates(Recipe recipe, int count) {
        Formula<double[]> rate = recipe.schedule().rate(new DoubleAlgebra(false));
        List<Double> rates = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            rates.add(rate.at(new double[] {t})[0]);
        }
        return rates;
    }

    /** The rate of update t is Darknet's of t + 1: network.c, get_current_rate, for batch_num 1, 2, ... */
    static Stream<Arguments> policies() {
        return Stream.of(
                Arguments.of("policy=constant", List.of(1.0, 1.0, 1.0)),
                Arguments.of("policy=steps\nsteps=2,4\nscales=.5,.1", List.of(1.0, 0.5, 0.5, 0.05, 0.05)),
                Arguments.of("policy=steps\nsteps=0,2\nscales=.5,.1", List.of(0.5, 0.05)),
                Arguments.of("policy=steps\nsteps=3,2\nscales=.5,.1", List.of(1.0, 1.0, 0.05)),
                Arguments.of("policy=step\nstep=2\nscale=.5\nmax_batches=9", List.of(1.0, 0.5, 0.5, 0.25, 0.25)),
                Arguments.of("policy=step\nstep=2\nscale=.5", List.of(1.0, 0.5, 0.5, 0.25, 0.25)),
                Arguments.of("policy=step\nstep=1\nscale=.5", List.of(0.5, 0.25)),
                Arguments.of("policy=exp\ngamma=.5", List.of(0.5, 0.25, 0.125)),
                Arguments.of("policy=poly\npower=2\nmax_batches=4", List.of(0.5625, 0.25, 0.0625, 0.0)),
                Arguments.of("burn_in=4\npower=1", List.of(0.25, 0.5, 0.75, 1.0, 1.0)),
                Arguments.of("burn_in=2", List.of(0.0625, 1.0)),
                Arguments.of("burn_in=3\npower=2\npolicy=poly\nmax_batches=4", List.of(1 / 9.0, 4 / 9.0, 0.0625, 0.0)),
                Arguments.of(
                        "burn_in=4\npower=1\npolicy=steps\nsteps=2,6\nscales=.5,.5",
                        List.of(0.25, 0.5, 0.75, 0.5, 0.5, 0.25)),
                Arguments.of(
                        "burn_in=4\npower=1\npolicy=step\nstep=2\nscale=.5\nmax_batches=8",
                        List.of(0.25, 0.5, 0.75, 0.25, 0.25, 0.125)),
                Arguments.of("policy=sigmoid\ngamma=0\nstep=3", List.of(0.0, 0.0, 0.5, 0.5)),
                Arguments.of("blur=1\npolicy=sigmoid\ngamma=0\nstep=3", List.of(0.5, 0.5, 0.5)),
                Arguments.of(
                        "policy=sgdr\nsgdr_cycle=2\nsgdr_mult=2\nlearning_rate_min=0\nmax_batches=7",
                        List.of(0.5, 0.0, 0.8535533905932737, 0.5, 0.14644660940672627, 0.0, 0.9619397662556434)),
                Arguments.of("policy=stepz", List.of(1.0, 1.0)));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void ratesAreDarknets(String net, List<Double> expected) {
        List<Double> rates = rates(recipe(net), expected.size());
        for (int t = 0; t < expected.size(); t++) {
            assertEquals(expected.get(t), rates.get(t), 1e-15, net + ", update " + t);
        }
    }

    static Stream<Arguments> reported() {
        return Stream.of(
                Arguments.of("policy=stepz", "4:8", Code.SS203, "no policy \"stepz\""),
                Arguments.of("policy=random", "4:8", Code.SS411, "at random"),
                Arguments.of("policy=poly", "4:8", Code.SS004, "needs max_batches"),
                Arguments.of("policy=steps\nsteps=1,2\nscales=.1", "6:8", Code.SS004, "a scale for each"),
                Arguments.of("policy=steps\nsteps=2,1\nscales=.1,.1", "5:7", Code.SS405, "do not rise"),
                Arguments.of("decay=0.1\ndecay=0.2", "5:1", Code.SS005, "takes the first, 0.1"),
                Arguments.of("decay=abc", "4:7", Code.SS004, "expected a number; Darknet takes 0"),
                Arguments.of("max_batches=1e5", "4:13", Code.SS203, "reads 1 and ignores what follows"),
                Arguments.of("decay=-1", "4:7", Code.SS203, "decay is negative"),
                Arguments.of("subdivisions=16", "2:7", Code.SS004, "must be at least 1"),
                Arguments.of("subdivisions=3", "4:14", Code.SS203, "an update takes 6 images"),
                Arguments.of("adam=1", "4:6", Code.SS043, "a CPU build ignores it"),
                Arguments.of("ema_alpha=.999", "4:11", Code.SS043, "takes their place"),
                Arguments.of("no_such_field=1", "4:15", Code.SS044, "no_such_field"),
                Arguments.of("policy=sigmoid\nstep=9", "5:6", Code.SS432, "before update 8 the rate is 0"));
    }

    @ParameterizedTest
    @MethodSource("reported")
    void whatIsNotAsItLooksIsReported(String net, String place, Code code, String words) {
        List<Finding> findings =
                read("[net]\nbatch=8\nlearning_rate=1\n" + net + LAYER).findings();
        assertTrue(
                findings.stream()
                        .anyMatch(f -> f.code() == code
                                && f.message().contains(words)
                                && f.place().orElseThrow().toString().equals("a.cfg:" + place)),
                findings.toString());
    }

    @Test
    void aCommentAfterANumberIsNoPartOfIt() {
        assertFalse(read("[net]\nbatch=8\ndecay=0.1 # a\n" + LAYER).findings().stream()
                .anyMatch(f -> f.code() == Code.SS203));
    }

    @Test
    void theBatchOfTestingIsReported() {
        List<Finding> findings =
                read("[net]\n# Training\n# batch=64\n batch = 1\n" + LAYER).findings();
        assertTrue(
                findings.stream().anyMatch(f -> f.details().contains("A comment says batch=64.")), findings.toString());
    }

    @Test
    void kernelsAreDecayedAndNothingElse() {
        Recipe recipe =
                read("[net]\nbatch=8\ndecay=0.0005\n[conv]\nbatch_normalize=1\n[connected]\n[local]\n[maxpool]\n"
                                + "[rnn]\nbatch_normalize=1\n")
                        .value()
                        .orElseThrow();
        assertEquals(
                "[convolutional_0 kernel, convolutional_0 gamma, convolutional_0 beta, connected_1 kernel, connected_1"
                        + " bias, local_2 kernel, local_2 bias, rnn_4.input kernel, rnn_4.input gamma, rnn_4.input beta,"
                        + " rnn_4.self recurrent kernel, rnn_4.self gamma, rnn_4.self beta, rnn_4.output kernel,"
                        + " rnn_4.output gamma, rnn_4.output beta]",
                recipe.parameters().stream().map(Parameter::name).toList().toString());
        for (Parameter parameter : recipe.parameters()) {
            boolean kernel =
                    parameter.name().role() == Role.KERNEL || parameter.name().role() == Role.RECURRENT_KERNEL;
            assertEquals(
                    kernel ? 1 : 0,
                    parameter.stages(Stage.Penalty.class).size(),
                    parameter.name().toString());
        }
    }

    /** Subdivisions cancel; what is left over is dropped; the steps in time are samples of their own. */
    @Test
    void samplesOfAnUpdate() {
        assertEquals(
                List.of("8", "8", "6", "40"),
                Stream.of("", "subdivisions=4", "subdivisions=3", "time_steps=5")
                        .map(net -> recipe(net)
                                .allSettings()
                                .ofRun(SettingKind.SAMPLES_PER_UPDATE)
                                .orElseThrow()
                                .value()
                                .words())
                        .toList());
    }

    @Test
    void stopbackwardLeavesTheDecay() {
        String net = "[net]\nbatch=8\n%s[conv]\n[conv]\nstopbackward=%d\n[conv]\n";
        Recipe original = read(net.formatted("", 1)).value().orElseThrow();
        Recipe fork = read(net.formatted("blur=1\n", 1)).value().orElseThrow();
        assertEquals(List.of(true, true, false), without(original));
        assertEquals(List.of(false, false, false), frozen(original));
        assertEquals(List.of(true, true, false), without(fork));
        assertEquals(List.of(true, false, false), frozen(fork));
        Recipe late = read(net.formatted("blur=1\n", 800)).value().orElseThrow();
        assertEquals(
                List.of(false, false, true),
                kernels(late).map(Parameter::isKnown).toList());
    }

    private static Stream<Parameter> kernels(Recipe recipe) {
        return recipe.parameters().stream().filter(p -> p.name().role() == Role.KERNEL);
    }

    private static List<Boolean> without(Recipe recipe) {
        return kernels(recipe).map(p -> !p.stages(Stage.Scale.class).isEmpty()).toList();
    }

    private static List<Boolean> frozen(Recipe recipe) {
        return kernels(recipe).map(Parameter::frozen).toList();
    }

    @Test
    void oneFieldOfTheForkMakesItTheForks() {
        String net = "[net]\nbatch=8\n[dropout]\n%s\n";
        assertEquals("0.5", dropped(net.formatted("")));
        assertEquals("0.2", dropped(net.formatted("dropblock=0")));
        assertEquals("0.2", dropped(net.formatted("[sam]")));
    }

    private static String dropped(String text) {
        return read(text)
                .value()
                .orElseThrow()
                .settings()
                .of(SettingKind.DROPOUT)
                .get(0)
                .value()
                .words();
    }

    @Test
    void aScaledLossIsAFactorAndTwoLossesAreNotKnown() {
        Recipe scaled =
                read("[net]\nbatch=8\n[conn]\n[cost]\nscale=3\n").value().orElseThrow();
        assertEquals(1, scaled.parameters().get(0).stages(Stage.LossScale.class).size());
        Recipe both =
                read("[net]\nbatch=8\n[conn]\n[softmax]\n[cost]\n").value().orElseThrow();
        assertFalse(both.parameters().get(0).isKnown());
    }

    @Test
    void recognisedByItsFirstSection() {
        DarknetDialect dialect = new DarknetDialect();
        assertTrue(dialect.recognises(new SourceText("a.cfg", "# c\n\n[net]\nbatch=1\n")));
        assertTrue(dialect.recognises(new SourceText("a.cfg", "[network]\n[conv]\n")));
        assertFalse(dialect.recognises(new SourceText("a.cfg", "[network]\nhost=b\n")));
        assertFalse(dialect.recognises(new SourceText("a.yaml", "[net]\nbatch=1\n")));
        assertFalse(dialect.recognises(new SourceText("setup.cfg", "[metadata]\nname=a\n[net]\nbatch=1\n")));
    }
}
