/** Charts, as SVG and as PNG. */
@NullMarked
package samestep.report.picture;

import org.jspecify.annotations.NullMarked;
