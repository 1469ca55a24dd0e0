/** Python source as tokens and a tree with exact places. Nothing is refused: what is not understood is opaque. */
@NullMarked
package samestep.syntax.python;

import org.jspecify.annotations.NullMarked;
