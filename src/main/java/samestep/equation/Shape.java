package samestep.equation;

/**
 * The shape of a tensor as equations see it: its entries are in order of rows.
 *
 * @param rows number of inputs; 1 for a vector such as a bias
 * @param columns number of outputs
 */
public record Shape(int rows, int columns) {
    /** A single number. */
    public static final Shape SCALAR = new Shape(1, 1);

    /** Number of entries. */
    public int size() {
        return rows * columns;
    }
}
