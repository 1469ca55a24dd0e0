package samestep.check.rules;

import java.util.ArrayList;
import java.util.List;
import samestep.dialect.ParameterList;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;

/** L2 in the loss with an optimizer that divides by a history of the gradients, the penalty's own among them. */
final class PenaltyWithAdaptiveOptimizer extends RecipeRule {
    @Override
    public Code code() {
        return Code.SS601;
    }

    @Override
    List<Finding> check(Recipe recipe, Subject subject) {
        List<Finding> findings = new ArrayList<>();
        if (!subject.optimizerGiven()) {
            return findings;
        }
        Decays.byPlace(recipe, subject.source(), PenaltyWithAdaptiveOptimizer::isCoupled)
                .forEach((place, parameters) -> findings.add(Finding.at(
                                place,
                                Code.SS601,
                                "the penalty goes through " + name(parameters.get(0))
                                        + "'s history: how much a weight decays depends on the size of its gradients")
                        .labelled(ParameterList.count(parameters))
                        .detail("Weights with large gradients decay least; no coefficient of a decoupled decay (AdamW)"
                                + " does the same.")));
        return findings.size() <= 1
                ? findings
                : List.of(findings.get(0)
                        .detail("The same holds at " + (findings.size() - 1)
                                + (findings.size() == 2 ? " more place." : " more places.")));
    }

    private static String name(Parameter parameter) {
        return parameter.optimizer().orElseThrow().equations().name().replaceFirst("^.*\\.", "");
    }

    private static boolean isCoupled(Parameter parameter) {
        return !Decays.penalties(parameter).isEmpty()
                && parameter
                        .optimizer()
                        .filter(o -> Decays.isAdaptive(o.equations().family()))
                        .isPresent();
    }
}
