/**
 * Samestep as a library: read a configuration, translate it, compare two. Start at {@link samestep.Samestep}.
 *
 * <p>This package is the public API. Everything in the packages below it may change with any version.
 */
@NullMarked
package samestep;

import org.jspecify.annotations.NullMarked;
