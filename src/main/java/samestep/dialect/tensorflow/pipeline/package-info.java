/** The Object Detection API's {@code pipeline.config}. */
@NullMarked
package samestep.dialect.tensorflow.pipeline;

import org.jspecify.annotations.NullMarked;
