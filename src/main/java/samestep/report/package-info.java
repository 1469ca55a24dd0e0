/** Rendering: terminal text and JSON. */
@NullMarked
package samestep.report;

import org.jspecify.annotations.NullMarked;
