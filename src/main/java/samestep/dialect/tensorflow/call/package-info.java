/** The document of calls of a TensorFlow 1 program. */
@NullMarked
package samestep.dialect.tensorflow.call;

import org.jspecify.annotations.NullMarked;
