/** Values of programs that are configurations, by the names of their fields. */
@NullMarked
package samestep.dialect.values;

import org.jspecify.annotations.NullMarked;
