/** TensorFlow: Object Detection pipelines, Model Garden experiments, graphs and Estimators. */
@NullMarked
package samestep.dialect.tensorflow;

import org.jspecify.annotations.NullMarked;
