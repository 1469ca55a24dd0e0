/**
 * What the program does for other programs that keep it running: tools for clients of the Model Context Protocol. The protocol is
 * spoken by its own SDK.
 */
@NullMarked
package samestep.serve;

import org.jspecify.annotations.NullMarked;
