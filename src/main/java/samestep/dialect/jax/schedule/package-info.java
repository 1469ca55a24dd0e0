/** Optax' schedules as normal forms. */
@NullMarked
package samestep.dialect.jax.schedule;

import org.jspecify.annotations.NullMarked;
