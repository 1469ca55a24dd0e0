/** Graphs and programs, followed along their edges. */
@NullMarked
package samestep.dialect.tensorflow.traced;

import org.jspecify.annotations.NullMarked;
