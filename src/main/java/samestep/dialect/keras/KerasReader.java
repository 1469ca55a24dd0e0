package samestep.dialect.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import samestep.dialect.keras.document.KerasObject;
import samestep.dialect.keras.layer.Exclusion;
import samestep.dialect.keras.layer.KerasLayers.LayerParameter;
import samestep.dialect.keras.layer.KerasLoss;
import samestep.dialect.keras.table.KerasAddons;
import samestep.dialect.keras.table.KerasDefaults;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.dialect.keras.write.KerasDecayWriter;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.setting.Settings;
import samestep.syntax.Quoting;
import samestep.syntax.json.JsonArray;
import samestep.syntax.json.JsonBoolean;
import samestep.syntax.json.JsonNumber;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;
import samestep.syntax.json.JsonValue;
import samestep.text.Spelling;
import samestep.text.pattern.NamePatterns;

/**
 * From a serialized optimizer and the parameters of a model to a recipe. Source of the order of the stages:
 * keras/src/optimizers/base_optimizer.py, BaseOptimizer.apply: accumulate, clip, weight decay, update, constraints.
 */
public final class KerasReader {
    private final KerasObject optimizer;
    private final KerasGeneration generation;
    private final KerasDefaults.Known known;

    private KerasReader(KerasObject optimizer, KerasGeneration generation, KerasDefaults.Known known) {
        this.optimizer = optimizer;
        this.generation = generation;
        this.known = known;
    }

    /** The recipe; empty, with findings, where something would have to be left out. */
    public static Optional<Recipe> read(
            KerasObject optimizer,
            KerasGeneration generation,
            List<LayerParameter> parameters,
            Optional<JsonObject> compile,
            NamePatterns excluded,
            List<Finding> findings) {
        String className = KerasAddons.extended(optimizer, generation);
        // What Addons extends, and what is beside it in a document of tf.keras, belongs to the legacy optimizers.
        Optional<KerasDefaults.Known> known = KerasDefaults.of(generation, className)
                .or(() -> generation == KerasGeneration.ADDONS
                        ? KerasDefaults.of(KerasGeneration.LEGACY, className)
                        : Optional.empty());
        if (known.isEmpty()) {
            String near = Spelling.nearest(className, KerasDefaults.names(generation));
            optimizer.report(
                    "name",
                    Code.SS010,
                    "the optimizer " + className + " of " + generation.title() + " cannot be read yet"
                            + (near.isEmpty() ? "" : "; did you mean " + near + "?"));
            return Optional.empty();
        }
        if (generation.isFromSource()) {
            findings.add(fromSource(generation));
        }
        return new KerasReader(optimizer, generation, known.get()).recipe(parameters, compile, excluded);
    }

    /** That no recording holds what a generation computes. */
    public static Finding fromSource(KerasGeneration generation) {
        return Finding.of(
                Code.SS904,
                "what " + generation.title() + " computes is known from its source only: no run of it is recorded");
    }

    private Optional<Recipe> recipe(List<LayerParameter> layers, Optional<JsonObject> compile, NamePatterns excluded) {
        int microSteps = microSteps();
        String rate = known.values().getOrDefault("learning_rate", "0.001");
        Optional<Schedule> schedule = KerasSchedules.of(optimizer, generation, rate, microSteps);
        movingAverage();
        Optional<KerasLoss> loss = compile.map(c -> KerasLoss.of(optimizer.source(), c, optimizer.findings()));
        Optional<Stage> scale = loss.flatMap(KerasLoss::scale);
        boolean eager = compile.flatMap(c -> c.get("run_eagerly"))
                .map(KerasReader::isTrue)
                .orElse(false);
        KerasUpdate update = new KerasUpdate(optimizer, generation, known, layers, eager);
        List<Stage> clips = clips();
        Exclusion exclusion = new Exclusion(optimizer, generation, excluded);
        List<Parameter> parameters = new ArrayList<>();
        for (LayerParameter layer : layers) {
            List<Stage> stages = new ArrayList<>();
            scale.ifPresent(stages::add);
            stages.addAll(layer.penalties());
            if (microSteps > 1) {
                stages.add(new Stage.Accumulation(microSteps, true));
            }
            stages.addAll(clips);
            update.decay().filter(d -> !exclusion.has(layer)).ifPresent(stages::add);
            stages.add(update.of(layer));
            stages.addAll(layer.constraints());
            parameters.add(new Parameter(
                    layer.name(),
                    Quantity.byDefault("1", "Keras, which has no multipliers"),
                    layer.frozen(),
                    stages,
                    Optional.of(layer.place())));
        }
        update.decay().ifPresent(d -> exclusion.explain(layers));
        Settings settings = new Settings(loss.map(KerasLoss::settings).orElse(List.of()));
        return schedule.map(
                s -> new Recipe("Keras", parameters, s, Recipe.Counting.MICRO_STEPS).withSettings(settings));
    }

    private static boolean isTrue(JsonValue value) {
        return value instanceof JsonBoolean flag && flag.value();
    }

    /** The average is of the weights and moves none, until fit ends or a number of updates is over. */
    private void movingAverage() {
        if (!optimizer.flag("use_ema", false)) {
            return;
        }
        if (optimizer.get("ema_overwrite_frequency").isPresent()) {
            optimizer.report(
                    "ema_overwrite_frequency",
                    Code.SS010,
                    "weights that are overwritten by their moving average while training cannot be read yet");
        } else {
            optimizer.report(
                    "use_ema",
                    Code.SS203,
                    "use_ema: at the end of fit() the weights become their moving average; the output does not include"
                            + " it");
        }
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

    /**
     * Keras takes the first that is set, in this order, and ignores zero. Keras up to 2.3 clips by norm, then by value; the
     * legacy optimizers by value, then by each norm. Source: tf.keras 2.10, optimizer_v2.py, _transform_gradients.
     */
    private List<Stage> clips() {
        if (generation.clipsTogether()) {
            List<Stage> both = new ArrayList<>();
            clip("clipnorm", Stage.Clip.Kind.GLOBAL_NORM).ifPresent(both::add);
            clip("clipvalue", Stage.Clip.Kind.VALUE).ifPresent(both::add);
            return both;
        }
        if (generation.clipsByAll()) {
            List<Stage> all = new ArrayList<>();
            clip("clipvalue", Stage.Clip.Kind.VALUE).ifPresent(all::add);
            clip("clipnorm", Stage.Clip.Kind.TENSOR_NORM).ifPresent(all::add);
            clip("global_clipnorm", Stage.Clip.Kind.GLOBAL_NORM).ifPresent(all::add);
            return all;
        }
        if (generation == KerasGeneration.KERAS_3) {
            refuseSeveralClips();
        }
        return clip("clipnorm", Stage.Clip.Kind.TENSOR_NORM)
                .or(() -> clip("global_clipnorm", Stage.Clip.Kind.GLOBAL_NORM))
                .or(() -> clip("clipvalue", Stage.Clip.Kind.VALUE))
                .stream()
                .toList();
    }

    /** Source: keras/src/optimizers/base_optimizer.py, __init__ of 3.15: a ValueError, of 0 too. */
    private void refuseSeveralClips() {
        List<String> given = Stream.of("clipnorm", "clipvalue", "global_clipnorm")
                .filter(name -> optimizer.number(name).isPresent())
                .toList();
        if (given.size() > 1) {
            optimizer.report(
                    given.get(1),
                    Code.SS004,
                    "Keras 3 takes one of clipnorm, clipvalue and global_clipnorm; here are "
                            + String.join(" and ", given));
        }
    }

    private Optional<Stage> clip(String argument, Stage.Clip.Kind kind) {
        return optimizer
                .number(argument)
                .filter(threshold -> threshold.decimal().signum() > 0)
                .map(threshold -> new Stage.Clip(kind, threshold));
    }

    /** Whether an argument's expressions exclude a parameter; false, and a finding, where that takes too long. */
    public static boolean excludes(
            KerasObject optimizer, String argument, NamePatterns excluded, LayerParameter parameter) {
        return excludes(optimizer, argument, excluded, path(parameter));
    }

    /** The same, of a name. */
    public static boolean excludes(KerasObject optimizer, String argument, NamePatterns excluded, String name) {
        Optional<Boolean> found = excluded.contain(name);
        if (found.isEmpty()) {
            optimizer.report(
                    argument,
                    Code.SS004,
                    argument + ": matching its regular expressions takes too long; write simpler ones");
        }
        return found.orElse(false);
    }

    /** A variable's path. */
    public static String path(LayerParameter parameter) {
        return parameter.path();
    }

    /** A variable's path. */
    public static String path(ParameterName name) {
        return name.layer() + "/" + variable(name.role());
    }

    /** What Keras calls a variable that does this in its layer. */
    public static String variable(Role role) {
        return role == Role.DEPTHWISE_KERNEL ? "kernel" : role.word().replace(' ', '_');
    }

    /**
     * The regular expressions of {@code exclude_from_weight_decay}, which Keras itself does not serialize, and TensorFlow
     * Addons does.
     */
    public static NamePatterns excluded(JsonObject document, List<Finding> findings, KerasObject optimizer) {
        JsonArray names = document.get(KerasDecayWriter.EXCLUDED).orElse(null) instanceof JsonObject object
                        && object.get("var_names").orElse(null) instanceof JsonArray array
                ? array
                : optimizer.get(KerasDecayWriter.EXCLUDED).orElse(null) instanceof JsonArray own ? own : null;
        return names == null ? NamePatterns.of(List.of()) : excluded(names, findings);
    }

    /** The regular expressions in a list. */
    public static NamePatterns excluded(JsonArray names, List<Finding> findings) {
        NamePatterns patterns = NamePatterns.of(names.elements().stream()
                .filter(JsonString.class::isInstance)
                .map(n -> ((JsonString) n).value())
                .toList());
        for (String broken : patterns.broken()) {
            Finding finding = Finding.of(
                    Code.SS004, "exclude_from_weight_decay: not a regular expression: " + Quoting.quote(broken));
            if (!findings.contains(finding)) {
                findings.add(finding);
            }
        }
        return patterns;
    }
}
