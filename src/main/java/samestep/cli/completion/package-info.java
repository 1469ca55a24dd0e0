/** Completion of the command line in bash, zsh and fish, made from the commands' own options. */
@NullMarked
package samestep.cli.completion;

import org.jspecify.annotations.NullMarked;
