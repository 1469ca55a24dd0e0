/** The settings of a repository: {@code samestep.yaml}. */
@NullMarked
package samestep.check.setting;

import org.jspecify.annotations.NullMarked;
