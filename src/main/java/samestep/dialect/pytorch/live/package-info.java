/** Descriptions of live PyTorch optimizers, which the Python package writes: the JSON form, and what only a live object knows. */
@NullMarked
package samestep.dialect.pytorch.live;

import org.jspecify.annotations.NullMarked;
