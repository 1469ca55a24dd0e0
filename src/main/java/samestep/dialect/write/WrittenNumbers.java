package samestep.dialect.write;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;
import samestep.equation.Expression;
import samestep.equation.Function;
import samestep.equation.run.Exact;
import samestep.recipe.Numbers;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;

/** Writes numbers, and remembers what was meant by those that are written to 17 digits. */
public final class WrittenNumbers {
    private static final MathContext DOUBLE_DIGITS = new MathContext(17);

    private final Map<BigDecimal, Expression> rounded = new HashMap<>();

    /** A number with a fraction, which no reader takes for a whole one. */
    public String number(Quantity quantity) {
        return remembered(quantity.written(), quantity.value());
    }

    /** A number with a fraction. */
    public String number(Expression expression) {
        Expression plain = expression instanceof Expression.Call call && call.function() == Function.F32
                ? call.arguments().get(0)
                : expression;
        return number(new Quantity(plain, "", new Origin.Default("")));
    }

    /** A number of steps: whole if it is. */
    public String count(Expression expression) {
        return Exact.decimal(expression)
                .filter(d -> d.stripTrailingZeros().scale() <= 0)
                .map(d -> d.toBigInteger().toString())
                .orElseGet(
                        () -> remembered(Numbers.plain(Exact.value(expression).round(DOUBLE_DIGITS)), expression));
    }

    private String remembered(String text, Expression meant) {
        BigDecimal written = new BigDecimal(text).stripTrailingZeros();
        if (written.compareTo(Exact.value(meant)) != 0) {
            rounded.put(written, meant);
        }
        return text;
    }

    /** What was written, and what it stands for. */
    public Map<BigDecimal, Expression> rounded() {
        return rounded;
    }
}
