package samestep.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;

/**
 * A parameter of one recipe and its partner in the other.
 *
 * @param source the parameter
 * @param target its partner
 */
record Pair(Parameter source, Parameter target) {

    /** What parameters of a class share: the same stages and multipliers on both sides. */
    private record Key(List<Object> source, List<Object> target) {}

    /** Parameters of the source that have no partner. */
    static List<Parameter> alone(Recipe source, Recipe target) {
        return relevant(source).filter(p -> partner(p, target).isEmpty()).toList();
    }

    /** Pairs, those that behave alike together; the first of each class stands for it in a proof. */
    static List<List<Pair>> classes(Recipe source, Recipe target) {
        Map<Key, List<Pair>> classes = new LinkedHashMap<>();
        relevant(source)
                .forEach(parameter -> partner(parameter, target)
                        .ifPresent(partner -> classes.computeIfAbsent(
                                        new Key(key(parameter), key(partner)), k -> new ArrayList<>())
                                .add(new Pair(parameter, partner))));
        return List.copyOf(classes.values());
    }

    private static Stream<Parameter> relevant(Recipe recipe) {
        return recipe.parameters().stream().filter(p -> p.name().role() != Role.STATISTICS);
    }

    /** The one of that name; or the one that stands for every layer; what no framework regularizes has no penalty. */
    private static Optional<Parameter> partner(Parameter parameter, Recipe target) {
        Optional<Parameter> same = find(target, parameter.name());
        return same.or(() -> find(
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

    private static List<Object> key(Parameter parameter) {
        List<Object> key = new ArrayList<>();
        key.add(parameter.frozen());
        key.add(parameter.rateMultiplier().value());
        if (!parameter.frozen()) {
            parameter.stages().forEach(stage -> key.add(stageKey(stage)));
        }
        return key;
    }

    private static Map.Entry<Equations, Map<String, Expression>> stageKey(Stage stage) {
        Map<String, Expression> values = new LinkedHashMap<>();
        for (Map.Entry<String, Quantity> value : stage.values().entrySet()) {
            values.put(value.getKey(), value.getValue().value());
        }
        return Map.entry(stage.equations(), values);
    }

    /** The same pair with other stages, on both sides. */
    Pair without(Class<? extends Stage> kind) {
        return new Pair(without(source, kind), without(target, kind));
    }

    /** The same pair with the source's learning-rate multiplier on both sides. */
    Pair withEqualRates() {
        return new Pair(
                source,
                new Parameter(
                        target.name(), source.rateMultiplier(), source.frozen(), target.stages(), target.place()));
    }

    private static Parameter without(Parameter parameter, Class<? extends Stage> kind) {
        return new Parameter(
                parameter.name(),
                parameter.rateMultiplier(),
                parameter.frozen(),
                parameter.stages().stream().filter(s -> !kind.isInstance(s)).toList(),
                parameter.place());
    }
}
