/** YAML of detectron2, SlowFast and pycls. */
@NullMarked
package samestep.dialect.pytorch.yacs;

import org.jspecify.annotations.NullMarked;
