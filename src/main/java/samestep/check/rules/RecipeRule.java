package samestep.check.rules;

import java.util.List;
import samestep.finding.Finding;
import samestep.recipe.Recipe;

/** A rule about what a configuration means, in framework-neutral form. */
abstract class RecipeRule implements Rule {
    @Override
    public final List<Finding> check(Subject subject) {
        return subject.recipe().map(recipe -> check(recipe, subject)).orElse(List.of());
    }

    abstract List<Finding> check(Recipe recipe, Subject subject);
}
