package samestep.compare.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import samestep.compare.Recipes;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;

/** Constant pieces are as near as is said, and a search finds no nearer ones. */
class PiecewiseConstantTest {
    private static Schedule exponential(double factor) {
        return Schedule.of(
                new ScheduleForm.Exponential(
                        Recipes.decimal("0.1"), Recipes.decimal(Double.toString(factor)), Recipes.decimal("10")),
                1,
                OptionalLong.empty(),
                "exponential");
    }

    private static double largest(double[] rates, List<Integer> starts, List<Double> values) {
        double largest = 0;
        int piece = 0;
        for (int t = 0; t < rates.length; t++) {
            while (piece + 1 < starts.size() && starts.get(piece + 1) <= t) {
                piece++;
            }
            double value = values.get(piece);
            largest = Math.max(largest, Math.abs(value - rates[t]) / Math.max(value, rates[t]));
        }
        return largest;
    }

    @Property(tries = 60)
    void noUpdateIsFartherThanIsSaidAndNoOtherPiecesAreNearer(
            @ForAll @DoubleRange(min = 0.3, max = 0.99) @Scale(3) double factor,
            @ForAll @IntRange(min = 1, max = 9) int pieces,
            @ForAll Random random) {
        Schedule schedule = exponential(factor);
        double[] rates = Rates.of(schedule, 120);
        PiecewiseConstant found = PiecewiseConstant.of(schedule, 120, pieces).orElseThrow();
        assertTrue(found.starts().size() <= pieces);
        assertEquals(found.largest(), largest(rates, found.starts(), found.values()), 1e-9);
        for (int attempt = 0; attempt < 20; attempt++) {
            List<Integer> starts = random.ints(1, 120)
                    .distinct()
                    .limit(pieces - 1)
                    .sorted()
                    .boxed()
                    .toList();
            List<Integer> all = new ArrayList<>(List.of(0));
            all.addAll(starts);
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                int end = i + 1 < all.size() ? all.get(i + 1) : rates.length;
                values.add(Math.sqrt(rates[all.get(i)] * rates[end - 1]));
            }
            assertTrue(found.largest() <= largest(rates, all, values) + 1e-9, all + " is nearer");
        }
    }

    @Test
    void whatIsInPiecesIsExact() {
        Schedule steps = Schedule.of(
                new ScheduleForm.Steps(
                        List.of(30L, 60L),
                        List.of(Recipes.decimal("0.1"), Recipes.decimal("0.01"), Recipes.decimal("0"))),
                1,
                OptionalLong.empty(),
                "steps");
        PiecewiseConstant found = PiecewiseConstant.of(steps, 100, 3).orElseThrow();
        assertEquals(List.of(0, 30, 60), found.starts());
        assertEquals(List.of(0.1, 0.01, 0.0), found.values());
        assertEquals(0, found.largest());
        assertTrue(PiecewiseConstant.of(steps, 100, 1).isEmpty(), "zero is no multiple of anything");
    }
}
