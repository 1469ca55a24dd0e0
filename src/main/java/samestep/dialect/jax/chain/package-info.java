/** What a chain of Optax' transformations does to a weight. */
@NullMarked
package samestep.dialect.jax.chain;

import org.jspecify.annotations.NullMarked;
