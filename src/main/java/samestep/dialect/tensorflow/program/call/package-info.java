/** Calls of TensorFlow in a program: their short names, arguments and numbers. */
@NullMarked
package samestep.dialect.tensorflow.program.call;

import org.jspecify.annotations.NullMarked;
