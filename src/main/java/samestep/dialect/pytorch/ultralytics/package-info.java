/** The arguments of Ultralytics. */
@NullMarked
package samestep.dialect.pytorch.ultralytics;

import org.jspecify.annotations.NullMarked;
