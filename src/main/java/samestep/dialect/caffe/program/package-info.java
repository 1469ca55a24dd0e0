/** Python programs that make a solver of Caffe, read into the prototxt that they write. */
@NullMarked
package samestep.dialect.caffe.program;

import org.jspecify.annotations.NullMarked;
