/** What Python's own library and a few others do, as far as configurations need it. */
@NullMarked
package samestep.program.library;

import org.jspecify.annotations.NullMarked;
