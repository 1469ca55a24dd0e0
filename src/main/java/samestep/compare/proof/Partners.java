package samestep.compare.proof;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.recipe.ActivityPenalty;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;

/**
 * Says which parameters of two recipes belong together.
 *
 * @param layers what a layer of the source is called in the target; layers that are not named here keep their name
 */
public record Partners(Map<String, String> layers) {
    /** Copies the map. */
    public Partners {
        layers = Map.copyOf(layers);
    }

    /** Layers of one name belong together. */
    public static Partners byName() {
        return new Partners(Map.of());
    }

    /** The target with its layers called as in the source. */
    public Recipe renamed(Recipe target) {
        Map<String, String> names = new HashMap<>();
        layers.forEach((source, there) -> names.put(there, source));
        List<ActivityPenalty> outputs = target.activityPenalties().stream()
                .map(a -> new ActivityPenalty(names.getOrDefault(a.layer(), a.layer()), a.norm(), a.coefficient()))
                .toList();
        return target.withActivityPenalties(outputs)
                .withParameters(target.parameters().stream()
                        .map(p -> new Parameter(
                                new ParameterName(
                                        names.getOrDefault(
                                                p.name().layer(), p.name().layer()),
                                        p.name().role()),
                                p.rateMultiplier(),
                                p.frozen(),
                                p.stages(),
                                p.place()))
                        .toList());
    }

    /** The partner's name. */
    ParameterName named(ParameterName source) {
        return new ParameterName(layers.getOrDefault(source.layer(), source.layer()), source.role());
    }

    /**
     * The one of that name; or the one that is for every layer. Where the target has rules for every layer and none for
     * this kind of parameter, the parameter has no penalty. A target that lists its layers one by one and not this one
     * does not have it.
     */
    public Optional<Parameter> of(Parameter parameter, Recipe target) {
        return find(target, named(parameter.name()))
                .or(() -> find(
                        target,
                        new ParameterName(
                                ParameterName.ANY_LAYER, parameter.name().role())))
                .or(() -> parameter.name().role() == Role.OTHER ? withoutPenalty(parameter, target) : Optional.empty());
    }

    private static Optional<Parameter> find(Recipe recipe, ParameterName name) {
        return recipe.parameters().stream().filter(p -> p.name().equals(name)).findFirst();
    }

    private static Optional<Parameter> withoutPenalty(Parameter parameter, Recipe target) {
        return target.trained().stream()
                .filter(any -> any.name().layer().equals(ParameterName.ANY_LAYER))
                .findFirst()
                .map(any -> new Parameter(
                        parameter.name(),
                        any.rateMultiplier(),
                        false,
                        any.stages().stream()
                                .filter(s -> !(s instanceof Stage.Penalty))
                                .toList(),
                        Optional.empty()));
    }
}
