package samestep.compare.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.recipe.Rounding;
import samestep.trainer.Problem;
import samestep.trainer.Tensors;
import samestep.trainer.Trainer;
import samestep.trainer.Trajectory;

/**
 * Recipes that train the same small net: which of their parameters stand for its tensors.
 *
 * @param recipes with their layers called alike
 * @param parameters of each recipe, one for each tensor
 */
public record Trainees(List<Recipe> recipes, List<List<Parameter>> parameters) {

    /**
     * Chooses layers that all of them have, such as behave differently if there are.
     *
     * @return empty when they have no layer with a kernel in common, do something whose equations are not known, or have
     *     a rate that is not a function of updates
     */
    public static Optional<Trainees> of(List<Recipe> recipes, Problem problem) {
        List<String> layers = layers(recipes, problem.tensors().size() / 2);
        List<List<Parameter>> parameters = new ArrayList<>();
        for (Recipe recipe : recipes) {
            Tensors.of(recipe, layers)
                    .filter(all -> all.stream().allMatch(Parameter::isKnown))
                    .ifPresent(parameters::add);
        }
        boolean ratesAreKnown =
                recipes.stream().allMatch(recipe -> recipe.schedule().isKnown());
        return layers.isEmpty() || parameters.size() < recipes.size() || !ratesAreKnown
                ? Optional.empty()
                : Optional.of(new Trainees(recipes, parameters));
    }

    /** Trains one, with the decimals as they are written, update by update however a framework counts. */
    public Trajectory run(int index, Problem problem, int updates, Set<Integer> snapshots) {
        Recipe recipe = recipes.get(index);
        Recipe inUpdates = new Recipe(
                        recipe.framework(), parameters.get(index), recipe.schedule(), Recipe.Counting.UPDATES)
                .withActivityPenalties(recipe.activityPenalties());
        Recipe ideal = Rounding.only(Rounding.nowhere(), inUpdates);
        return new Trainer(ideal, ideal.parameters(), problem).run(updates, snapshots);
    }

    /** Everything that the runs read. */
    public List<Object> key() {
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < recipes.size(); i++) {
            keys.add(key(recipes.get(i), parameters.get(i)));
        }
        return keys;
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

    /** As many layers as the problem has, such as behave differently if there are. */
    private static List<String> layers(List<Recipe> recipes, int wanted) {
        List<String> common = new ArrayList<>(Tensors.layers(recipes.get(0)));
        recipes.forEach(recipe -> common.retainAll(Tensors.layers(recipe)));
        if (common.isEmpty()) {
            return List.of();
        }
        if (common.equals(List.of(ParameterName.ANY_LAYER))) {
            return Collections.nCopies(wanted, ParameterName.ANY_LAYER);
        }
        Map<List<Object>, String> different = new LinkedHashMap<>();
        for (String layer : common) {
            different.putIfAbsent(behaviour(recipes.get(0), layer), layer);
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
