/** The documents that programs read: JSON and SARIF. */
@NullMarked
package samestep.report.json;

import org.jspecify.annotations.NullMarked;
