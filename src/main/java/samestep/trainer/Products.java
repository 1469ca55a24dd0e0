package samestep.trainer;

/**
 * Products of small matrices, row by row, one after the other. Four terms are added in one pass, in the order in which
 * they would be added one by one, so that the results are the same to the last bit.
 */
final class Products {
    private static final int BLOCK = 4;

    private Products() {}

    /**
     * A row times a matrix, plus another row.
     *
     * @param into where the result goes, from {@code at} on
     */
    static void affine(double[] row, int from, int count, double[] matrix, double[] plus, double[] into, int at) {
        int columns = plus.length;
        System.arraycopy(plus, 0, into, at, columns);
        int i = 0;
        for (; i + BLOCK <= count; i += BLOCK) {
            double a = row[from + i];
            double b = row[from + i + 1];
            double c = row[from + i + 2];
            double d = row[from + i + 3];
            int first = i * columns;
            int second = first + columns;
            int third = second + columns;
            int fourth = third + columns;
            for (int o = 0; o < columns; o++) {
                into[at + o] = into[at + o]
                        + a * matrix[first + o]
                        + b * matrix[second + o]
                        + c * matrix[third + o]
                        + d * matrix[fourth + o];
            }
        }
        for (; i < count; i++) {
            double a = row[from + i];
            int first = i * columns;
            for (int o = 0; o < columns; o++) {
                into[at + o] += a * matrix[first + o];
            }
        }
    }

    /**
     * Adds the products of each row's entries with another row of the same number, for all rows: what each weight between
     * two layers has for its gradient.
     *
     * @param below rows of inputs, one after the other
     * @param above rows of errors
     * @param into an entry for each of the one and each of the other
     */
    static void outer(double[] below, double[] above, int rows, double[] into) {
        int inputs = below.length / rows;
        int outputs = above.length / rows;
        int row = 0;
        for (; row + BLOCK <= rows; row += BLOCK) {
            int in = row * inputs;
            int first = row * outputs;
            int second = first + outputs;
            int third = second + outputs;
            int fourth = third + outputs;
            for (int i = 0; i < inputs; i++) {
                double a = below[in + i];
                double b = below[in + inputs + i];
                double c = below[in + 2 * inputs + i];
                double d = below[in + 3 * inputs + i];
                int at = i * outputs;
                for (int o = 0; o < outputs; o++) {
                    into[at + o] = into[at + o]
                            + a * above[first + o]
                            + b * above[second + o]
                            + c * above[third + o]
                            + d * above[fourth + o];
                }
            }
        }
        for (; row < rows; row++) {
            for (int i = 0; i < inputs; i++) {
                double a = below[row * inputs + i];
                for (int o = 0; o < outputs; o++) {
                    into[i * outputs + o] += a * above[row * outputs + o];
                }
            }
        }
    }

    /** Adds all rows. */
    static void sum(double[] rows, double[] into) {
        for (int at = 0; at < rows.length; at += into.length) {
            for (int o = 0; o < into.length; o++) {
                into[o] += rows[at + o];
            }
        }
    }
}
