package samestep.check.rules;

import java.util.ArrayList;
import java.util.List;
import samestep.dialect.ParameterList;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Recipe;
import samestep.recipe.Role;

/**
 * Decay on biases, and on scales and offsets of normalisations, which recipes mostly leave out. Not where the file names no
 * parameters: the program that makes them may set some of them apart.
 */
final class DecayOnBiases extends RecipeRule {
    private static final List<Role> ROLES = List.of(Role.BIAS, Role.GAMMA, Role.BETA);

    @Override
    public Code code() {
        return Code.SS603;
    }

    @Override
    List<Finding> check(Recipe recipe, Subject subject) {
        if (!subject.parametersKnown()) {
            return List.of();
        }
        List<Parameter> decayed = recipe.trained().stream()
                .filter(p -> ROLES.contains(p.name().role())
                        && !p.name().layer().equals(ParameterName.ANY_LAYER)
                        && !Decays.all(p).isEmpty())
                .toList();
        List<Finding> findings = new ArrayList<>();
        Decays.byPlace(recipe, subject.source(), decayed::contains).keySet().stream()
                .limit(1)
                .forEach(place -> findings.add(Finding.at(
                                place,
                                Code.SS603,
                                String.join(", ", ParameterList.counts(decayed)) + " decayed as kernels are")
                        .detail("Most published recipes do not decay them; to do the same, switch their decay off.")));
        return findings;
    }
}
