/** Configurations of google-research/big_vision as the chain that it makes of them. */
@NullMarked
package samestep.dialect.jax.bigvision;

import org.jspecify.annotations.NullMarked;
