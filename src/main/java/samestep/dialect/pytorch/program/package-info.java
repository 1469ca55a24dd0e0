/** Reads Python programs that train with PyTorch: what the trace of a program says, as the configuration that every form gives. */
@NullMarked
package samestep.dialect.pytorch.program;

import org.jspecify.annotations.NullMarked;
