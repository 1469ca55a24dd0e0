/** PyTorch's optimizers, schedulers and parameter groups as objects with arguments. */
@NullMarked
package samestep.dialect.pytorch.object;

import org.jspecify.annotations.NullMarked;
