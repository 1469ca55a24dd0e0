package samestep.compare.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.compare.Recipes;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/**
 * Updates that are constant in pieces are the same only if they jump at the same gradients. Real Keras 3.15.1 takes a weight
 * of 1 at gradients of -0.003 and rate 0.125 to 1.375 with l2 0.001 and to 0.625 with l2 0.002.
 */
class JumpsTest {

    private static String kerasLion(String l2, String beta1) {
        return "{\"samestep\": \"keras/1\", \"optimizer\": {\"module\": \"keras.optimizers\", \"class_name\": \"Lion\","
                + " \"config\": {\"learning_rate\": 0.125, \"beta_1\": " + beta1 + ", \"beta_2\": 0.99}},"
                + " \"layers\": {\"ip1\": {\"kernel_regularizer\": "
                + (l2.isEmpty()
                        ? "null"
                        : "{\"module\": \"keras.regularizers\", \"class_name\": \"L2\", \"config\": {\"l2\": " + l2
                                + "}}")
                + ", \"bias_regularizer\": null}}}";
    }

    private static String timmLion(String beta1) {
        return "{\"samestep\":\"pytorch/1\",\"optimizer\":{\"class_path\":\"timm.optim.Lion\",\"init_args\":{\"lr\":0.125,"
                + "\"betas\":[" + beta1 + ",0.99],\"weight_decay\":0.0}},"
                + "\"param_groups\":[{\"param_names\":[\"ip1.weight\"]}]}";
    }

    private static Recipe recipe(String text) {
        SourceText source = new SourceText("test.json", text);
        Dialect dialect = Dialects.recognise(source).orElseThrow();
        return dialect.read(Input.of(source)).value().orElseThrow();
    }

    private static DynamicTest pair(String name, String one, String other, Verdict.Kind kernel) {
        return DynamicTest.dynamicTest(name, () -> {
            Comparison comparison = Comparer.compare(recipe(one), recipe(other));
            assertEquals(kernel, comparison.groups().get(0).verdict().kind());
            if (kernel != Verdict.Kind.EXACT) {
                assertTrue(comparison.drift().orElseThrow() > 0.1, "one step is 0.125");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> signsAreTheSameWhereTheirArgumentsAre() {
        return Stream.of(
                pair("l2", kerasLion("0.00025", "0.9"), kerasLion("0.0005", "0.9"), Verdict.Kind.INEXACT),
                pair("much l2", kerasLion("0.001", "0.9"), kerasLion("0.1", "0.9"), Verdict.Kind.INEXACT),
                pair("l2 and none", kerasLion("0.001", "0.9"), kerasLion("", "0.9"), Verdict.Kind.INEXACT),
                pair("beta1", kerasLion("", "0.9"), kerasLion("", "0.901"), Verdict.Kind.INEXACT),
                pair("timm's beta1", timmLion("0.9"), timmLion("0.901"), Verdict.Kind.INEXACT),
                pair("two frameworks, one beta1", kerasLion("", "0.9"), timmLion("0.9"), Verdict.Kind.EXACT),
                pair("two frameworks, two beta1", kerasLion("", "0.9"), timmLion("0.9001"), Verdict.Kind.INEXACT));
    }

    private static Verdict written(String one, String other) {
        return Comparer.compare(Recipes.of(Recipes.written(one)), Recipes.of(Recipes.written(other)))
                .verdict();
    }

    /** The streams pass 3 often, and hardly ever end between the two numbers. */
    @TestFactory
    Stream<DynamicTest> aJumpThatNoRunComesCloseToIsNotCalledTheSame() {
        String update = "w = w - eta * g * where(g > %s, 2, 1)";
        return Stream.of(
                apart("a condition", update.formatted("3"), update.formatted("3.0000000001")),
                apart("a comparison", "w = w - eta * g * (1 + (g > 3))", "w = w - eta * g * (1 + (g > 3.0000000001))"),
                apart(
                        "a norm",
                        "w = w - eta * g * where(norm(g, tensor) > 3, 2, 1)",
                        "w = w - eta * g * where(norm(g, tensor) > 3.0000000001, 2, 1)"),
                apart("a condition and a sign", update.formatted("3"), "w = w - eta * g * (1.5 + sign(g - 3) / 2)"));
    }

    private static DynamicTest apart(String name, String one, String other) {
        return DynamicTest.dynamicTest(name, () -> {
            Verdict verdict = written(one, other);
            assertFalse(verdict.isProven(), verdict.toString());
            assertEquals(Verdict.Kind.EXACT, written(one, one + " + 0 * w").kind(), "against itself in other words");
        });
    }

    @TestFactory
    Stream<DynamicTest> aJumpInOtherWordsIsTheSame() {
        return Stream.of(
                together("a multiple", "w = w - eta * sign(g)", "w = w - eta * sign(3 * g)"),
                together("the other way", "w = w - eta * sign(g)", "w = w + eta * sign(-g)"),
                together("a rate in it", "w = w - eta * sign(g)", "w = w - eta * sign(eta * g + g)"),
                together(
                        "the sides changed",
                        "w = w - eta * where(g > 1, 2 * g, g)",
                        "w = w - eta * where(g <= 1, g, 2 * g)"),
                together("a count", "w = w - eta * where(k > 3, g, 2 * g)", "w = w - eta * where(k >= 4, g, 2 * g)"));
    }

    private static DynamicTest together(String name, String one, String other) {
        return DynamicTest.dynamicTest(name, () -> assertEquals(Verdict.EXACT, written(one, other)));
    }
}
