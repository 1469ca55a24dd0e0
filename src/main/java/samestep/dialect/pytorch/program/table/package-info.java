/** What the names and the classes of PyTorch are that programs use: the parameters of layers, words in names. */
@NullMarked
package samestep.dialect.pytorch.program.table;

import org.jspecify.annotations.NullMarked;
