/** Compiled Protocol Buffers schemas, read lazily. */
@NullMarked
package samestep.dialect.schema;

import org.jspecify.annotations.NullMarked;
