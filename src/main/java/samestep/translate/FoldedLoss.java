package samestep.translate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.OrthogonalPenalty;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.recipe.Stage.LossScale;
import samestep.recipe.UnknownStage;

/**
 * A factor of the loss, said by other numbers for targets that cannot say it: what is added to the gradient and what it is
 * measured against is divided by the factor; then either the rate is multiplied by it, or epsilon is divided by it. Which of
 * these is the same update, if one is, the comparison finds.
 */
final class FoldedLoss {
    private final Recipe recipe;
    private final Quantity weight;

    private FoldedLoss(Recipe recipe, Quantity weight) {
        this.recipe = recipe;
        this.weight = weight;
    }

    /** A recipe without the factor, and the finding that says what has become of it. */
    record Folded(Recipe recipe, Finding finding) {}

    /** The recipes that may do the same without it; none where there is no one factor, or it depends on the batch. */
    static List<Folded> of(Recipe recipe) {
        List<List<LossScale>> scales = recipe.trained().stream()
                .map(p -> p.stages(LossScale.class))
                .distinct()
                .toList();
        if (scales.size() != 1 || scales.get(0).size() != 1) {
            return List.of();
        }
        LossScale scale = scales.get(0).get(0);
        boolean known = scale.form() == LossScale.Form.WEIGHTED
                && scale.weight().decimal().signum() > 0
                && recipe.trained().stream()
                        .allMatch(p -> p.stages(UnknownStage.class).isEmpty());
        return known ? new FoldedLoss(recipe, scale.weight()).all() : List.of();
    }

    private List<Folded> all() {
        Expression factor = weight.value();
        Recipe slower = changed(UnaryOperator.identity());
        List<Folded> all = new ArrayList<>();
        all.add(folded(rateTimes(slower, factor), "the learning rate is multiplied by it"));
        boolean epsilon = recipe.trained().stream()
                .flatMap(p -> p.optimizer().stream())
                .anyMatch(o -> o.values().containsKey("epsilon"));
        all.add(folded(slower, epsilon ? "epsilon is as it was" : "the learning rate is as it was"));
        if (epsilon) {
            all.add(folded(changed(o -> withEpsilon(o, factor)), "epsilon is divided by it"));
            all.add(folded(changed(o -> withEpsilon(o, factor.times(factor))), "epsilon is divided by its square"));
        }
        return all;
    }

    private Folded folded(Recipe other, String how) {
        Finding finding = Finding.of(
                        Code.SS902,
                        "the factor " + weight.written() + " of " + recipe.possessive()
                                + " loss is said by other numbers: penalties and limits of the gradient are divided by it,"
                                + " and " + how + "; give the loss no factor of its own")
                .at(weight.place())
                .as(Severity.NOTE);
        return new Folded(other, finding);
    }

    private static Recipe rateTimes(Recipe other, Expression factor) {
        Expression divisor = Expression.literal(1).over(factor);
        Recipe scaled = other.withRates(other.schedule().over(divisor), Expression.literal(1));
        // A decay beside the gradient is times the rate, which is now larger.
        return scaled.withParameters(scaled.parameters().stream()
                .map(p -> withStages(
                        p,
                        p.stages().stream()
                                .map(s -> s instanceof Stage.DecoupledDecay ? s.mapped(q -> over(q, factor)) : s)
                                .toList()))
                .toList());
    }

    private Recipe changed(UnaryOperator<Stage.Optimizer> optimizer) {
        return recipe.withParameters(recipe.parameters().stream()
                .map(p -> withStages(
                        p,
                        p.stages().stream()
                                .flatMap(s -> changed(s, optimizer).stream())
                                .toList()))
                .toList());
    }

    private Optional<Stage> changed(Stage stage, UnaryOperator<Stage.Optimizer> optimizer) {
        if (stage instanceof LossScale) {
            return Optional.empty();
        }
        if (stage instanceof Stage.Penalty || stage instanceof Stage.Clip || stage instanceof OrthogonalPenalty) {
            return Optional.of(stage.mapped(q -> over(q, weight.value())));
        }
        return Optional.of(stage instanceof Stage.Optimizer o ? optimizer.apply(o) : stage);
    }

    private static Stage.Optimizer withEpsilon(Stage.Optimizer optimizer, Expression divisor) {
        Map<String, Quantity> values = new HashMap<>(optimizer.values());
        values.computeIfPresent("epsilon", (name, value) -> over(value, divisor));
        return new Stage.Optimizer(optimizer.equations(), values);
    }

    private static Quantity over(Quantity quantity, Expression divisor) {
        return quantity.derived(quantity.value().over(divisor), "over the loss' factor");
    }

    private static Parameter withStages(Parameter parameter, List<Stage> stages) {
        return new Parameter(
                parameter.name(), parameter.rateMultiplier(), parameter.frozen(), stages, parameter.place());
    }
}
