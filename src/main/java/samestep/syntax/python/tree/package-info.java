/** Python's syntax tree. */
@NullMarked
package samestep.syntax.python.tree;

import org.jspecify.annotations.NullMarked;
