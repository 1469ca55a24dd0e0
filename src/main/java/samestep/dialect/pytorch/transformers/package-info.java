/** Hugging Face's training arguments. */
@NullMarked
package samestep.dialect.pytorch.transformers;

import org.jspecify.annotations.NullMarked;
