package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import samestep.equation.Equations;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.text.SourceReader;
import samestep.trainer.Problem;
import samestep.trainer.Problems;
import samestep.trainer.Tensors;
import samestep.trainer.Trainer;
import samestep.trainer.Trajectory;

/** Recordings are law: equations with one mistake in them do not reproduce what was recorded of the real framework. */
class EquationMutationTest {
    private static final long SEED = 20261128;
    private static final double TOLERANCE = 1e-10;
    private static final int UPDATES = 60;

    /** Mistakes that change no number, with the reason; each was looked at. */
    private static final Map<String, String> NO_MISTAKES = Map.ofEntries(
            Map.entry("jax.Adafactor INITIAL", "the first update keeps nothing of what was before it"),
            Map.entry("keras.Adafactor INITIAL", "the first update keeps nothing of what was before it"),
            Map.entry(
                    "keras.Lamb SIGN",
                    "the correction of the first moment changes the length of a step, which is set anew"),
            Map.entry("keras.NadamTraced ORDER", "two factors of one product"),
            Map.entry("pytorch.Lars INITIAL", "the first update sets the velocity"),
            Map.entry("pytorch.Lookahead INITIAL", "the first turn sets the slow weights"),
            Map.entry("pytorch.NAdam ORDER", "two terms of one sum"),
            Map.entry("pytorch.SGD INITIAL", "the first update sets the velocity"),
            Map.entry("pytorch.TimmAdafactor INITIAL", "the first update keeps nothing of what was before it"),
            Map.entry("pytorch.TransformersAdafactor INITIAL", "the first update keeps nothing of what was before it"),
            Map.entry("tensorflow.AdagradDA OPERATOR", "one over a sign is the sign"));

    /** A recording and the optimizer that it is of. */
    private record Recorded(Recording recording, Recipe recipe) {}

    @Test
    void mistakesDoNotReproduceARecording() throws IOException {
        Set<String> alive = new TreeSet<>();
        int tried = 0;
        for (Map.Entry<String, List<Recorded>> equations : recorded().entrySet()) {
            for (EquationMutant.Kind kind : EquationMutant.Kind.values()) {
                Optional<Boolean> caught = caught(equations.getKey(), equations.getValue(), kind);
                if (caught.isPresent()) {
                    tried++;
                }
                if (!caught.orElse(true)) {
                    alive.add(equations.getKey() + " " + kind);
                }
            }
        }
        assertEquals(NO_MISTAKES.keySet(), alive, "record what shows these");
        assertTrue(tried >= 300, "only " + tried);
    }

    /** Whether one of the recordings shows a mistake; empty where it cannot be made in any of them. */
    private static Optional<Boolean> caught(String name, List<Recorded> recordings, EquationMutant.Kind kind) {
        Optional<Boolean> caught = Optional.empty();
        for (Recorded one : recordings) {
            Optional<Recipe> mutated = mutated(one.recipe(), name, kind, new Random(SEED + kind.ordinal()));
            if (mutated.isPresent()) {
                caught = Optional.of(!reproduces(one.recording(), mutated.get()));
                if (caught.get()) {
                    return caught;
                }
            }
        }
        return caught;
    }

    private static Optional<Recipe> mutated(Recipe recipe, String name, EquationMutant.Kind kind, Random random) {
        Equations equations = recipe.parameters().stream()
                .flatMap(p -> p.stages(Stage.Optimizer.class).stream())
                .map(Stage.Optimizer::equations)
                .filter(e -> e.name().equals(name))
                .findFirst()
                .orElseThrow();
        return EquationMutant.of(equations, kind, random)
                .map(mutant -> recipe.withParameters(recipe.parameters().stream()
                        .map(p -> with(p, name, mutant.equations()))
                        .toList()));
    }

    private static Parameter with(Parameter parameter, String name, Equations equations) {
        List<Stage> stages = parameter.stages().stream()
                .map(s -> s instanceof Stage.Optimizer o && o.equations().name().equals(name)
                        ? new Stage.Optimizer(equations, o.values())
                        : s)
                .toList();
        return new Parameter(
                parameter.name(), parameter.rateMultiplier(), parameter.frozen(), stages, parameter.place());
    }

    private static boolean reproduces(Recording recording, Recipe recipe) {
        Problem problem = Problems.builtIn(recording.problem());
        Map<Integer, Map<String, double[]>> expected = new TreeMap<>();
        recording.recorded().snapshots().stream()
                .filter(s -> s.step() > 0 && s.step() <= UPDATES)
                .forEach(s -> expected.put(s.step(), s.weights()));
        Set<Integer> steps = new TreeSet<>(expected.keySet());
        try {
            Trajectory run = new Trainer(recipe, Tensors.of(recipe, problem).orElseThrow(), problem)
                    .run(Collections.max(steps), steps);
            return run.snapshots().stream()
                    .allMatch(s -> s.weights().entrySet().stream()
                            .allMatch(w -> same(
                                    expected.getOrDefault(s.step(), Map.of()).getOrDefault(w.getKey(), w.getValue()),
                                    w.getValue())));
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private static boolean same(double[] expected, double[] actual) {
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(expected[i] - actual[i]) <= TOLERANCE)) {
                return false;
            }
        }
        return true;
    }

    /** Recordings in double precision, by the equations that their configuration leads to. */
    private static Map<String, List<Recorded>> recorded() throws IOException {
        Map<String, List<Recorded>> recorded = new TreeMap<>();
        for (Path file : RecordingReplayTest.recordings()) {
            Recording recording =
                    Recording.read(SourceReader.read(file)).value().orElseThrow();
            Recipe recipe = recording.recipe().value().orElseThrow();
            if (reproduces(recording, recipe)) {
                recipe.parameters().stream()
                        .flatMap(p -> p.stages(Stage.Optimizer.class).stream())
                        .map(o -> o.equations().name())
                        .distinct()
                        .forEach(name -> recorded.computeIfAbsent(name, n -> new ArrayList<>())
                                .add(new Recorded(recording, recipe)));
            }
        }
        return recorded;
    }
}
