/** What a library implements so that Samestep reads a form of its own: {@link samestep.spi.ConfigurationForm}. */
@NullMarked
package samestep.spi;

import org.jspecify.annotations.NullMarked;
