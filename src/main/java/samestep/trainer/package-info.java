/** The reference trainer: runs recipes, in any arithmetic, and on small problems with known gradients. */
@NullMarked
package samestep.trainer;

import org.jspecify.annotations.NullMarked;
