/** What the forms of files have in common. */
@NullMarked
package samestep.dialect.pytorch.form;

import org.jspecify.annotations.NullMarked;
