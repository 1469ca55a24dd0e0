/** What a configuration means, prepared for people: the update with its numbers, where they come from, what they do. */
@NullMarked
package samestep.explain;

import org.jspecify.annotations.NullMarked;
