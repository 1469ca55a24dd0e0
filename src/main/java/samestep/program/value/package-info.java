/** What a program computes, as far as it is known without running it. */
@NullMarked
package samestep.program.value;

import org.jspecify.annotations.NullMarked;
