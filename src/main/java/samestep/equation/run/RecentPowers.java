package samestep.equation.run;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Powers whose exponent is not whole, remembered for as long as they are among the last: each takes milliseconds of a start, and a
 * schedule's numbers are asked for when it is written, read back and compared.
 */
final class RecentPowers {
    private static final int MOST = 64;
    private static final Map<List<Object>, BigDecimal> POWERS = new Recent();

    private RecentPowers() {}

    private static final class Recent extends LinkedHashMap<List<Object>, BigDecimal> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, BigDecimal> eldest) {
            return size() > MOST;
        }
    }

    /**
     * The power.
     *
     * @throws ArithmeticException when it has no value; that is not remembered
     */
    static BigDecimal of(BigDecimal base, BigDecimal exponent, MathContext context) {
        List<Object> key = List.of(base, exponent, context);
        synchronized (POWERS) {
            BigDecimal known = POWERS.get(key);
            if (known != null) {
                return known;
            }
        }
        BigDecimal power = BigDecimalMath.pow(base, exponent, context);
        synchronized (POWERS) {
            POWERS.put(key, power);
        }
        return power;
    }
}
