/** What each version of Keras has: defaults, layers and classes. */
@NullMarked
package samestep.dialect.keras.table;

import org.jspecify.annotations.NullMarked;
