package samestep.dialect.pytorch;

import java.math.BigDecimal;
import java.util.Map;
import samestep.dialect.WrittenNumbers;
import samestep.dialect.pytorch.PytorchValue.Num;
import samestep.equation.Expression;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;

/** Numbers of a configuration to be written: the text of each is what will stand there. */
final class PytorchNumbers {
    private final WrittenNumbers numbers = new WrittenNumbers();

    /** A number with a fraction. */
    Num number(Quantity quantity) {
        return new Num(new Quantity(quantity.value(), numbers.number(quantity), quantity.origin()));
    }

    /** A number with a fraction. */
    Num number(Expression expression) {
        return new Num(new Quantity(expression, numbers.number(expression), new Origin.Default("")));
    }

    /** A number of steps: whole if it is. */
    Num count(Expression expression) {
        return new Num(new Quantity(expression, numbers.count(expression), new Origin.Default("")));
    }

    /** A number with a fraction, as text. */
    String text(Expression expression) {
        return numbers.number(expression);
    }

    /** A number of steps, as text: whole if it is. */
    String countText(Expression expression) {
        return numbers.count(expression);
    }

    /** What was written, and what it stands for. */
    Map<BigDecimal, Expression> rounded() {
        return numbers.rounded();
    }
}
