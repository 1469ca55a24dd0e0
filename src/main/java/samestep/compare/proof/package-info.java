/** Sameness of two updates, proven by induction or held against streams of gradients. */
@NullMarked
package samestep.compare.proof;

import org.jspecify.annotations.NullMarked;
