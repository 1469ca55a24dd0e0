/** Keras' layers and their parameters. */
@NullMarked
package samestep.dialect.keras.layer;

import org.jspecify.annotations.NullMarked;
