/** Certificates: what a proof by induction showed, so that other programs can check it. */
@NullMarked
package samestep.compare.certificate;

import org.jspecify.annotations.NullMarked;
