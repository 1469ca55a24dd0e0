/** Transformations that Optax does not have, as Python functions that are made of the equations of other frameworks. */
@NullMarked
package samestep.dialect.jax.own;

import org.jspecify.annotations.NullMarked;
