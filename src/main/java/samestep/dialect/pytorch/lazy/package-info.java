/**
 * detectron2's LazyConfig: Python files that make dicts of the calls that the trainer will make.
 */
package samestep.dialect.pytorch.lazy;
