/** Configurations of MMEngine and of MMCV 1: Python files of dicts that inherit from each other. */
@NullMarked
package samestep.dialect.pytorch.mmengine;

import org.jspecify.annotations.NullMarked;
