/** The arguments of timm's training script. */
@NullMarked
package samestep.dialect.pytorch.timm;

import org.jspecify.annotations.NullMarked;
