/** What a framework is to the rest: a reader, a writer, defaults and equations. One folder a framework. */
@NullMarked
package samestep.dialect;

import org.jspecify.annotations.NullMarked;
