/** YAML with spans, as PyYAML's safe loader accepts it: syntax and the kinds of scalars, no meaning of any entry. */
@NullMarked
package samestep.syntax.yaml;

import org.jspecify.annotations.NullMarked;
