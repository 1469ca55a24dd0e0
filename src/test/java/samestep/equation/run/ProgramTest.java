package samestep.equation.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static samestep.trainer.EquationRun.array;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.Formula;
import samestep.equation.Shape;
import samestep.equation.parse.EquationParser;
import samestep.equation.print.EquationPrinter;
import samestep.trainer.EquationRun;

/** Every kind of statement, name and state does what it says, to the last bit. */
class ProgramTest {

    @Test
    void aLineSeesWhatTheLinesBeforeItAssigned() {
        EquationRun run = EquationRun.of("w = w - eta * g\nw = w - w * 0.5\n").tensor(3);
        assertEquals((3 - 0.5) * 0.5, run.updates(0.5, 1).weight());
    }

    @Test
    void theOldWeightIsThatBeforeTheUpdate() {
        EquationRun run = EquationRun.of("w = w - g\nw = w + w_old\n").tensor(3);
        assertEquals(5, run.updates(1, 1).weight());
        assertEquals(5 - 2 + 5, run.updates(1, 2).weight());
    }

    @Test
    void theGradientCanBeReplaced() {
        assertEquals(
                -6,
                EquationRun.of("g = 2 * g\nw = w - g\n").tensor(0).updates(1, 3).weight());
    }

    @Test
    void aFlagChoosesAmongTwoBlocks() {
        String body = "flag on\nwhen on:\n    w = w + 1\notherwise:\n    w = w + 10\n";
        assertEquals(1, EquationRun.of(body, "on", 1).tensor(0).updates(1, 0).weight());
        assertEquals(10, EquationRun.of(body, "on", 0).tensor(0).updates(1, 0).weight());
        String not = body.replace("when on", "when not on");
        assertEquals(10, EquationRun.of(not, "on", 1).tensor(0).updates(1, 0).weight());
    }

    @Test
    void blocksStandInBlocks() {
        String body = """
            flag a
            flag b
            when a:
                when b:
                    w = 11
                otherwise:
                    w = 10
            otherwise:
                when b:
                    w = 1
            """;
        for (int a = 0; a <= 1; a++) {
            for (int b = 0; b <= 1; b++) {
                assertEquals(
                        a == 0 && b == 0 ? 7 : 10 * a + b,
                        EquationRun.of(body, "a", a, "b", b)
                                .tensor(7)
                                .updates(1, 0)
                                .weight());
            }
        }
    }

    @Test
    void firstHoldsAtTheFirstUpdateOnly() {
        EquationRun run = EquationRun.of("when first:\n    w = 100\notherwise:\n    w = w + 1\n")
                .tensor(0);
        assertEquals(100, run.updates(1, 0).weight());
        assertEquals(102, run.updates(1, 0, 0).weight());
    }

    @Test
    void aConditionCanCompareCounters() {
        EquationRun run = EquationRun.of("when k >= 3:\n    w = w + 1\n").tensor(0);
        assertEquals(3, run.updates(1, 0, 0, 0, 0, 0).weight());
    }

    @Test
    void aStateOfAnElementStartsFromItsWeightAndItsFirstGradient() {
        EquationRun run = EquationRun.of("hyper a\nstate s = a * w + g\ns = s + 1\nw = s\n", "a", "10")
                .tensor(1, 2);
        run.update(1, array(5, 7));
        assertArrayEquals(array(10 + 5 + 1, 20 + 7 + 1), run.weights(0));
        run.update(1, array(100, 100));
        assertArrayEquals(array(17, 29), run.weights(0), "the start value is taken once");
    }

    @Test
    void aStateOfATensorIsItsOwn() {
        EquationRun run = EquationRun.of("state tensor s = norm(g, tensor)\ns = s + sum(w, tensor)\nw = w * 0 + s\n")
                .tensor(1, 2)
                .tensor(4);
        run.update(1, array(3, 4), array(9));
        assertArrayEquals(array(5 + 3, 5 + 3), run.weights(0));
        assertArrayEquals(array(9 + 4), run.weights(1));
    }

    @Test
    void aStateOfARunIsSharedByAllTensorsOfAProgram() {
        EquationRun run = EquationRun.of("hyper a\nstate run s = a\ns = s + 1\nw = w * 0 + s\n", "a", "0.5")
                .tensor(0)
                .tensor(0);
        run.update(1, array(0), array(0));
        assertEquals(1.5, run.weights(0)[0]);
        assertEquals(2.5, run.weights(1)[0]);
        run.update(1, array(0), array(0));
        assertEquals(3.5, run.weights(0)[0]);
    }

    @Test
    void aStateOfAGroupIsSharedByTensorsWithTheSameStages() {
        String body = "hyper a\nstate group s = a + 1\ns = s + 1\nw = w * 0 + s\n";
        Equations equations = EquationParser.parseOwn("test.eq", "optimizer test\n" + body);
        EquationRun run = EquationRun.of(equations, "a", "10")
                .tensor(0)
                .tensor(0)
                .stages(EquationRun.optimizer(equations, "a", "20"))
                .tensor(0);
        run.update(1, array(0), array(0), array(0));
        assertEquals(12, run.weights(0)[0]);
        assertEquals(13, run.weights(1)[0]);
        assertEquals(22, run.weights(2)[0]);
    }

    @Test
    void aPhaseOnceAnUpdateIsNotAPhaseForEachParameter() {
        String step = "state run p = 1\nstep:\n    p = p * 2\nw = w * 0 + p\n";
        EquationRun once = EquationRun.of(step).tensor(0).tensor(0);
        once.update(1, array(0), array(0)).update(1, array(0), array(0));
        assertEquals(4, once.weights(0)[0]);
        assertEquals(4, once.weights(1)[0]);
        // Nadam of Keras 2.15 multiplies its running product once for each variable.
        EquationRun each =
                EquationRun.of(step.replace("step:", "parameter:")).tensor(0).tensor(0);
        each.update(1, array(0), array(0)).update(1, array(0), array(0));
        assertEquals(8, each.weights(0)[0]);
        assertEquals(16, each.weights(1)[0]);
    }

    @ParameterizedTest
    @CsvSource({"eta, 0.75", "eta_prev, 1.5", "eta_0, 3", "eta_max, 12", "t, 2", "k, 3", "micro, 5"})
    void ratesAndCountersOfTheThirdUpdate(String name, double expected) {
        EquationRun run = EquationRun.of("w = w * 0 + " + name + "\n").largestRate(4);
        run.tensor("a", Shape.SCALAR, "3", false, 0);
        for (double rate : new double[] {1, 0.5, 0.25}) {
            run.update(rate, List.of(List.of(array(0)), List.of(array(0))));
        }
        assertEquals(expected, run.weights(0)[0]);
    }

    @Test
    void atTheFirstUpdateTheRateBeforeIsItsOwn() {
        assertEquals(
                0.5,
                EquationRun.of("w = w * 0 + eta_prev\n")
                        .tensor(0)
                        .updates(0.5, 0)
                        .weight());
    }

    @Test
    void batchAndOutputsAreThoseOfTheProblem() {
        assertEquals(
                84,
                EquationRun.of("w = 10 * batch + outputs\n")
                        .tensor(0)
                        .updates(1, 0)
                        .weight());
    }

    /** The gradients are [1 2; 3 -6] and [4] in one layer, [12] in another; the first two share their stages. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        sum(g, rows)     ; 3 3 -3 -3  ; 4  ; 12
        sum(g, columns)  ; 4 -4 4 -4  ; 4  ; 12
        sum(g, tensor)   ; 0 0 0 0    ; 4  ; 12
        sum(g, layer)    ; 4 4 4 4    ; 4  ; 12
        sum(g, all)      ; 16 16 16 16; 16 ; 16
        mean(g, rows)    ; 1.5 1.5 -1.5 -1.5 ; 4 ; 12
        mean(g, columns) ; 2 -2 2 -2  ; 4  ; 12
        mean(g, tensor)  ; 0 0 0 0    ; 4  ; 12
        mean(g, layer)   ; 0.8 0.8 0.8 0.8 ; 0.8 ; 12
        max(g, rows)     ; 2 2 3 3    ; 4  ; 12
        max(g, columns)  ; 3 2 3 2    ; 4  ; 12
        max(g, tensor)   ; 3 3 3 3    ; 4  ; 12
        max(g, layer)    ; 4 4 4 4    ; 4  ; 12
        max(g, all)      ; 12 12 12 12; 12 ; 12
        norm(2 * g, columns) ; 6.324555320336759 12.649110640673518 6.324555320336759 12.649110640673518 ; 8 ; 24
        norm(g, tensor)  ; 7.0710678118654755 7.0710678118654755 7.0710678118654755 7.0710678118654755 ; 4 ; 12
        norm(g, layer)   ; 8.12403840463596 8.12403840463596 8.12403840463596 8.12403840463596 ; \
        8.12403840463596 ; 12
        norm(g / norm(g, all), all) ; 1 1 1 1 ; 1 ; 1
        norm(g, tensor) / norm(g, tensor) ; 1 1 1 1 ; 1 ; 1
        """)
    void aReductionRunsOverItsExtent(String reduction, String first, String second, String third) {
        EquationRun run = EquationRun.of("w = w * 0 + " + reduction + "\n")
                .tensor("a", new Shape(2, 2), 0, 0, 0, 0)
                .tensor("a", Shape.SCALAR, 0)
                .tensor("b", Shape.SCALAR, 0);
        run.update(1, array(1, 2, 3, -6), array(4), array(12));
        assertArrayEquals(numbers(first), run.weights(0), 1e-14);
        assertArrayEquals(numbers(second), run.weights(1), 1e-14);
        assertArrayEquals(numbers(third), run.weights(2), 1e-14);
    }

    @Test
    void aReductionOverAGroupStopsAtItsEdge() {
        Equations equations = EquationParser.parseOwn("test.eq", "optimizer test\nhyper a\nw = sum(g, group) + a");
        EquationRun run = EquationRun.of(equations, "a", "0")
                .tensor(0)
                .tensor(0)
                .stages(EquationRun.optimizer(equations, "a", "100"))
                .tensor(0);
        run.update(1, array(1), array(2), array(4));
        assertEquals(3, run.weights(0)[0]);
        assertEquals(3, run.weights(1)[0]);
        assertEquals(104, run.weights(2)[0]);
    }

    @Test
    void singlePrecisionRoundsAsShippedOnly() {
        String body = "hyper a\nw = w * 0 + f32(a) + f32(eta)\n";
        double shipped = EquationRun.of(body, "a", "0.9")
                .asShipped()
                .tensor(0)
                .updates(0.1, 0)
                .weight();
        assertEquals((double) 0.9f + (double) 0.1f, shipped);
        assertEquals(
                0.9 + 0.1,
                EquationRun.of(body, "a", "0.9").tensor(0).updates(0.1, 0).weight());
    }

    @Test
    void withoutRoundingNothingRounds() {
        Equations ideal = EquationParser.parseOwn("test.eq", """
            optimizer test
            hyper a
            state s = f32(a)
            when t == f32(0):
                w = f32(a) * g
            otherwise:
                s = f32(s)
                w = s
            """).withoutRounding();
        assertEquals(-1, EquationPrinter.print(ideal).indexOf("f32"));
        assertEquals(
                0.9 * 3,
                EquationRun.of(ideal, "a", "0.9")
                        .asShipped()
                        .tensor(0)
                        .updates(1, 3)
                        .weight());
    }

    @Test
    void aHyperParameterWithoutAValueIsRefused() {
        EquationRun run = EquationRun.of("hyper mu\nw = w - mu * g\n").tensor(0);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> run.updates(1, 0));
        assertEquals("test needs a value for mu", e.getMessage());
    }

    /** One number decides for all entries, and the side that has no value is not asked for it. */
    @Test
    void whereOneNumberDecidesTheOtherSideIsNotComputed() {
        Expression expression =
                EquationParser.expression("where(t > 0, 1 / t, 7)").orElseThrow();
        DecimalAlgebra algebra = new DecimalAlgebra(Exact.DIGITS);
        assertEquals(
                7, Formula.compile(expression, algebra).at(algebra.number(0))[0].intValue());
    }

    private static double[] numbers(String text) {
        return List.of(text.strip().split("\\s+")).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
