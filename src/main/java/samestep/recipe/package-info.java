/**
 * The one model of what a training configuration means, in framework-neutral form: for each parameter an ordered list
 * of stages, and the learning rate of every step.
 */
@NullMarked
package samestep.recipe;

import org.jspecify.annotations.NullMarked;
