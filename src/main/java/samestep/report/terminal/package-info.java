/** What a terminal can show: its width and its colours. Text that goes to a file or to another program is never changed. */
@NullMarked
package samestep.report.terminal;

import org.jspecify.annotations.NullMarked;
