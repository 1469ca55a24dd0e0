package samestep.dialect.keras.document;

import java.math.BigDecimal;
import java.util.Map;
import samestep.dialect.keras.document.KerasValue.Num;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Expression;
import samestep.recipe.Quantity;

/** Numbers as values of a Keras configuration. */
public final class KerasNumbers {
    private final WrittenNumbers numbers = new WrittenNumbers();

    /** A number with a fraction: Keras refuses a learning rate that is an integer. */
    public Num number(Quantity quantity) {
        return new Num(numbers.number(quantity));
    }

    /** A number with a fraction. */
    public Num number(Expression expression) {
        return new Num(numbers.number(expression));
    }

    /** A number of steps: whole if it is. */
    public Num count(Expression expression) {
        return new Num(numbers.count(expression));
    }

    /** What was written, and what it stands for. */
    public Map<BigDecimal, Expression> rounded() {
        return numbers.rounded();
    }
}
