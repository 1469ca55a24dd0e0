/** The modules and the parameters of a model that a program makes, as PyTorch has them. */
@NullMarked
package samestep.dialect.pytorch.program.model;

import org.jspecify.annotations.NullMarked;
