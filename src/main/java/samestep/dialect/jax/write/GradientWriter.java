package samestep.dialect.jax.write;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import samestep.dialect.jax.own.OwnTransform;
import samestep.dialect.jax.write.Written.Made;
import samestep.dialect.jax.write.Written.Num;
import samestep.dialect.write.ClipPlan;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Penalty.Norm;

/** What happens to gradients before the optimizer: factors, penalties and clips, each where the source has it. */
final class GradientWriter {
    private final Recipe recipe;
    private final Parameter first;
    private final Masks masks;
    private final WrittenNumbers numbers;
    private final List<Finding> findings;

    GradientWriter(Recipe recipe, Parameter first, Masks masks, WrittenNumbers numbers, List<Finding> findings) {
        this.recipe = recipe;
        this.first = first;
        this.masks = masks;
        this.numbers = numbers;
        this.findings = findings;
    }

    /** The transformations, in order. */
    List<Made> write() {
        List<Made> parts = new ArrayList<>();
        List<Stage.Clip> clips = ClipPlan.of(recipe, first, new OptaxClips(), findings);
        int buckets = first.stages(Stage.Clip.class).size();
        for (int i = 0; i <= buckets; i++) {
            factors(i).forEach(parts::add);
            parts.addAll(penalties(Norm.L2, i));
            parts.addAll(penalties(Norm.L1, i));
            if (i < clips.size()) {
                parts.add(clip(clips.get(i)));
            }
        }
        return parts;
    }

    /** What is between two clips. */
    private static List<Stage> between(Parameter parameter, int clips) {
        List<Stage> stages = new ArrayList<>();
        int seen = 0;
        for (Stage stage : parameter.stages()) {
            if (stage instanceof Stage.Clip) {
                seen++;
            } else if (seen == clips) {
                stages.add(stage);
            }
        }
        return stages;
    }

    private List<Made> factors(int clips) {
        List<Made> factors = new ArrayList<>();
        for (Stage stage : between(first, clips)) {
            if (stage instanceof Stage.Scale scale) {
                factors.add(Made.of("scale", Map.of("step_size", number(scale.factor()))));
            } else if (stage instanceof Stage.LossScale loss) {
                loss(loss, factors);
            }
        }
        return factors;
    }

    /** A weight of the loss is one of the gradient; what a loss is a mean or a sum of is in the user's program. */
    private void loss(Stage.LossScale loss, List<Made> factors) {
        if (!loss.weight().isOne()) {
            factors.add(Made.of("scale", Map.of("step_size", number(loss.weight()))));
        }
        if (loss.form() != Stage.LossScale.Form.WEIGHTED) {
            String form = switch (loss.form()) {
                case SUMMED -> "summed over the batch";
                case MEAN_SQUARE -> "the mean of squares over batch and outputs";
                case SUMMED_SQUARE -> "the mean of squares over outputs, summed over the batch";
                case WEIGHTED -> "the mean";
            };
            findings.add(Finding.of(
                            Code.SS902,
                            recipe.possessive() + " loss is " + form + ", times "
                                    + loss.weight().written() + ": so has that of the program to be")
                    .at(loss.weight().place()));
        }
    }

    private List<Made> penalties(Norm norm, int clips) {
        List<Made> parts = new ArrayList<>();
        Masks.sorted(
                        recipe.trained(),
                        p -> coefficient(p, norm, clips).decimal().stripTrailingZeros())
                .forEach((decimal, parameters) -> {
                    if (decimal.signum() != 0) {
                        parts.add(penalty(norm, coefficient(parameters.get(0), norm, clips), parameters));
                    }
                });
        return parts;
    }

    private static Quantity coefficient(Parameter parameter, Norm norm, int clips) {
        return between(parameter, clips).stream()
                .filter(Stage.Penalty.class::isInstance)
                .map(Stage.Penalty.class::cast)
                .filter(p -> p.norm() == norm)
                .map(Stage.Penalty::coefficient)
                .reduce((a, b) -> a.derived(a.value().plus(b.value()), "the sum of two penalties"))
                .orElse(new Quantity(
                        Expression.literal(BigDecimal.ZERO), "", new samestep.recipe.Origin.Default("no penalty")));
    }

    private Made penalty(Norm norm, Quantity coefficient, List<Parameter> parameters) {
        if (norm == Norm.L2) {
            return masks.decay(number(coefficient), parameters);
        }
        return masks.only(ownOf(new Stage.Penalty(norm, coefficient)), parameters);
    }

    private Made clip(Stage.Clip clip) {
        return switch (clip.kind()) {
            case VALUE -> Made.of("clip", Map.of("max_delta", number(clip.threshold())));
            case GLOBAL_NORM -> Made.of("clip_by_global_norm", Map.of("max_norm", number(clip.threshold())));
            case TENSOR_NORM, GUARDED_TENSOR_NORM, GUARDED_GLOBAL_NORM -> ownOf(clip);
        };
    }

    private Made ownOf(Stage stage) {
        OwnTransform own = OwnTransform.of(stage.equations()).orElseThrow();
        Made made = Made.of(own.called(), Map.of());
        for (Map.Entry<String, Quantity> value : stage.values().entrySet()) {
            made = made.with(value.getKey(), number(value.getValue()));
        }
        return made;
    }

    private Num number(Quantity quantity) {
        return new Num(numbers.number(quantity));
    }
}
