/** Holds what a real optimizer did to weights against a recipe, update for update. */
@NullMarked
package samestep.compare.observed;

import org.jspecify.annotations.NullMarked;
