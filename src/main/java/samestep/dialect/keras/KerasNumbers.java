package samestep.dialect.keras;

import java.math.BigDecimal;
import java.util.Map;
import samestep.dialect.WrittenNumbers;
import samestep.dialect.keras.KerasValue.Num;
import samestep.equation.Expression;
import samestep.recipe.Quantity;

/** Numbers as values of a Keras configuration. */
final class KerasNumbers {
    private final WrittenNumbers numbers = new WrittenNumbers();

    /** A number with a fraction: Keras refuses a learning rate that is an integer. */
    Num number(Quantity quantity) {
        return new Num(numbers.number(quantity));
    }

    /** A number with a fraction. */
    Num number(Expression expression) {
        return new Num(numbers.number(expression));
    }

    /** A number of steps: whole if it is. */
    Num count(Expression expression) {
        return new Num(numbers.count(expression));
    }

    /** What was written, and what it stands for. */
    Map<BigDecimal, Expression> rounded() {
        return numbers.rounded();
    }
}
