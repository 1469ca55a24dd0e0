/** Which files of a repository are looked at. */
@NullMarked
package samestep.check.file;

import org.jspecify.annotations.NullMarked;
