/** How a graph trains: its gradients, updates, rates and losses. */
@NullMarked
package samestep.dialect.tensorflow.graph.training;

import org.jspecify.annotations.NullMarked;
