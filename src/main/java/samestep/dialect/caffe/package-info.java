/** BVLC Caffe: solver and net prototxt. */
@NullMarked
package samestep.dialect.caffe;

import org.jspecify.annotations.NullMarked;
