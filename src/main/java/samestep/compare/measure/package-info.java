/** What a difference does to a training, measured by training. */
@NullMarked
package samestep.compare.measure;

import org.jspecify.annotations.NullMarked;
