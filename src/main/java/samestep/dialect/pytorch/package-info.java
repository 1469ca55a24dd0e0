/** PyTorch: its optimizers and schedulers, and the forms of files in which training with them is configured. */
@NullMarked
package samestep.dialect.pytorch;

import org.jspecify.annotations.NullMarked;
