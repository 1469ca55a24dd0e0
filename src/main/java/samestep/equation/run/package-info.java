/** Equations evaluated, in doubles and in many digits. */
@NullMarked
package samestep.equation.run;

import org.jspecify.annotations.NullMarked;
