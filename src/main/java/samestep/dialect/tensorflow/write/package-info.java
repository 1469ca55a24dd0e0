/** TensorFlow programs, written. */
@NullMarked
package samestep.dialect.tensorflow.write;

import org.jspecify.annotations.NullMarked;
