/** Protobuf's binary format: fields with their numbers, no meaning. */
@NullMarked
package samestep.syntax.wire;

import org.jspecify.annotations.NullMarked;
