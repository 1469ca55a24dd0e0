/** The losses that a program minimizes, and the penalties in them. */
@NullMarked
package samestep.dialect.tensorflow.program.loss;

import org.jspecify.annotations.NullMarked;
