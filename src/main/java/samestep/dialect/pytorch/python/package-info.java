/** PyTorch programs, written. */
@NullMarked
package samestep.dialect.pytorch.python;

import org.jspecify.annotations.NullMarked;
