/** The Model Garden's experiments. */
@NullMarked
package samestep.dialect.tensorflow.garden;

import org.jspecify.annotations.NullMarked;
