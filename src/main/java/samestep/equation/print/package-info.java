/** Equations as text, Unicode and LaTeX. */
@NullMarked
package samestep.equation.print;

import org.jspecify.annotations.NullMarked;
