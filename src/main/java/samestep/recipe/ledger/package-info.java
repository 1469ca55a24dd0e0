/** The tables of the fields that a form of file has, and the settings that follow from them. */
@org.jspecify.annotations.NullMarked
package samestep.recipe.ledger;
