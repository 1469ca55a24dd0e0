/** What two trainings add to the gradients of their kernels, whatever their layers are called. */
@NullMarked
package samestep.compare.decay;

import org.jspecify.annotations.NullMarked;
