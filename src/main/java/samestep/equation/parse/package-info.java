/** From the text of an equation file to its lines. */
@NullMarked
package samestep.equation.parse;

import org.jspecify.annotations.NullMarked;
