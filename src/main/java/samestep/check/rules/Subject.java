package samestep.check.rules;

import java.util.Optional;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/**
 * What a rule looks at.
 *
 * @param source the file
 * @param recipe what it means, where it is a configuration that could be read
 * @param optimizerGiven whether the file says what trains, or a default is assumed
 * @param parametersKnown whether the model is known, or defaults are assumed for every parameter
 */
public record Subject(SourceText source, Optional<Recipe> recipe, boolean optimizerGiven, boolean parametersKnown) {}
