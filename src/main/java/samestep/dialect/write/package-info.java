/** What a writer proposes, and what it decides for all frameworks alike. */
@NullMarked
package samestep.dialect.write;

import org.jspecify.annotations.NullMarked;
