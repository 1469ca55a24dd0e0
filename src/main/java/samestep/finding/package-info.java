/** Findings as data: what was found, where, with which facts. Rendering them is the report's business. */
@NullMarked
package samestep.finding;

import org.jspecify.annotations.NullMarked;
