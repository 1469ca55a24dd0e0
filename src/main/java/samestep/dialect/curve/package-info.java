/** A program's own function of the step as a learning rate: evaluated, and brought to a normal form where it has one. */
@NullMarked
package samestep.dialect.curve;

import org.jspecify.annotations.NullMarked;
