/** From a recipe of any framework to a chain of Optax' transformations. */
@NullMarked
package samestep.dialect.jax.write;

import org.jspecify.annotations.NullMarked;
