package samestep.dialect.keras;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;
import samestep.dialect.keras.KerasValue.Num;
import samestep.equation.Exact;
import samestep.equation.Expression;
import samestep.equation.Function;
import samestep.recipe.Numbers;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;

/** Writes numbers, and remembers what was meant by those that are written to 17 digits. */
final class KerasNumbers {
    private static final MathContext DOUBLE_DIGITS = new MathContext(17);

    private final Map<BigDecimal, Expression> rounded = new HashMap<>();

    /** A number with a fraction: Keras refuses a learning rate that is an integer. */
    Num number(Quantity quantity) {
        return remembered(quantity.written(), quantity.value());
    }

    /** A number with a fraction. */
    Num number(Expression expression) {
        Expression plain = expression instanceof Expression.Call call && call.function() == Function.F32
                ? call.arguments().get(0)
                : expression;
        return number(new Quantity(plain, "", new Origin.Default("")));
    }

    /** A number of steps: whole if it is. */
    Num count(Expression expression) {
        return Exact.decimal(expression)
                .filter(d -> d.stripTrailingZeros().scale() <= 0)
                .map(d -> new Num(d.toBigInteger().toString()))
                .orElseGet(
                        () -> remembered(Numbers.plain(Exact.value(expression).round(DOUBLE_DIGITS)), expression));
    }

    private Num remembered(String text, Expression meant) {
        BigDecimal written = new BigDecimal(text).stripTrailingZeros();
        if (written.compareTo(Exact.value(meant)) != 0) {
            rounded.put(written, meant);
        }
        return new Num(text);
    }

    /** What was written, and what it stands for. */
    Map<BigDecimal, Expression> rounded() {
        return rounded;
    }
}
