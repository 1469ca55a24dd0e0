package samestep.compare;

import java.util.Optional;
import samestep.compare.proof.Verdict;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.ParameterRule;
import samestep.recipe.Recipe;

/** Whether two recipes mean the same parameters where they name none. */
final class ParameterRules {
    private final Optional<String> condition;

    /**
     * @param source one that may tell parameters apart by a rule
     * @param target another, which may have another rule
     */
    ParameterRules(Recipe source, Recipe target) {
        Optional<ParameterRule> here = source.rule();
        Optional<ParameterRule> there = target.rule();
        boolean matters = ParameterRule.matters(source) || ParameterRule.matters(target);
        this.condition = matters && !here.equals(there) ? Optional.of(condition(here, there)) : Optional.empty();
    }

    /** Parameters that are distinguished by what they do in their layers have no rule. */
    private static String condition(Optional<ParameterRule> here, Optional<ParameterRule> there) {
        return here.isPresent() && there.isPresent()
                ? here.get().source() + " and " + there.get().source() + " sort the model's parameters alike"
                : here.or(() -> there).orElseThrow().source()
                        + " sorts the model's parameters by what they do in their layers";
    }

    /** A verdict on parameters that no file names holds only while the rules sort alike. */
    Verdict on(Parameter parameter, Verdict verdict) {
        boolean unnamed = parameter.name().layer().equals(ParameterName.ANY_LAYER);
        return condition
                .filter(words -> unnamed && verdict.kind().compareTo(Verdict.Kind.EXACT_WHILE) <= 0)
                .map(words -> new Verdict(
                        Verdict.Kind.EXACT_WHILE,
                        verdict.condition().isEmpty() ? words : verdict.condition() + "; " + words))
                .orElse(verdict);
    }
}
