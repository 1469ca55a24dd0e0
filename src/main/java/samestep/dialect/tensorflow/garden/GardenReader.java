package samestep.dialect.tensorflow.garden;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import samestep.dialect.tensorflow.TensorflowDefaults;
import samestep.dialect.tensorflow.TensorflowUpdate;
import samestep.dialect.tensorflow.pipeline.PipelineSchedule;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.setting.Settings;
import samestep.syntax.Quoting;
import samestep.syntax.yaml.YamlEntry;
import samestep.text.pattern.NamePatterns;

/**
 * From a Model Garden experiment to a recipe. Sources: official/modeling/optimization/optimizer_factory.py,
 * official/nlp/optimization.py, official/vision/beta/tasks/*.py, yolo/tasks/yolo.py.
 */
final class GardenReader {
    private static final Set<String> EVERYWHERE = Set.of(
            "name",
            "clipnorm",
            "clipvalue",
            "global_clipnorm",
            "include_in_weight_decay",
            "exclude_from_weight_decay",
            "exclude_from_layer_adaptation",
            "jit_compile");

    private static final Set<String> DECISIVE =
            Set.of("momentum", "rho", "beta_1", "beta_2", "epsilon", "weight_decay_rate", "gradient_clip_norm");

    private final YamlSection root;
    private final YamlSection config;
    private final List<Finding> findings;
    /** The expressions of each field: read once, and matched within one limit. */
    private final Map<String, NamePatterns> patterns = new HashMap<>();

    private GardenReader(YamlSection root) {
        this.root = root;
        this.config = root.section("trainer").section("optimizer_config");
        this.findings = root.findings();
    }

    /** The recipe; empty, with findings, where the file says too little or the Garden would refuse it. */
    static Optional<Recipe> read(YamlSection root) {
        return new GardenReader(root).read();
    }

    private Optional<Recipe> read() {
        YamlSection optimizer = config.section("optimizer");
        String type = optimizer.word("type");
        long steps = root.section("trainer").whole("train_steps", 0);
        OptionalLong horizon = steps > 0 ? OptionalLong.of(steps) : OptionalLong.empty();
        Optional<TensorflowDefaults.Known> known = TensorflowDefaults.garden(type);
        Optional<Schedule> schedule = GardenSchedule.of(config, horizon);
        if (type.isEmpty()) {
            findings.add(Finding.at(
                            optimizer.given() ? optimizer.place("type") : config.place(),
                            Code.SS011,
                            "the file does not say which optimizer the training has; the experiment's own is in its"
                                    + " code")
                    .as(Severity.ERROR)
                    .detail("Give trainer.optimizer_config.optimizer.type."));
        } else if (known.isEmpty()) {
            optimizer.report(
                    "type",
                    Code.SS010,
                    "the Model Garden's optimizer " + type + " cannot be read yet; known are "
                            + String.join(", ", TensorflowDefaults.gardenTypes()));
        }
        known.ifPresent(k -> fields(optimizer.section(type), k));
        known.ifPresent(k -> silent(optimizer.section(type), k));
        YamlSection lars = optimizer.section("lars");
        if (type.equals("lars") && lars.get("classic_momentum").isPresent() && !lars.flag("classic_momentum")) {
            lars.report("classic_momentum", Code.SS010, "lars without classic_momentum cannot be read yet");
        }
        unknownDecays(root.section("task"));
        if (known.isEmpty() || schedule.isEmpty() || hasErrors()) {
            return Optional.empty();
        }
        List<Parameter> parameters = parameters(type, optimizer.section(type), known.get());
        Recipe recipe = new Recipe(
                        "TensorFlow",
                        parameters,
                        falling(schedule.get(), type, optimizer.section(type)),
                        Recipe.Counting.UPDATES)
                .withBatchSize(root.section("task").section("train_data").number("global_batch_size"))
                .withSettings(Settings.NONE.and(GardenSettings.of(root)).with(GardenLedger.unjudged(root)));
        remarks(recipe);
        return hasErrors() ? Optional.empty() : Optional.of(recipe);
    }

    private boolean hasErrors() {
        return findings.stream().anyMatch(f -> f.severity() == Severity.ERROR);
    }

    /** Fields that the Garden's own class does not have, and the one that means another thing than its name. */
    private void fields(YamlSection optimizer, TensorflowDefaults.Known known) {
        for (YamlEntry entry : optimizer.mapping().visible()) {
            String name = entry.name();
            if (known.values().containsKey(name) || EVERYWHERE.contains(name)) {
                continue;
            }
            if (name.equals("decay") && known.values().containsKey("rho")) {
                findings.add(Finding.at(
                                optimizer.place(name),
                                Code.SS211,
                                "rmsprop.decay is the share of the old mean of squares, which the Model Garden calls"
                                        + " rho: read so, and no decay of weights")
                        .detail("The Garden checks its fields and refuses it; write rho."));
            } else {
                optimizer.report(
                        name,
                        Code.SS003,
                        "the Model Garden's " + optimizer.path() + " has no field " + name + "; it refuses the file");
            }
        }
    }

    /** What the class takes where a file is silent; the experiment's own code may say otherwise. */
    private void silent(YamlSection optimizer, TensorflowDefaults.Known known) {
        List<String> silent = known.values().keySet().stream()
                .filter(name -> DECISIVE.contains(name) && optimizer.get(name).isEmpty())
                .filter(name -> !name.equals("rho") || optimizer.get("decay").isEmpty())
                .sorted()
                .map(name -> name + " " + known.values().get(name))
                .toList();
        if (!silent.isEmpty()) {
            findings.add(Finding.at(
                            optimizer.given()
                                    ? optimizer.place()
                                    : config.section("optimizer").place("type"),
                            Code.SS213,
                            "not in the file, and assumed from the Model Garden's class: " + String.join(", ", silent))
                    .detail("The experiment's own code may set another; give it here to be sure."));
        }
    }

    private List<Parameter> parameters(String type, YamlSection optimizer, TensorflowDefaults.Known known) {
        List<Stage> clips = clips(type, optimizer);
        Optional<Quantity> penalty = penalty();
        Equations equations = TensorflowUpdate.equations(known.equations());
        List<Parameter> parameters = new ArrayList<>();
        for (Role role : List.of(Role.KERNEL, Role.DEPTHWISE_KERNEL, Role.BIAS, Role.GAMMA, Role.BETA)) {
            List<Stage> stages = new ArrayList<>();
            penalty.filter(p -> role == Role.KERNEL)
                    .ifPresent(p -> stages.add(new Stage.Penalty(Stage.Penalty.Norm.L2, p)));
            stages.addAll(clips);
            boolean decays = decays(optimizer, role);
            if (type.equals("adamw") && decays) {
                Quantity rate = optimizer.number("weight_decay_rate", "0.0");
                if (!rate.isZero()) {
                    stages.add(new Stage.DecoupledDecay(rate.rounded()));
                }
            }
            stages.add(TensorflowUpdate.of(equations, known, hyper -> written(optimizer, hyper, role, decays)));
            parameters.add(new Parameter(
                    new ParameterName(ParameterName.ANY_LAYER, role),
                    Quantity.byDefault("1", "the Model Garden, which has no rate multipliers"),
                    false,
                    stages,
                    Optional.empty()));
        }
        return parameters;
    }

    private Optional<Quantity> written(YamlSection optimizer, Equations.Hyper hyper, Role role, boolean decays) {
        return switch (hyper.name()) {
            case "rho" -> optimizer.number("rho").or(() -> optimizer.number("decay"));
            case "weight_decay" ->
                Optional.of(
                        decays
                                ? optimizer.number("weight_decay_rate", "0.0")
                                : Quantity.byDefault("0", "exclude_from_weight_decay"));
            case "adapted" ->
                Optional.of(Quantity.byDefault(adapts(optimizer, role) ? "1" : "0", "the excluded names"));
            default ->
                hyper.flag()
                        ? optimizer.get(hyper.field()).map(v -> flag(optimizer, hyper.field()))
                        : optimizer.number(hyper.field());
        };
    }

    private static Quantity flag(YamlSection optimizer, String field) {
        return new Quantity(
                Expression.literal(optimizer.flag(field) ? 1 : 0),
                optimizer.place(field).text(),
                new Origin.Written(optimizer.place(field)));
    }

    /** By default, TensorFlow Addons excludes from the adaptation what it excludes from the decay. */
    private boolean adapts(YamlSection optimizer, Role role) {
        String field = optimizer.get("exclude_from_layer_adaptation").isPresent()
                ? "exclude_from_layer_adaptation"
                : "exclude_from_weight_decay";
        return !matches(optimizer, field, role);
    }

    private boolean decays(YamlSection optimizer, Role role) {
        return matches(optimizer, "include_in_weight_decay", role)
                || !matches(optimizer, "exclude_from_weight_decay", role);
    }

    /** Whether one of the expressions is found in the names that variables of this role usually have. */
    private boolean matches(YamlSection optimizer, String field, Role role) {
        List<String> names = role == Role.GAMMA || role == Role.BETA
                ? List.of("layer_norm/" + role.word(), "LayerNorm/" + role.word(), "batch_normalization/" + role.word())
                : List.of("dense/" + role.word());
        NamePatterns expressions =
                patterns.computeIfAbsent(field, name -> NamePatterns.of(List.copyOf(optimizer.words(name))));
        for (String broken : expressions.broken()) {
            optimizer.report(field, Code.SS004, field + ": not a regular expression: " + Quoting.quote(broken));
        }
        for (String name : names) {
            Optional<Boolean> found = expressions.contain(name);
            if (found.isEmpty()) {
                optimizer.report(
                        field,
                        Code.SS004,
                        field + ": matching its regular expressions takes too long; write simpler ones");
            }
            if (found.orElse(false)) {
                return true;
            }
        }
        return false;
    }

    /** The tasks give Keras' L2 half of it, so that the gradient has it whole. */
    private Optional<Quantity> penalty() {
        YamlSection task = root.section("task");
        return task.section("losses")
                .number("l2_weight_decay")
                .filter(q -> !q.isZero())
                .or(() -> task.number("weight_decay").filter(q -> !q.isZero()));
    }

    /** Decays whose meaning is not known; none of them is passed over. */
    private void unknownDecays(YamlSection section) {
        for (YamlEntry entry : section.mapping().visible()) {
            String path = section.path() + "." + entry.name();
            boolean known = path.equals("task.losses.l2_weight_decay") || path.equals("task.weight_decay");
            if (entry.name().contains("weight_decay")
                    && !known
                    && section.number(entry.name()).filter(Quantity::isZero).isEmpty()) {
                section.report(entry.name(), Code.SS010, path + " is a decay of weights that cannot be read yet");
            }
            unknownDecays(section.section(entry.name()));
        }
    }

    /** Source of the order: tf.keras' OptimizerV2; AdamWeightDecay clips before. */
    private List<Stage> clips(String type, YamlSection optimizer) {
        List<Stage> clips = new ArrayList<>();
        if (type.equals("adamw")) {
            clip(optimizer.number("gradient_clip_norm", "1.0"), Stage.Clip.Kind.GLOBAL_NORM, clips);
        }
        optimizer.number("clipvalue").ifPresent(q -> clip(q, Stage.Clip.Kind.VALUE, clips));
        optimizer.number("clipnorm").ifPresent(q -> clip(q, Stage.Clip.Kind.TENSOR_NORM, clips));
        optimizer.number("global_clipnorm").ifPresent(q -> clip(q, Stage.Clip.Kind.GLOBAL_NORM, clips));
        return clips;
    }

    private static void clip(Quantity threshold, Stage.Clip.Kind kind, List<Stage> clips) {
        if (threshold.decimal().signum() > 0) {
            clips.add(new Stage.Clip(kind, threshold));
        }
    }

    /** SGD's {@code decay} is one of the rate. */
    private static Schedule falling(Schedule schedule, String type, YamlSection optimizer) {
        Quantity decay = type.equals("sgd") ? optimizer.number("decay", "0.0") : Quantity.byDefault("0", "");
        return decay.isZero() ? schedule : PipelineSchedule.fallingBy(schedule, decay);
    }

    private void remarks(Recipe recipe) {
        YamlSection ema = config.section("ema");
        if (ema.given()) {
            ema.report(
                    "average_decay",
                    Code.SS212,
                    "ema: what is evaluated and exported is an average of the weights ("
                            + ema.number("average_decay", "0.99").written()
                            + " of the old one at each update); the output does not include it");
        }
        findings.add(Finding.of(
                        Code.SS006,
                        "an experiment does not name its layers; assumed: kernels have the penalty, and depthwise"
                                + " kernels, biases and normalisations have none")
                .as(Severity.NOTE));
        findings.add(Finding.of(
                Code.SS902,
                "not in the result; set these yourself, the same as here: the model with its losses and initial"
                        + " weights, the data, "
                        + recipe.batchSize()
                                .map(b -> "batches of "
                                        + b.decimal().stripTrailingZeros().toPlainString())
                                .orElse("the batch size")
                        + (recipe.schedule().horizon().isPresent()
                                ? ", " + recipe.schedule().horizon().getAsLong() + " updates (train_steps)"
                                : ", the number of updates")
                        + "; and what the experiment's code sets and this file does not"));
    }
}
