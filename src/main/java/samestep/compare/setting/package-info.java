/** Compares the settings of two trainings: what is trained beside the update. */
@org.jspecify.annotations.NullMarked
package samestep.compare.setting;
