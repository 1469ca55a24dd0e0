package samestep.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static samestep.trainer.EquationRun.number;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.parse.EquationParser;
import samestep.equation.print.EquationPrinter;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Recipe.Counting;
import samestep.recipe.Role;
import samestep.recipe.Rounding;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.ScheduleForm.Exponential;
import samestep.recipe.Stage;

/** Runs of recipes: what is kept, what is counted, what is rounded. */
class TrainerTest {
    private static final Equations SGD =
            EquationParser.parseOwn("sgd.eq", "optimizer sgd\nhyper mu\nstate v = 0\nv = mu * v + eta * g\nw = w - v");
    private static final Problem MLP = Problems.builtIn("mlp");

    @Test
    void snapshotsAreTakenBehindTheStepsAskedFor() {
        Trajectory trajectory = run(recipe(1, Counting.UPDATES), 20, Set.of(3, 7, 20, 21));
        assertEquals(
                List.of(3, 7, 20),
                trajectory.snapshots().stream().map(Trajectory.Snapshot::step).toList());
        assertEquals(20, trajectory.losses().size());
        assertEquals(20, trajectory.learningRates().size());
        assertEquals(
                Set.of("W1", "b1", "W2", "b2"),
                trajectory.snapshots().get(0).weights().keySet());
        assertTrue(trajectory.losses().get(19) < trajectory.losses().get(0), "it learns");
    }

    @Test
    void aSnapshotIsAsTheRunWasThen() {
        Trajectory longer = run(recipe(1, Counting.UPDATES), 20, Set.of(7));
        Trajectory shorter = run(recipe(1, Counting.UPDATES), 7, Set.of(7));
        assertEquals(0, longer.largestDifference(shorter));
    }

    @Test
    void anUpdateOfThreeMicroStepsIsThreeMicroSteps() {
        Trajectory updates = run(recipe(3, Counting.UPDATES), 10, Set.of(1, 2, 10));
        Trajectory microSteps = run(recipe(3, Counting.MICRO_STEPS), 30, Set.of(1, 2, 3, 5, 6, 30));
        assertSameWeights(updates, 1, microSteps, 3);
        assertSameWeights(updates, 2, microSteps, 6);
        assertSameWeights(updates, 2, microSteps, 6);
        assertSameWeights(updates, 10, microSteps, 30);
        assertSameWeights(microSteps, 3, microSteps, 5);
        assertSameWeights(microSteps, 1, microSteps, 2);
        assertEquals(10, updates.losses().size());
        assertEquals(30, microSteps.losses().size());
        double mean = (microSteps.losses().get(3)
                        + microSteps.losses().get(4)
                        + microSteps.losses().get(5))
                / 3;
        assertEquals(mean, updates.losses().get(1), 1e-15);
    }

    /** A schedule in micro-steps is read at the last of each update. */
    @Test
    void ratesAreReadAtTheLastMicroStep() {
        Trajectory updates = run(recipe(3, Counting.UPDATES, 3), 4, Set.of());
        Trajectory microSteps = run(recipe(3, Counting.MICRO_STEPS, 3), 12, Set.of());
        for (int u = 0; u < 4; u++) {
            assertEquals(
                    0.1 * Math.pow(0.5, (3 * u + 2) / 10.0),
                    updates.learningRates().get(u),
                    1e-15);
            assertEquals(
                    updates.learningRates().get(u), microSteps.learningRates().get(3 * u + 2), 1e-15);
        }
        assertEquals(0.1, microSteps.learningRates().get(0), 1e-15);
    }

    @Test
    void theLargestRateOfARunIsThatOfItsUpdates() {
        Equations tells =
                EquationParser.parseOwn("max.eq", "optimizer max\nhyper mu\nw = w * 0 + eta_max * mu + eta_0");
        ScheduleForm rises = new Exponential(decimal("0.1"), decimal("2"), decimal("10"));
        Recipe recipe = recipe(tells, Schedule.of(rises, 1, OptionalLong.empty(), "test"), 1, Counting.UPDATES);
        double[] last = run(recipe, 11, Set.of(1)).snapshots().get(0).weights().getOrDefault("b2", new double[1]);
        assertEquals(0.2 * 0.9 + 0.1, last[0], 1e-15);
    }

    @Test
    void asShippedIsNotAsWritten() {
        Recipe written = recipe(1, Counting.UPDATES);
        Recipe shipped = written.mapped(Expression::rounded);
        Set<Integer> end = Set.of(50);
        double drift = run(shipped, 50, end).largestDifference(run(written, 50, end));
        assertTrue(drift > 1e-10 && drift < 1e-5, "drift " + drift);
        Recipe nowhere = Rounding.only(Rounding.nowhere(), shipped);
        assertEquals(0, run(nowhere, 50, end).largestDifference(run(written, 50, end)));
        Recipe everywhere = Rounding.only(Rounding.asShipped(), shipped);
        assertEquals(0, run(everywhere, 50, end).largestDifference(run(shipped, 50, end)));
        // The equations of this test have no numbers of their own.
        for (Rounding part : EnumSet.complementOf(EnumSet.of(Rounding.OWN_NUMBERS))) {
            Recipe some = Rounding.only(Set.of(part), shipped);
            assertTrue(run(some, 50, end).largestDifference(run(written, 50, end)) > 1e-12, part.name());
            assertTrue(run(some, 50, end).largestDifference(run(shipped, 50, end)) > 1e-12, part.name());
        }
    }

    @Test
    void numbersOfTheEquationsStayRoundedWhereThoseOfAUserAreNot() {
        Equations equations = EquationParser.parseOwn(
                "own.eq", "optimizer own\nhyper factor\nw = w - eta * f32(0.96) * f32(factor) * g\n");
        assertEquals(
                "w = w - eta * f32(0.96) * factor * g\n",
                EquationPrinter.statements(equations.roundingOwnNumbersOnly().body(), ""));
        Quantity factor = Quantity.byDefault("0.9", "this test").rounded();
        Stage.Optimizer optimizer = new Stage.Optimizer(equations, Map.of("factor", factor));
        Recipe shipped = recipe(1, Counting.UPDATES)
                .withParameters(recipe(1, Counting.UPDATES).parameters().stream()
                        .map(p -> new Parameter(
                                p.name(), p.rateMultiplier(), false, List.of(optimizer), Optional.empty()))
                        .toList());
        Set<Integer> end = Set.of(50);
        Trajectory own = run(Rounding.only(Set.of(Rounding.OWN_NUMBERS), shipped), 50, end);
        assertTrue(own.largestDifference(run(shipped, 50, end)) > 1e-12);
        assertTrue(own.largestDifference(run(Rounding.only(Rounding.nowhere(), shipped), 50, end)) > 1e-12);
    }

    @Test
    void whatIsFrozenStaysWhereItStarted() {
        Recipe recipe = recipe(1, Counting.UPDATES);
        List<Parameter> parameters = new ArrayList<>(Tensors.of(recipe, MLP).orElseThrow());
        Parameter kernel = parameters.get(0);
        parameters.set(
                0, new Parameter(kernel.name(), kernel.rateMultiplier(), true, kernel.stages(), Optional.empty()));
        Trajectory trajectory = new Trainer(recipe, parameters, MLP).run(5, Set.of(5));
        Map<String, double[]> weights = trajectory.snapshots().get(0).weights();
        assertEquals(
                0,
                distance(
                        weights.getOrDefault("W1", new double[0]), MLP.initial().get(0)));
        assertTrue(distance(
                        weights.getOrDefault("W2", new double[0]), MLP.initial().get(2))
                > 0);
    }

    @Test
    void layersWithoutABiasLeaveTheProblemsWhereItIs() {
        Recipe recipe = recipe(1, Counting.UPDATES);
        Recipe kernels = recipe.withParameters(recipe.parameters().stream()
                .filter(p -> p.name().role() == Role.KERNEL)
                .toList());
        List<Parameter> parameters = Tensors.of(kernels, MLP).orElseThrow();
        assertEquals(
                List.of(false, true, false, true),
                parameters.stream().map(Parameter::frozen).toList());
        assertEquals(Optional.empty(), Tensors.of(recipe, List.of("another")));
    }

    @Test
    void trajectoriesOfDifferentProblemsAreNotCompared() {
        Trajectory mlp = run(recipe(1, Counting.UPDATES), 1, Set.of(1));
        Trajectory.Snapshot other = new Trajectory.Snapshot(1, Map.of("W1", new double[1]));
        Trajectory foreign = new Trajectory(List.of(other), List.of(), List.of());
        assertThrows(IllegalArgumentException.class, () -> mlp.largestDifference(foreign));
    }

    @Test
    void whatIsNoNumberIsNoSmallDifference() {
        Trajectory one = weights(1, Double.NaN);
        assertTrue(Double.isNaN(one.largestDifference(weights(1, 2))));
        assertTrue(Double.isNaN(weights(1, 2).largestDifference(one)));
        assertEquals(3, weights(1, 2).largestDifference(weights(4, 2)));
    }

    private static Trajectory weights(double... values) {
        return new Trajectory(List.of(new Trajectory.Snapshot(1, Map.of("W1", values))), List.of(), List.of());
    }

    private static void assertSameWeights(Trajectory a, int stepOfA, Trajectory b, int stepOfB) {
        Map<String, double[]> left = at(a, stepOfA);
        Map<String, double[]> right = at(b, stepOfB);
        left.forEach((name, values) ->
                assertEquals(0, distance(values, right.getOrDefault(name, new double[0])), name));
    }

    private static Map<String, double[]> at(Trajectory trajectory, int step) {
        return trajectory.snapshots().stream()
                .filter(s -> s.step() == step)
                .findFirst()
                .orElseThrow()
                .weights();
    }

    private static double distance(double[] a, double[] b) {
        assertEquals(a.length, b.length);
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    private static Trajectory run(Recipe recipe, int steps, Set<Integer> snapshots) {
        return new Trainer(recipe, Tensors.of(recipe, MLP).orElseThrow(), MLP).run(steps, snapshots);
    }

    private static Recipe recipe(int microSteps, Counting counting) {
        return recipe(microSteps, counting, 1);
    }

    private static Recipe recipe(int microSteps, Counting counting, int scheduleMicroSteps) {
        ScheduleForm form = new Exponential(decimal("0.1"), decimal("0.5"), decimal("10"));
        return recipe(SGD, Schedule.of(form, scheduleMicroSteps, OptionalLong.empty(), "test"), microSteps, counting);
    }

    private static Recipe recipe(Equations optimizer, Schedule schedule, int microSteps, Counting counting) {
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage.Penalty(Stage.Penalty.Norm.L2, number("0.0003")));
        if (microSteps > 1) {
            stages.add(new Stage.Accumulation(microSteps, true));
        }
        stages.add(EquationRun.optimizer(optimizer, "mu", "0.9"));
        Quantity one = number("1");
        List<Parameter> parameters = new ArrayList<>();
        for (Role role : List.of(Role.KERNEL, Role.BIAS)) {
            ParameterName name = new ParameterName(ParameterName.ANY_LAYER, role);
            parameters.add(new Parameter(name, one, false, stages, Optional.empty()));
        }
        return new Recipe("test", parameters, schedule, counting);
    }

    private static Expression decimal(String text) {
        return number(text).value();
    }
}
