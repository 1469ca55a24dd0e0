/** The interpreter. */
@NullMarked
package samestep.program.run;

import org.jspecify.annotations.NullMarked;
