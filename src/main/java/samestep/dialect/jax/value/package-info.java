/** What is written of an optimizer, apart from the form it is written in. */
@NullMarked
package samestep.dialect.jax.value;

import org.jspecify.annotations.NullMarked;
