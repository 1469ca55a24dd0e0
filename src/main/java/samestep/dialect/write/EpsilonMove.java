package samestep.dialect.write;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.EpsilonPlace;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;

/**
 * What becomes of an epsilon that the target adds at another place than the source. The only place where that is decided:
 * writers ask here, whatever the framework.
 *
 * @param from where the source adds it
 * @param to where the target adds it, with the source's momentum
 */
public record EpsilonMove(EpsilonPlace from, EpsilonPlace to) {
    /** What is tried. */
    public enum Choice {
        /** The number that gives the same step where the accumulator is zero. */
        MOVED,
        /** The number as it is. */
        AS_IT_IS
    }

    private enum Power {
        SAME,
        SQUARE,
        ROOT
    }

    /**
     * From an optimizer to the equations that are written for it.
     *
     * @param target equations that get the source's momentum
     */
    public static EpsilonMove of(Stage.Optimizer source, Equations target) {
        return new EpsilonMove(EpsilonPlace.of(source), EpsilonPlace.of(target, EpsilonPlace.hasMomentum(source)));
    }

    /**
     * The choices that are worth trying for a recipe, the likelier first.
     *
     * @param target the equations that are written for an optimizer; empty where the target has none
     */
    public static List<Choice> choices(Recipe recipe, Function<Stage.Optimizer, Optional<Equations>> target) {
        boolean moves = recipe.trained().stream()
                .flatMap(p -> p.optimizer().stream())
                .anyMatch(o -> target.apply(o)
                        .map(equations -> of(o, equations).power() != Power.SAME)
                        .orElse(false));
        return moves ? List.of(Choice.MOVED, Choice.AS_IT_IS) : List.of(Choice.AS_IT_IS);
    }

    private Power power() {
        return switch (to) {
            case INSIDE ->
                switch (from) {
                    case OUTSIDE, BEFORE_THE_CORRECTION -> Power.SQUARE;
                    case INSIDE, INSIDE_BOTH, NONE, UNKNOWN -> Power.SAME;
                };
            case OUTSIDE, BEFORE_THE_CORRECTION -> from == EpsilonPlace.INSIDE ? Power.ROOT : Power.SAME;
            case NONE, INSIDE_BOTH, UNKNOWN -> Power.SAME;
        };
    }

    /** The number to write. */
    public Quantity written(Quantity epsilon, Choice choice) {
        if (choice == Choice.AS_IT_IS || epsilon.isZero()) {
            return epsilon;
        }
        Expression two = Expression.literal(2);
        return switch (power()) {
            case SAME -> epsilon;
            case SQUARE -> epsilon.derived(epsilon.value().power(two), "epsilon^2");
            case ROOT ->
                epsilon.derived(epsilon.value().power(Expression.literal(1).over(two)), "the root of epsilon");
        };
    }

    /**
     * That no value is the same for every gradient; empty where the places are the same, or epsilon is 0.
     *
     * @param target what is written for, in sentences
     */
    public Optional<Finding> finding(Stage.Optimizer source, String target, Quantity epsilon, Choice choice) {
        if (from == to || epsilon.isZero()) {
            return Optional.empty();
        }
        String how = choice == Choice.AS_IT_IS
                ? "."
                : switch (power()) {
                    case SAME -> ".";
                    case SQUARE -> ", its square: the same where the accumulator is zero.";
                    case ROOT -> ", its root: the same where the accumulator is zero.";
                };
        return Optional.of(Finding.of(
                        Code.SS201,
                        source.equations().name() + " adds " + epsilon.written() + " " + from.words() + ", " + target
                                + " adds epsilon " + to.words() + ": no value is the same for every gradient")
                .at(epsilon.place())
                .detail("Written: " + written(epsilon, choice).written() + how));
    }
}
