/** Whether two recipes take the same steps: the proof, the comparison of schedules, the measured drift. */
@NullMarked
package samestep.compare;

import org.jspecify.annotations.NullMarked;
