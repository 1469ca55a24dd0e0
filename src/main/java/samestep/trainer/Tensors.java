package samestep.trainer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.recipe.Role;

/** Decides which parameter of a recipe each tensor of a problem is. */
public final class Tensors {
    private Tensors() {}

    /** The layers of a recipe that have a kernel, in order; those are what a problem's layers can stand for. */
    public static List<String> layers(Recipe recipe) {
        Set<String> layers = new LinkedHashSet<>();
        for (Parameter parameter : recipe.parameters()) {
            if (parameter.name().role() == Role.KERNEL) {
                layers.add(parameter.name().layer());
            }
        }
        return List.copyOf(layers);
    }

    /**
     * The parameters for a problem's tensors: kernel and bias of each of these layers.
     *
     * @param layers one for each layer of the problem
     * @return empty when a layer has no kernel in the recipe
     */
    public static Optional<List<Parameter>> of(Recipe recipe, List<String> layers) {
        List<Parameter> parameters = new ArrayList<>();
        for (String layer : layers) {
            Optional<Parameter> kernel = find(recipe, layer, Role.KERNEL);
            if (kernel.isEmpty()) {
                return Optional.empty();
            }
            parameters.add(kernel.get());
            parameters.add(find(recipe, layer, Role.BIAS).orElseGet(() -> frozen(kernel.get())));
        }
        return Optional.of(parameters);
    }

    /** The parameters for a problem whose layers are the recipe's, in order. */
    public static Optional<List<Parameter>> of(Recipe recipe, Problem problem) {
        int wanted = problem.tensors().size() / 2;
        List<String> layers = layers(recipe);
        if (layers.equals(List.of(ParameterName.ANY_LAYER))) {
            layers = Collections.nCopies(wanted, ParameterName.ANY_LAYER);
        }
        return layers.size() == wanted ? of(recipe, layers) : Optional.empty();
    }

    private static Optional<Parameter> find(Recipe recipe, String layer, Role role) {
        return recipe.parameters().stream()
                .filter(p -> p.name().equals(new ParameterName(layer, role)))
                .findFirst();
    }

    /** The bias of a layer that has none stays where it is. */
    private static Parameter frozen(Parameter kernel) {
        return new Parameter(
                new ParameterName(kernel.name().layer(), Role.BIAS),
                kernel.rateMultiplier(),
                true,
                kernel.stages(),
                Optional.empty());
    }
}
