package samestep.equation.print;

import java.util.List;
import java.util.Locale;

/** Greek letters in names, and numbers after them. */
final class Letters {
    private static final List<String> GREEK = List.of(
            "alpha", "beta", "gamma", "delta", "epsilon", "eta", "lambda", "mu", "rho", "sigma", "tau", "nu", "theta");
    private static final String SIGNS =
            "\u03b1\u03b2\u03b3\u03b4\u03b5\u03b7\u03bb\u03bc\u03c1\u03c3\u03c4\u03bd\u03b8";

    private Letters() {}

    /**
     * A name in parts.
     *
     * @param base the letter or word
     * @param greek its place among Greek letters, negative if it is not one
     * @param index the subscript; may be empty
     */
    record Parts(String base, int greek, String index) {
        /** The letter's sign. */
        String sign() {
            return greek < 0 ? base : SIGNS.substring(greek, greek + 1);
        }
    }

    /** Splits {@code beta1}, {@code eta_prev}, {@code w_old}. */
    static Parts of(String name) {
        int end = name.length();
        while (end > 1 && Character.isDigit(name.charAt(end - 1))) {
            end--;
        }
        String base = name.substring(0, end);
        String index = name.substring(end);
        int line = base.indexOf('_');
        if (index.isEmpty() && line > 0) {
            index = base.substring(line + 1).replace('_', ' ');
            base = base.substring(0, line);
        }
        return new Parts(base, GREEK.indexOf(base.toLowerCase(Locale.ROOT)), index);
    }
}
