/** Reads JAX trainings whose optimizer is of Optax. */
@NullMarked
package samestep.dialect.jax;

import org.jspecify.annotations.NullMarked;
