/** Programs that build and train a model with Keras, read into the documents that Keras itself writes. */
@NullMarked
package samestep.dialect.keras.program;

import org.jspecify.annotations.NullMarked;
