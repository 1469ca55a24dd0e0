/** The graph that a program builds: its variables, layers, collections and gradients, and where they are applied. */
@NullMarked
package samestep.dialect.tensorflow.program.graph;

import org.jspecify.annotations.NullMarked;
