package samestep.check.rules;

import java.util.List;
import samestep.dialect.ParameterList;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Role;

/** Biases or normalisations are decayed, and no kernel is: the two groups were exchanged. */
final class DecayOnTheWrongSide extends RecipeRule {
    private static final List<Role> ROLES = List.of(Role.BIAS, Role.GAMMA, Role.BETA);

    @Override
    public Code code() {
        return Code.SS611;
    }

    @Override
    List<Finding> check(Recipe recipe, Subject subject) {
        List<Parameter> kernels = recipe.trained().stream()
                .filter(p -> p.name().role() == Role.KERNEL)
                .toList();
        List<Parameter> decayed = recipe.trained().stream()
                .filter(p -> ROLES.contains(p.name().role()) && !Decays.all(p).isEmpty())
                .toList();
        if (kernels.isEmpty()
                || decayed.isEmpty()
                || kernels.stream().anyMatch(p -> !Decays.all(p).isEmpty())) {
            return List.of();
        }
        return Decays.byPlace(recipe, subject.source(), decayed::contains).keySet().stream()
                .limit(1)
                .map(place -> Finding.at(place, Code.SS611, ParameterList.count(decayed) + " decayed, and no kernel is")
                        .detail("Recipes decay kernels and leave the others out; the two groups may be exchanged."))
                .toList();
    }
}
