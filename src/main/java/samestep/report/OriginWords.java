package samestep.report;

import java.math.BigDecimal;
import java.util.List;
import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;
import samestep.recipe.Numbers;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;

/** Says where a number comes from, and what it becomes where the framework keeps it in single precision. */
public final class OriginWords {
    private OriginWords() {}

    /** Such as {@code solver.prototxt:4:10}, {@code Caffe's default of momentum2}. */
    public static String of(Quantity quantity) {
        double computed =
                Formula.compile(quantity.value(), new DoubleAlgebra(true)).at(new double[] {0})[0];
        String single = computed == quantity.doubleValue()
                ? ""
                : "; in single precision " + Numbers.plain(new BigDecimal(Double.toString(computed)));
        return origin(quantity.origin()) + single;
    }

    private static String origin(Origin origin) {
        if (origin instanceof Origin.Written written) {
            return written.place() + through(written.through());
        }
        if (origin instanceof Origin.Derived derived) {
            return derived.how()
                    + derived.from().map(place -> ", from " + place).orElse("")
                    + through(derived.through());
        }
        if (origin instanceof Origin.NotKnown unknown) {
            return unknown.why() + unknown.at().map(place -> ", at " + place).orElse("");
        }
        return ((Origin.Default) origin).of();
    }

    private static String through(List<String> words) {
        return words.isEmpty() ? "" : ", " + String.join(", ", words);
    }
}
