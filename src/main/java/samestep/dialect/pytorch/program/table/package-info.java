/** What the names and the classes of PyTorch are that programs use: parameters of layers, words in names, arguments by position. */
@NullMarked
package samestep.dialect.pytorch.program.table;

import org.jspecify.annotations.NullMarked;
