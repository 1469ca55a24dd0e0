package samestep.dialect.keras;

import java.util.List;
import java.util.Optional;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.SourceText;

/** What the loss of a compiled model is against the mean over the batch. */
final class KerasLoss {
    private KerasLoss() {}

    /** The factor on the data's gradient; empty where it is one. */
    static Optional<Stage> scale(SourceText source, JsonObject compile, List<Finding> findings) {
        Quantity weight = Quantity.byDefault("1", "Keras' default of loss_weights");
        JsonValue weights = compile.get("loss_weights").filter(v -> !v.isNull()).orElse(null);
        if (weights instanceof JsonNumber number) {
            weight = number.decimal()
                    .map(d -> new Quantity(Expression.literal(d), "", new Origin.Default("loss_weights")))
                    .orElse(weight);
        } else if (weights != null) {
            findings.add(Finding.at(
                    new Place(source, weights.span()),
                    Code.SS009,
                    "loss_weights of several outputs are not in the recipe: its gradient is that of the whole loss"));
        }
        String name = "";
        boolean sum = false;
        if (compile.get("loss").orElse(null) instanceof JsonString word) {
            name = word.value();
        } else if (compile.get("loss").orElse(null) instanceof JsonObject loss
                && loss.get("class_name").orElse(null) instanceof JsonString className) {
            name = className.value();
            sum = loss.get("config").orElse(null) instanceof JsonObject config
                    && config.get("reduction").orElse(null) instanceof JsonString reduction
                    && reduction.value().equals("sum");
        }
        boolean square = name.equals("mean_squared_error") || name.equals("mse") || name.equals("MeanSquaredError");
        if (!square && !sum && weight.isOne()) {
            return Optional.empty();
        }
        Stage.LossScale.Form form = square
                ? Stage.LossScale.Form.MEAN_SQUARE
                : sum ? Stage.LossScale.Form.SUMMED : Stage.LossScale.Form.WEIGHTED;
        return Optional.of(new Stage.LossScale(form, weight));
    }
}
