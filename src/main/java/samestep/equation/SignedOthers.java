package samestep.equation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/** {@link Reduction#SIGNED_OTHERS} of the lines of a matrix: its rows, or its columns. */
public final class SignedOthers {
    private SignedOthers() {}

    /** In doubles. */
    public static double[] of(double[] entries, Extent extent, Shape shape) {
        Lines lines = Lines.of(extent, shape);
        double[] result = new double[entries.length];
        for (int one = 0; one < lines.count; one++) {
            for (int other = 0; other < lines.count; other++) {
                double product = 0;
                for (int i = 0; i < lines.length; i++) {
                    product += entries[lines.at(one, i)] * entries[lines.at(other, i)];
                }
                double sign = one == other ? 0 : Math.signum(product);
                for (int i = 0; i < lines.length; i++) {
                    result[lines.at(one, i)] += sign * entries[lines.at(other, i)];
                }
            }
        }
        return result;
    }

    /** In decimals. */
    public static BigDecimal[] of(BigDecimal[] entries, Extent extent, Shape shape, MathContext context) {
        Lines lines = Lines.of(extent, shape);
        BigDecimal[] result = new BigDecimal[entries.length];
        Arrays.fill(result, BigDecimal.ZERO);
        for (int one = 0; one < lines.count; one++) {
            for (int other = 0; other < lines.count; other++) {
                BigDecimal product = BigDecimal.ZERO;
                for (int i = 0; i < lines.length; i++) {
                    product = product.add(entries[lines.at(one, i)].multiply(entries[lines.at(other, i)]), context);
                }
                BigDecimal sign = BigDecimal.valueOf(one == other ? 0 : product.signum());
                for (int i = 0; i < lines.length; i++) {
                    int at = lines.at(one, i);
                    result[at] = result[at].add(sign.multiply(entries[lines.at(other, i)]), context);
                }
            }
        }
        return result;
    }

    /** Where the entries of a row or a column are. */
    private record Lines(int count, int length, int lineStride, int entryStride) {
        static Lines of(Extent extent, Shape shape) {
            return extent == Extent.ROWS
                    ? new Lines(shape.rows(), shape.columns(), shape.columns(), 1)
                    : new Lines(shape.columns(), shape.rows(), 1, shape.columns());
        }

        int at(int line, int entry) {
            return line * lineStride + entry * entryStride;
        }
    }
}
