/** Versions of libraries: which one a configuration runs with, and the defaults that depend on it. */
@org.jspecify.annotations.NullMarked
package samestep.recipe.version;
