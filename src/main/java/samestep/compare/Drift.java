package samestep.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.recipe.Rounding;
import samestep.trainer.Problem;
import samestep.trainer.Problems;
import samestep.trainer.Tensors;
import samestep.trainer.Trainer;
import samestep.trainer.Trajectory;

/** Measures how far two recipes drift apart on the reference perceptron. A measurement, never a bound. */
public final class Drift {
    /** How many updates are run. */
    public static final int UPDATES = 100;

    private static final Set<Integer> SNAPSHOTS = new TreeSet<>(List.of(1, 2, 3, 5, 10, 20, 50, UPDATES));

    private Drift() {}

    /**
     * The largest difference of any weight over the run, with the decimals as they are written on both sides.
     *
     * @return empty when the recipes have no kernels in common, when the rate of every update is not known, or when a
     *     side diverges
     */
    public static OptionalDouble measure(Recipe source, Recipe target) {
        return measure(source, target, new ProofMemory());
    }

    /** The same, with what was measured already. */
    public static OptionalDouble measure(Recipe source, Recipe target, ProofMemory memory) {
        // How many updates an epoch has, nobody says: no run stands for both.
        if (!source.schedule().isKnown() || !target.schedule().isKnown()) {
            return OptionalDouble.empty();
        }
        Optional<Chosen> chosen = Chosen.of(source, target);
        return chosen.isEmpty()
                ? OptionalDouble.empty()
                : memory.drift(chosen.get().key(source, target), () -> {
                    Runs runs = chosen.get().run(source, target);
                    double drift = runs.source().largestDifference(runs.target());
                    return Double.isFinite(drift) ? OptionalDouble.of(drift) : OptionalDouble.empty();
                });
    }

    /**
     * What both recipes did.
     *
     * @param source the weights, losses and rates of the one
     * @param target those of the other
     */
    public record Runs(Trajectory source, Trajectory target) {}

    /**
     * Runs both on the reference perceptron.
     *
     * @return empty when they have no layers with a kernel in common
     */
    public static Optional<Runs> runs(Recipe source, Recipe target, Partners partners) {
        Recipe other = partners.renamed(target);
        return Chosen.of(source, other).map(chosen -> chosen.run(source, other));
    }

    /** What stands for the reference net's tensors on both sides. */
    private record Chosen(Problem problem, List<Parameter> left, List<Parameter> right) {
        static Optional<Chosen> of(Recipe source, Recipe target) {
            Problem problem = Problems.builtIn("mlp");
            List<String> layers = layers(source, target, problem.tensors().size() / 2);
            Optional<List<Parameter>> left = Tensors.of(source, layers);
            Optional<List<Parameter>> right = Tensors.of(target, layers);
            return layers.isEmpty() || !areKnown(left) || !areKnown(right)
                    ? Optional.empty()
                    : Optional.of(new Chosen(problem, left.get(), right.get()));
        }

        private static boolean areKnown(Optional<List<Parameter>> parameters) {
            return parameters.isPresent() && parameters.get().stream().allMatch(Parameter::isKnown);
        }

        Runs run(Recipe source, Recipe target) {
            return new Runs(Drift.run(source, left, problem), Drift.run(target, right, problem));
        }

        /** Everything that the runs read. */
        List<Object> key(Recipe source, Recipe target) {
            return List.of(key(source, left), key(target, right));
        }

        private static List<Object> key(Recipe recipe, List<Parameter> parameters) {
            List<Object> key = new ArrayList<>();
            key.add(recipe.schedule().formula());
            key.add(recipe.schedule().microSteps());
            for (Parameter parameter : parameters) {
                key.add(parameter.name().layer());
                key.add(parameter.frozen());
                key.add(parameter.rateMultiplier().value());
                parameter.stages().forEach(stage -> key.add(stage.behaviour()));
            }
            return key;
        }
    }

    private static Trajectory run(Recipe recipe, List<Parameter> parameters, Problem problem) {
        Recipe inUpdates = new Recipe(recipe.framework(), parameters, recipe.schedule(), Recipe.Counting.UPDATES)
                .withActivityPenalties(recipe.activityPenalties());
        Recipe ideal = Rounding.only(Rounding.nowhere(), inUpdates);
        return new Trainer(ideal, ideal.parameters(), problem).run(UPDATES, SNAPSHOTS);
    }

    /** As many layers as the problem has, such as behave differently if there are. */
    private static List<String> layers(Recipe source, Recipe target, int wanted) {
        List<String> common = new ArrayList<>(Tensors.layers(source));
        common.retainAll(Tensors.layers(target));
        if (common.isEmpty()) {
            return List.of();
        }
        if (common.equals(List.of(ParameterName.ANY_LAYER))) {
            return Collections.nCopies(wanted, ParameterName.ANY_LAYER);
        }
        Map<List<Object>, String> different = new LinkedHashMap<>();
        for (String layer : common) {
            different.putIfAbsent(behaviour(source, layer), layer);
        }
        List<String> chosen = new ArrayList<>(different.values());
        for (String layer : common) {
            if (!chosen.contains(layer)) {
                chosen.add(layer);
            }
        }
        while (chosen.size() < wanted) {
            chosen.add(chosen.get(0));
        }
        return chosen.subList(0, wanted);
    }

    private static List<Object> behaviour(Recipe recipe, String layer) {
        List<Object> behaviour = new ArrayList<>();
        for (Parameter parameter : recipe.parameters()) {
            if (parameter.name().layer().equals(layer)) {
                behaviour.add(parameter.frozen());
                behaviour.add(parameter.rateMultiplier().value());
                behaviour.add(parameter.stages());
            }
        }
        return behaviour;
    }
}
