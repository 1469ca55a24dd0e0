/** What makes a difference, found by testing one trait at a time. */
@NullMarked
package samestep.compare.trait;

import org.jspecify.annotations.NullMarked;
