/** Caffe's solvers and their policies of the learning rate. */
@NullMarked
package samestep.dialect.caffe.solver;

import org.jspecify.annotations.NullMarked;
