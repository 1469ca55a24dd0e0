/**
 * Samestep as a library: read a configuration, translate it, compare two, and change files so that they mean the same.
 * Start at {@link samestep.Samestep}.
 *
 * <p>This package is the public API. Everything in the packages below it may change with any version.
 *
 * <p>Files that are missing, malformed or unknown give values with {@linkplain samestep.Finding findings}; exceptions are for
 * misuse and for defects of Samestep. All types are immutable. No parameter may be null, and nothing that is returned is.
 * Numbers are the decimals of the files: learning rates per update, coefficients in the form that multiplies a weight
 * in the gradient, offsets in UTF-16 units, lines and columns from 1.
 */
@NullMarked
package samestep;

import org.jspecify.annotations.NullMarked;
