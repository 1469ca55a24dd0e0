/**
 * Proof by induction: two updates are the same for every number of updates, because one update from related states, which
 * are arbitrary otherwise, gives equal weights and related states again. The numbers are residues of a prime.
 */
@NullMarked
package samestep.compare.induction;

import org.jspecify.annotations.NullMarked;
