/** What the notations share: exact reading of numbers, quoting of what was found, errors, a capped list of findings. */
@NullMarked
package samestep.syntax;

import org.jspecify.annotations.NullMarked;
