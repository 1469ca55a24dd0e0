package samestep.check.rules;

import java.util.List;
import samestep.finding.Finding;
import samestep.recipe.Recipe;

/** A rule that asks what a configuration means, in nobody's notation. */
abstract class RecipeRule implements Rule {
    @Override
    public final List<Finding> check(Subject subject) {
        return subject.recipe().map(recipe -> check(recipe, subject)).orElse(List.of());
    }

    abstract List<Finding> check(Recipe recipe, Subject subject);
}
