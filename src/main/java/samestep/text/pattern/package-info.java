/** Patterns that files bring along, matched in a time that the file cannot choose. */
@NullMarked
package samestep.text.pattern;

import org.jspecify.annotations.NullMarked;
