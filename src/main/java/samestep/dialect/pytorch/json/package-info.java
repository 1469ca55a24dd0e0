/** Our own JSON for PyTorch. */
@NullMarked
package samestep.dialect.pytorch.json;

import org.jspecify.annotations.NullMarked;
