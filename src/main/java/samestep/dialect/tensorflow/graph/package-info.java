/**
 * TensorFlow 1's graphs: GraphDef and MetaGraphDef, text and binary, and what training they are. Everything is found by
 * the graph's edges, nothing by names.
 */
@NullMarked
package samestep.dialect.tensorflow.graph;

import org.jspecify.annotations.NullMarked;
