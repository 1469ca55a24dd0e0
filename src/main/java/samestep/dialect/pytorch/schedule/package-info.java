/** PyTorch's schedulers and those of its libraries, as schedules. */
@NullMarked
package samestep.dialect.pytorch.schedule;

import org.jspecify.annotations.NullMarked;
