/** Protobuf's text format, as Caffe's solver and net files use it: syntax with spans, no meaning of any field. */
@NullMarked
package samestep.syntax.prototxt;

import org.jspecify.annotations.NullMarked;
