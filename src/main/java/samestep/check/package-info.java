/** Looks at the configurations of a repository: rules, declared pairs, suppressions, a baseline, and fixes. */
@NullMarked
package samestep.check;

import org.jspecify.annotations.NullMarked;
