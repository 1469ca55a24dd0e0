/** Programs of TensorFlow 1 and slim: the graph that their calls build, as far as it decides an update. */
@NullMarked
package samestep.dialect.tensorflow.program;

import org.jspecify.annotations.NullMarked;
