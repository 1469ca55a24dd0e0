/** Source text and places in it: spans, positions, reading with limits, writing without half-written files. */
@NullMarked
package samestep.text;

import org.jspecify.annotations.NullMarked;
