/** Recipes as Keras' documents and programs. */
@NullMarked
package samestep.dialect.keras.write;

import org.jspecify.annotations.NullMarked;
