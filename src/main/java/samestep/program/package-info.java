/** Reads programs by interpreting them abstractly: what they would call, with which values, and where each value was born. Nothing is run. */
@NullMarked
package samestep.program;

import org.jspecify.annotations.NullMarked;
