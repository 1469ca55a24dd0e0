/** Keras' documents: JSON, archives and HDF5. */
@NullMarked
package samestep.dialect.keras.document;

import org.jspecify.annotations.NullMarked;
