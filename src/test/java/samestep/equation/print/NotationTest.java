package samestep.equation.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.equation.Expression;
import samestep.equation.RandomExpressions;

/** Equations as people and TeX read them. */
class NotationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "v = momentum * v + eta * g; v ← momentum·v + η·g",
                "w = w - eta * m / (sqrt(v) + 0.00000001); w ← w − η·m / (√(v) + 0.00000001)",
                "w = w - (a - b); w ← w − (a − b)",
                "x = pow(beta2, k); x ← β₂^k",
                "x = pow(g, 2) * 1E-30; x ← g²·10⁻³⁰",
                "x = pow(1 - b, n + 1); x ← (1 − b)^(n + 1)",
                "n = norm(g, all); n ← ‖g‖(all)",
                "    x = max(abs(g), eta_prev);     x ← max(|g|, η_prev)",
                "when k <= 5:; when k ≤ 5:",
                "g = mean of g over 4 batches; g = mean of g over 4 batches"
            },
            ignoreLeadingAndTrailingWhitespace = false)
    void unicode(String plain, String expected) {
        assertEquals(expected.substring(1), Notation.UNICODE.line(plain));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "w = w - eta * m / (sqrt(v) + 1E-30); w \\gets w - \\frac{\\eta \\, m}{\\sqrt{v} + 10^{-30}}",
                "v = momentum * v + eta * g; v \\gets \\mathit{momentum} \\, v + \\eta \\, g",
                "x = 0.9 * 0.5; x \\gets 0.9 \\cdot 0.5",
                "x = pow(1 - beta2, k); x \\gets \\left(1 - \\beta_{2}\\right)^{k}",
                "x = pow(g / v, 2); x \\gets \\left(\\frac{g}{v}\\right)^{2}",
                "x = pow(2.5E-20, 3); x \\gets \\left(2.5 \\cdot 10^{-20}\\right)^{3}",
                "x = w - (a - b); x \\gets w - \\left(a - b\\right)",
                "x = w_old; x \\gets w_{\\text{old}}",
                "x = where(k > 5, g, 0); x \\gets \\begin{cases} g & \\text{if } k > 5 \\\\ 0 & \\text{otherwise}"
                        + " \\end{cases}",
                "g = sum of g over 4 batches; \\text{g = sum of g over 4 batches}",
                "? my_limit {3}; \\text{? my\\_limit \\{3\\}}"
            })
    void latex(String plain, String expected) {
        assertEquals(expected, Notation.LATEX.line(plain));
    }

    @Provide
    Arbitrary<Expression> expressions() {
        return RandomExpressions.any("w", "eta", "beta2", "w_old", "correction");
    }

    /** What TeX needs most. */
    @Property(tries = 500)
    void bracesAndDelimitersArePaired(@ForAll("expressions") Expression expression) {
        String latex = Notation.LATEX.print(expression);
        int depth = 0;
        for (int i = 0; i < latex.length(); i++) {
            depth += latex.charAt(i) == '{' ? 1 : latex.charAt(i) == '}' ? -1 : 0;
            assertEquals(true, depth >= 0, latex);
        }
        assertEquals(0, depth, latex);
        assertEquals(count("\\\\left[^a-z]|\\\\left\\\\", latex), count("\\\\right[^a-z]|\\\\right\\\\", latex), latex);
        assertEquals(count("\\\\begin", latex), count("\\\\end", latex), latex);
    }

    private static int count(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
