package samestep.dialect.pytorch.object;

import java.math.BigDecimal;
import java.util.Map;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Expression;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;

/** Numbers of a configuration to be written: the text of each is what will be written. */
public final class PytorchNumbers {
    private final WrittenNumbers numbers = new WrittenNumbers();

    /** A number with a fraction. */
    public Num number(Quantity quantity) {
        return new Num(new Quantity(quantity.value(), numbers.number(quantity), quantity.origin()));
    }

    /** A number with a fraction. */
    public Num number(Expression expression) {
        return new Num(new Quantity(expression, numbers.number(expression), new Origin.Default("")));
    }

    /** A number of steps: whole if it is. */
    public Num count(Expression expression) {
        return new Num(new Quantity(expression, numbers.count(expression), new Origin.Default("")));
    }

    /** A number with a fraction, as text. */
    public String text(Expression expression) {
        return numbers.number(expression);
    }

    /** A number of steps, as text: whole if it is. */
    public String countText(Expression expression) {
        return numbers.count(expression);
    }

    /** What was written, and what it stands for. */
    public Map<BigDecimal, Expression> rounded() {
        return numbers.rounded();
    }
}
