/** YAML that names classes: Hydra, Lightning and torchtune. */
@NullMarked
package samestep.dialect.pytorch.hydra;

import org.jspecify.annotations.NullMarked;
