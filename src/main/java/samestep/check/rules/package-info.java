/** What is looked for in a configuration: one class for each thing. */
@NullMarked
package samestep.check.rules;

import org.jspecify.annotations.NullMarked;
