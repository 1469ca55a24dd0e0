/** Python's tokens. */
@NullMarked
package samestep.syntax.python.token;

import org.jspecify.annotations.NullMarked;
