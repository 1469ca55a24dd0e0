/** Translating, with the proof; replaying recordings. Knows what a framework is, and no framework. */
@NullMarked
package samestep.translate;

import org.jspecify.annotations.NullMarked;
