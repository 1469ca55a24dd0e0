/** From a Python program to the chain that it trains with. */
@NullMarked
package samestep.dialect.jax.program;

import org.jspecify.annotations.NullMarked;
