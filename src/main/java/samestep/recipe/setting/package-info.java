/** What is trained beside the update: batch, length, loss, statistics, initial weights, dropout. */
@org.jspecify.annotations.NullMarked
package samestep.recipe.setting;
