package samestep.check.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import samestep.dialect.ParameterList;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;

/** A penalty and the optimizer's own decay on the same weight. */
final class PenaltyAndDecay extends RecipeRule {
    @Override
    public Code code() {
        return Code.SS602;
    }

    @Override
    List<Finding> check(Recipe recipe, Subject subject) {
        List<Parameter> both = recipe.trained().stream()
                .filter(p -> !Decays.penalties(p).isEmpty() && !Decays.beside(p).isEmpty())
                .toList();
        List<Finding> findings = new ArrayList<>();
        if (!both.isEmpty()) {
            Map.Entry<Place, List<Parameter>> first = Decays.byPlace(recipe, subject.source(), both::contains)
                    .entrySet()
                    .iterator()
                    .next();
            Parameter parameter = first.getValue().get(0);
            findings.add(Finding.at(
                            first.getKey(),
                            Code.SS602,
                            ParameterList.count(both) + " decayed twice: by a penalty, with "
                                    + Decays.penalties(parameter).get(0).written()
                                    + " * w in the gradient, and by the optimizer's weight decay "
                                    + Decays.written(Decays.beside(parameter).get(0)))
                    .detail("If one of them came from a port, remove the other."));
        }
        return findings;
    }
}
