/** Keras 3: serialized models and optimizers, and constructor calls. */
@NullMarked
package samestep.dialect.keras;

import org.jspecify.annotations.NullMarked;
