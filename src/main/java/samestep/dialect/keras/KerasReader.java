package samestep.dialect.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import samestep.dialect.EquationFiles;
import samestep.dialect.keras.KerasLayers.LayerParameter;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.syntax.Quoting;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.text.Spelling;

/**
 * From a serialized optimizer and the parameters of a model to a recipe. Source of the order of the stages:
 * keras/src/optimizers/base_optimizer.py, BaseOptimizer.apply: accumulate, clip, weight decay, update.
 */
final class KerasReader {
    private static final EquationFiles EQUATIONS = new EquationFiles("keras");

    private final KerasObject optimizer;
    private final KerasDefaults.Known known;

    private KerasReader(KerasObject optimizer, KerasDefaults.Known known) {
        this.optimizer = optimizer;
        this.known = known;
    }

    /** The recipe; empty, with findings, where something would have to be left out. */
    static Optional<Recipe> read(
            KerasObject optimizer,
            List<LayerParameter> parameters,
            Optional<JsonObject> compile,
            ExcludedNames excluded,
            List<Finding> findings) {
        Optional<KerasDefaults.Known> known = KerasDefaults.of(optimizer.className());
        if (known.isEmpty()) {
            String near = Spelling.nearest(optimizer.className(), KerasDefaults.names());
            optimizer.report(
                    "name",
                    Code.SS010,
                    "the optimizer " + optimizer.className() + " cannot be read yet"
                            + (near.isEmpty() ? "" : "; did you mean " + near + "?"));
            return Optional.empty();
        }
        return new KerasReader(optimizer, known.get()).recipe(parameters, compile, excluded);
    }

    private Optional<Recipe> recipe(List<LayerParameter> layers, Optional<JsonObject> compile, ExcludedNames excluded) {
        int microSteps = microSteps();
        String rate = known.values().getOrDefault("learning_rate", "0.001");
        Optional<Schedule> schedule = KerasSchedules.of(optimizer, rate, microSteps);
        if (optimizer.flag("use_ema", false)) {
            optimizer.report("use_ema", Code.SS010, "use_ema cannot be read yet");
        }
        Optional<Stage> scale = compile.flatMap(KerasReader::lossScale);
        Stage.Optimizer update = update();
        List<Parameter> parameters = new ArrayList<>();
        for (LayerParameter layer : layers) {
            List<Stage> stages = new ArrayList<>();
            scale.ifPresent(stages::add);
            stages.addAll(layer.penalties());
            if (microSteps > 1) {
                stages.add(new Stage.Accumulation(microSteps, true));
            }
            clip().ifPresent(stages::add);
            decay().filter(d -> !excludes(excluded, layer)).ifPresent(stages::add);
            stages.add(update);
            parameters.add(new Parameter(
                    layer.name(),
                    Quantity.byDefault("1", "Keras, which has no multipliers"),
                    layer.frozen(),
                    stages,
                    Optional.of(layer.place())));
        }
        return schedule.map(s -> new Recipe("Keras", parameters, s, Recipe.Counting.MICRO_STEPS));
    }

    private int microSteps() {
        int steps = optimizer.get("gradient_accumulation_steps").orElse(null) instanceof JsonNumber number
                ? Math.max(1, (int) number.doubleValue())
                : 1;
        if (steps > Stage.Accumulation.MOST) {
            optimizer.report(
                    "gradient_accumulation_steps",
                    Code.SS010,
                    "more than " + Stage.Accumulation.MOST + " accumulated steps cannot be read");
        }
        return steps;
    }

    private Stage.Optimizer update() {
        Equations equations = EQUATIONS.of(known.equations());
        Map<String, Quantity> values = new HashMap<>();
        for (Equations.Hyper hyper : equations.hypers()) {
            String byDefault = known.values().getOrDefault(hyper.field(), "0");
            if (hyper.flag()) {
                values.put(hyper.name(), optimizer.flagAsNumber(hyper.field(), byDefault));
            } else {
                values.put(hyper.name(), optimizer.number(hyper.field(), byDefault));
            }
        }
        return new Stage.Optimizer(equations, values);
    }

    /** Keras takes the first that is set, in this order, and ignores zero. */
    private Optional<Stage> clip() {
        return clip("clipnorm", Stage.Clip.Kind.TENSOR_NORM)
                .or(() -> clip("global_clipnorm", Stage.Clip.Kind.GLOBAL_NORM))
                .or(() -> clip("clipvalue", Stage.Clip.Kind.VALUE));
    }

    private Optional<Stage> clip(String argument, Stage.Clip.Kind kind) {
        return optimizer
                .number(argument)
                .filter(threshold -> threshold.decimal().signum() > 0)
                .map(threshold -> new Stage.Clip(kind, threshold));
    }

    private Optional<Stage> decay() {
        Optional<Quantity> given = optimizer.number("weight_decay");
        if (given.isEmpty()
                && optimizer.className().equals("AdamW")
                && optimizer.config().get("weight_decay").isEmpty()) {
            given = Optional.of(Quantity.byDefault(KerasDefaults.ADAMW_WEIGHT_DECAY, "Keras' default of AdamW"));
        }
        return given.filter(d -> !d.isZero()).map(d -> new Stage.DecoupledDecay(d.rounded()));
    }

    private boolean excludes(ExcludedNames excluded, LayerParameter parameter) {
        String role = parameter.name().role() == Role.RECURRENT_KERNEL
                ? "recurrent_kernel"
                : parameter.name().role().word();
        String path = parameter.name().layer() + "/" + role;
        Optional<Boolean> found = excluded.contain(path);
        if (found.isEmpty()) {
            optimizer.report(
                    "exclude_from_weight_decay",
                    Code.SS004,
                    "exclude_from_weight_decay: matching its regular expressions takes too long; write simpler ones");
        }
        return found.orElse(false);
    }

    /** The regular expressions of {@code exclude_from_weight_decay}, which Keras itself does not serialize. */
    static ExcludedNames excluded(JsonObject document, List<Finding> findings, KerasObject optimizer) {
        List<Pattern> patterns = new ArrayList<>();
        if (document.get("exclude_from_weight_decay").orElse(null) instanceof JsonObject object
                && object.get("var_names").orElse(null) instanceof JsonArray names) {
            names.elements().stream()
                    .filter(JsonString.class::isInstance)
                    .map(n -> ((JsonString) n).value())
                    .forEach(name -> ExcludedNames.pattern(name)
                            .ifPresentOrElse(
                                    patterns::add,
                                    () -> findings.add(Finding.of(
                                            Code.SS004,
                                            "exclude_from_weight_decay: not a regular expression: "
                                                    + Quoting.quote(name)))));
        }
        return new ExcludedNames(patterns);
    }

    /** What the loss is against the mean over the batch, where the document has a loss. */
    private static Optional<Stage> lossScale(JsonObject compile) {
        Quantity weight = compile.get("loss_weights").orElse(null) instanceof JsonNumber number
                ? number.decimal()
                        .map(d -> new Quantity(Expression.literal(d), "", new Origin.Default("loss_weights")))
                        .orElse(one())
                : one();
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
        if (square || sum || !weight.isOne()) {
            Stage.LossScale.Form kind = square
                    ? Stage.LossScale.Form.MEAN_SQUARE
                    : sum ? Stage.LossScale.Form.SUMMED : Stage.LossScale.Form.WEIGHTED;
            return Optional.of(new Stage.LossScale(kind, weight));
        }
        return Optional.empty();
    }

    private static Quantity one() {
        return Quantity.byDefault("1", "Keras' default of loss_weights");
    }
}
