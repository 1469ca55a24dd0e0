/** What the program does for editors, over the Language Server Protocol: findings while one types, fixes, what a number does. */
@NullMarked
package samestep.serve.editor;

import org.jspecify.annotations.NullMarked;
