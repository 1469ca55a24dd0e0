package samestep.compare.measure;

import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.recipe.Stage.LossScale;

/** A loss that is summed over a batch of known size is the mean, times that size. */
public final class BatchSums {
    private BatchSums() {}

    /**
     * The recipe with its sums as multiples of the mean, if only it has sums. Where both sides have them, they are the same
     * whatever the size is.
     */
    public static Recipe against(Recipe other, Recipe recipe) {
        return size(other, recipe)
                .map(batch -> recipe.withParameters(
                        recipe.parameters().stream().map(p -> asMeans(p, batch)).toList()))
                .orElse(recipe);
    }

    /** The size of the batches whose sums are to be said as multiples of the mean; empty where they are not. */
    public static Optional<Quantity> size(Recipe other, Recipe recipe) {
        return recipe.batchSize().filter(batch -> sums(recipe) && !sums(other));
    }

    /** A parameter with its sums over batches of that size as multiples of the mean. */
    public static Parameter asMeans(Parameter parameter, Quantity batch) {
        return new Parameter(
                parameter.name(),
                parameter.rateMultiplier(),
                parameter.frozen(),
                asMeans(parameter.stages(), batch),
                parameter.place());
    }

    private static boolean sums(Recipe recipe) {
        return recipe.trained().stream()
                .flatMap(p -> p.stages(LossScale.class).stream())
                .anyMatch(s -> mean(s.form()).isPresent());
    }

    private static List<Stage> asMeans(List<Stage> stages, Quantity batch) {
        return stages.stream().map(s -> asMean(s, batch)).toList();
    }

    private static Stage asMean(Stage stage, Quantity batch) {
        Optional<LossScale.Form> mean = stage instanceof LossScale scale ? mean(scale.form()) : Optional.empty();
        if (!(stage instanceof LossScale scale) || mean.isEmpty()) {
            return stage;
        }
        Expression factor = scale.weight().value().times(batch.value());
        return new LossScale(mean.get(), scale.weight().derived(factor, "weight * batch size"));
    }

    /** What a sum is over the batch; empty for what is a mean. */
    private static Optional<LossScale.Form> mean(LossScale.Form form) {
        return switch (form) {
            case SUMMED -> Optional.of(LossScale.Form.WEIGHTED);
            case SUMMED_SQUARE -> Optional.of(LossScale.Form.MEAN_SQUARE);
            case WEIGHTED, MEAN_SQUARE -> Optional.empty();
        };
    }
}
