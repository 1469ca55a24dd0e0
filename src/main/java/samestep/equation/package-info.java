/**
 * The equation language: what an optimizer, or any other stage of a training step, does to a weight is written once as
 * a few assignments; this room parses, checks, prints and evaluates them, in doubles or to a hundred digits.
 */
@NullMarked
package samestep.equation;

import org.jspecify.annotations.NullMarked;
