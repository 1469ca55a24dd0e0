package samestep.translate;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;

/**
 * What is not done with a configuration that tells parameters apart by words in their names: which parameters those are, only the
 * model's names say.
 */
final class WordNames {
    private WordNames() {}

    /** Why a recipe cannot be written; empty if it can. */
    static Optional<Finding> unwritable(Recipe recipe) {
        Set<String> words = words(recipe);
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(finding(
                        recipe,
                        recipe.possessive() + " parameters are sorted by words in their names ("
                                + String.join(", ", words)
                                + "): what is written would need the names of the model, which cannot be read yet"));
    }

    /** Why two recipes cannot be compared: their words differ, or one names its layers. */
    static List<Finding> incomparable(Recipe one, Recipe other) {
        Set<String> here = words(one);
        Set<String> there = words(other);
        if (here.equals(there)) {
            return List.of();
        }
        Recipe telling = here.isEmpty() ? other : one;
        Recipe against = here.isEmpty() ? one : other;
        boolean isSorted = words(against).isEmpty()
                && against.parameters().stream().map(p -> p.name().layer()).allMatch(ParameterName.ANY_LAYER::equals);
        return isSorted
                ? List.of()
                : List.of(finding(
                        telling,
                        "parameters are sorted by words in their names ("
                                + String.join(", ", words(telling))
                                + "), and the other side by other names: which belong together cannot be read yet"));
    }

    private static Finding finding(Recipe recipe, String message) {
        return Finding.of(Code.SS010, message)
                .at(recipe.parameters().stream()
                        .filter(p -> p.name().word().isPresent())
                        .flatMap(p -> p.place().stream())
                        .findFirst());
    }

    private static Set<String> words(Recipe recipe) {
        return recipe.parameters().stream()
                .map(Parameter::name)
                .flatMap(name -> name.word().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
