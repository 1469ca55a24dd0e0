package samestep.recipe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.Expressions;
import samestep.equation.parse.EquationParser;
import samestep.equation.print.ExpressionPrinter;

/**
 * The weight shrinks by itself by a share that is independent of the learning rate, as in TensorFlow Addons.
 *
 * @param share how much of the weight goes in an update
 * @param course the share as a formula in {@code t} where it has a schedule of its own
 */
public record IndependentDecay(Quantity share, Optional<Expression> course) implements Stage {
    private static final Equations CONSTANT = equations("share");

    /** The text is the key: an equation is found again by what it says. */
    private static Equations equations(String share) {
        String hyper = share.equals("share") ? "hyper share\n" : "";
        return EquationParser.parseOwn(
                "independent-decay", "optimizer independent-decay\n" + hyper + "w = w - w * (" + share + ")");
    }

    @Override
    public Equations equations() {
        return course.map(c -> equations(ExpressionPrinter.print(c))).orElse(CONSTANT);
    }

    @Override
    public Map<String, Quantity> values() {
        return course.isPresent() ? Map.of() : Map.of("share", share);
    }

    @Override
    public List<Object> behaviour() {
        return List.of("independent decay", course.orElse(share.value()));
    }

    @Override
    public Stage mapped(UnaryOperator<Quantity> change) {
        return new IndependentDecay(change.apply(share), course);
    }

    @Override
    public Stage withoutRounding() {
        return new IndependentDecay(share.withoutRounding(), course.map(Expressions::withoutRounding));
    }

    /** Its course in the precision of the model; a constant share as it is. */
    IndependentDecay courseWithoutRounding() {
        return new IndependentDecay(share, course.map(Expressions::withoutRounding));
    }
}
