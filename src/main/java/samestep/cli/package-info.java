/** The command line: routing, options, exit codes. Nothing else imports it. */
@NullMarked
package samestep.cli;

import org.jspecify.annotations.NullMarked;
