/** JSON with spans, as Python's reader accepts it: syntax, no meaning of any member. */
@NullMarked
package samestep.syntax.json;

import org.jspecify.annotations.NullMarked;
