/** Brings settings into documents that exist: what is trained beside the update. */
@NullMarked
package samestep.translate.setting;

import org.jspecify.annotations.NullMarked;
