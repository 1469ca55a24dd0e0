package samestep.check.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import samestep.finding.Place;
import samestep.recipe.IndependentDecay;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.text.SourceText;

/** What makes weights smaller in a recipe. */
final class Decays {
    private Decays() {}

    /** The penalties' coefficients of a parameter that are not zero. */
    static List<Quantity> penalties(Parameter parameter) {
        return parameter.stages(Stage.Penalty.class).stream()
                .map(Stage.Penalty::coefficient)
                .filter(q -> !q.isZero())
                .toList();
    }

    /** The coefficients of a parameter's decays that are beside the gradient, as far as they are not zero. */
    static List<Quantity> beside(Parameter parameter) {
        List<Quantity> beside = new ArrayList<>();
        parameter.stages(Stage.DecoupledDecay.class).forEach(decay -> beside.add(decay.coefficient()));
        parameter.stages(IndependentDecay.class).forEach(decay -> beside.add(decay.share()));
        return beside.stream().filter(q -> !q.isZero()).toList();
    }

    /** Both. */
    static List<Quantity> all(Parameter parameter) {
        List<Quantity> all = new ArrayList<>(penalties(parameter));
        all.addAll(beside(parameter));
        return all;
    }

    /** The trained parameters that are asked for, by where their decay is written, or by the file's start. */
    static Map<Place, List<Parameter>> byPlace(Recipe recipe, SourceText source, Predicate<Parameter> which) {
        Map<Place, List<Parameter>> places = new LinkedHashMap<>();
        for (Parameter parameter : recipe.trained()) {
            if (which.test(parameter)) {
                Place place = all(parameter).stream()
                        .flatMap(q -> q.place().stream())
                        .findFirst()
                        .orElseGet(() -> Place.start(source));
                places.computeIfAbsent(place, p -> new ArrayList<>()).add(parameter);
            }
        }
        return places;
    }

    /** The number as it is written, or as it is where it is nowhere written. */
    static String written(Quantity quantity) {
        return quantity.text().isEmpty() ? quantity.written() : quantity.text();
    }

    /** The optimizer's family, such as {@code adam}, if all parameters have one and the same. */
    static Optional<String> family(Recipe recipe) {
        List<String> families = recipe.trained().stream()
                .flatMap(p -> p.optimizer().stream())
                .map(optimizer -> optimizer.equations().family())
                .distinct()
                .toList();
        return families.size() == 1 ? Optional.of(families.get(0)) : Optional.empty();
    }

    /** Whether an optimizer of a family divides by a history of the gradients. */
    static boolean isAdaptive(String family) {
        return !family.isEmpty() && !List.of("momentum", "nesterov").contains(family);
    }
}
