package samestep.recipe.setting;

import samestep.equation.Expression;
import samestep.recipe.Quantity;

/** How a framework writes a number that Samestep keeps in one unit. Each is its own inverse. */
public enum Convention {
    /** The number as it is. */
    AS_IS,
    /** One minus the number: PyTorch's momentum of running statistics is the share of the new value. */
    COMPLEMENT;

    /** The number in the unit of its kind, from what is written; and what to write, from the number. */
    public Quantity turned(Quantity quantity) {
        return this == AS_IS
                ? quantity
                : quantity.derived(
                        Expression.literal(1).minus(quantity.value()),
                        "1 - " + (quantity.text().isEmpty() ? "it" : quantity.text()));
    }
}
