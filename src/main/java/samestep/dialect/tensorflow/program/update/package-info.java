/** The updates that a program does: the optimizer, its rate, and what happens to gradients and weights before it. */
@NullMarked
package samestep.dialect.tensorflow.program.update;

import org.jspecify.annotations.NullMarked;
