/** How far two updates drift apart, where they are close and not the same. */
@NullMarked
package samestep.compare.bound;

import org.jspecify.annotations.NullMarked;
