/** DeepSpeed's JSON. */
@NullMarked
package samestep.dialect.pytorch.deepspeed;

import org.jspecify.annotations.NullMarked;
