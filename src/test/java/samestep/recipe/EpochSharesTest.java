package samestep.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import samestep.equation.Expression;
import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;

/** A schedule in epochs of unknown length is in epochs wherever it is looked at. */
class EpochSharesTest {
    private static Expression number(String text) {
        return Expression.literal(new BigDecimal(text));
    }

    private static ScheduleForm cosine(String epochs, boolean held) {
        return EpochShares.of(length ->
                        Optional.of(new Cosine(number("0.1"), number("0"), length.apply(number(epochs)), held)))
                .orElseThrow();
    }

    private static double at(ScheduleForm form, double epoch) {
        return Formula.compile(form.formula(), new DoubleAlgebra(false)).at(new double[] {epoch})[0];
    }

    @Test
    void theFormulaCountsEpochsAndTheirShares() {
        for (double epoch : new double[] {0, 0.25, 1.5, 2.999}) {
            assertEquals(0.05 * (1 + Math.cos(Math.PI * epoch / 3)), at(cosine("3", false), epoch), 1e-15);
        }
    }

    @Test
    void dropsAreAtEpochsThatNeedNotBeWhole() {
        ScheduleForm form = EpochShares.of(length -> Optional.of(new ScheduleForm.Steps(
                        List.of(samestep.equation.run.Exact.value(length.apply(number("2.5")))
                                .longValueExact()),
                        List.of(number("0.1"), number("0.01")))))
                .orElseThrow();

        assertEquals(List.of(new BigDecimal("2.5")), ((EpochShares) form).drops());
        assertEquals(0.1, at(form, 2.4));
        assertEquals(0.01, at(form, 2.5));
    }

    @Test
    void aConstantRateCountsNothing() {
        ScheduleForm constant = new ScheduleForm.Constant(number("0.1"));

        assertEquals(Optional.of(constant), EpochShares.of(length -> Optional.of(constant)));
    }

    @Test
    void formsOfSeveralKindsAreNotTheSameByTheirNumbers() {
        ScheduleForm line = EpochShares.of(length -> Optional.of(new ScheduleForm.Polynomial(
                        number("0.1"), number("0"), length.apply(number("3")), ScheduleForm.ONE, false)))
                .orElseThrow();
        ScheduleForm exponential = EpochShares.of(length -> Optional.of(
                        new ScheduleForm.Exponential(number("0.1"), number("0.5"), length.apply(number("3")))))
                .orElseThrow();
        ScheduleForm staircase = EpochShares.of(length -> Optional.of(
                        new ScheduleForm.Staircase(number("0.1"), number("0.5"), length.apply(number("3")))))
                .orElseThrow();

        assertNotEquals(exponential.parameters(), staircase.parameters());
        assertNotEquals(line.parameters(), cosine("3", false).parameters());
        assertEquals(cosine("3", false), cosine("3", false));
    }

    @Test
    void twoPartAtTheEpochAfterWhichOneStays() {
        BigDecimal end =
                ScheduleForms.partAfter(cosine("3", true), cosine("3", false)).orElseThrow();

        assertEquals(0, end.compareTo(new BigDecimal("3")));
    }

    /** No update of it is known: no reader or writer of updates may take it for a schedule in updates. */
    @Test
    void itIsNoFormInUpdates() {
        ScheduleForm form = cosine("3", false);

        assertFalse(form instanceof Cosine);
        assertEquals(Optional.empty(), form.everyNth(2, 1));
        assertEquals(Optional.empty(), form.spreadOver(2));
    }
}
