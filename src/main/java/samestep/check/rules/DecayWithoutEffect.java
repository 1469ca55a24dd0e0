package samestep.check.rules;

import java.util.List;
import java.util.Optional;
import samestep.dialect.ParameterList;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;

/** Decay that is declared, and every parameter that it is declared for is frozen. */
final class DecayWithoutEffect extends RecipeRule {
    @Override
    public Code code() {
        return Code.SS604;
    }

    @Override
    List<Finding> check(Recipe recipe, Subject subject) {
        List<Parameter> decayed = recipe.parameters().stream()
                .filter(p -> !Decays.all(p).isEmpty())
                .toList();
        if (decayed.isEmpty() || !decayed.stream().allMatch(DecayWithoutEffect::stands)) {
            return List.of();
        }
        Optional<Place> place = Decays.all(decayed.get(0)).get(0).place();
        return List.of(Finding.at(
                        place.orElseGet(() -> Place.start(subject.source())),
                        Code.SS604,
                        "the decay has no effect: " + ParameterList.count(decayed) + ", and none is trained")
                .detail("A frozen parameter, and one with a rate multiplier of 0, keeps its value whatever"
                        + " decay it has."));
    }

    private static boolean stands(Parameter parameter) {
        return parameter.frozen() || parameter.rateMultiplier().isZero();
    }
}
