package samestep.dialect.tensorflow.garden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.tensorflow.TensorflowDefaults;
import samestep.dialect.tensorflow.TensorflowSchedules;
import samestep.dialect.tensorflow.TensorflowUpdate;
import samestep.dialect.tensorflow.pipeline.PipelineSchedule;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.Formula;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;
import samestep.recipe.Stage;
import samestep.recipe.setting.Settings;

/**
 * The older form of the Garden: official/vision/image_classification, with optimizer_factory.py, classifier_trainer.py and the
 * defaults of efficientnet/efficientnet_config.py and resnet/resnet_config.py. Its learning rate and its steps depend
 * on the batch of all devices together.
 */
final class GardenClassifier {
    private final YamlSection root;
    private final YamlSection optimizer;
    private final YamlSection rate;
    private final boolean residual;

    private GardenClassifier(YamlSection root) {
        this.root = root;
        this.optimizer = root.section("model").section("optimizer");
        this.rate = root.section("model").section("learning_rate");
        String model = root.section("model").word("name")
                + root.word("model_name")
                + root.section("model").section("model_params").word("model_name");
        this.residual = !model.toLowerCase(java.util.Locale.ROOT).contains("efficientnet");
    }

    static Optional<Recipe> read(YamlSection root) {
        return new GardenClassifier(root).read();
    }

    private Optional<Recipe> read() {
        Optional<Long> batch = batch();
        Optional<Schedule> schedule = batch.flatMap(this::schedule);
        Optional<Stage.Optimizer> update = update();
        boolean errors = root.findings().stream().anyMatch(f -> f.severity() == Severity.ERROR);
        if (errors || schedule.isEmpty() || update.isEmpty()) {
            return Optional.empty();
        }
        List<Parameter> parameters = new ArrayList<>();
        for (Role role : List.of(Role.KERNEL, Role.DEPTHWISE_KERNEL, Role.BIAS, Role.GAMMA, Role.BETA)) {
            List<Stage> stages = new ArrayList<>();
            if (role == Role.KERNEL || role == Role.BIAS) {
                stages.add(new Stage.Penalty(Stage.Penalty.Norm.L2, penalty()));
            }
            stages.add(update.get());
            parameters.add(new Parameter(
                    new ParameterName(ParameterName.ANY_LAYER, role),
                    Quantity.byDefault("1", "the Model Garden, which has no rate multipliers"),
                    false,
                    stages,
                    Optional.empty()));
        }
        average();
        root.findings()
                .add(Finding.of(
                        Code.SS902,
                        "not in the result; set these yourself, the same as here: the model with its losses and"
                                + " initial weights, the data, batches of " + batch.orElseThrow()
                                + " over all devices"));
        return Optional.of(new Recipe("TensorFlow", parameters, schedule.get(), Recipe.Counting.UPDATES)
                .withBatchSize(batchSize())
                .withSettings(Settings.NONE
                        .and(ClassifierSettings.of(root))
                        .with(GardenLedger.unjudged(ClassifierLedger.ledger(), root))));
    }

    /**
     * Keras' L2, without the half, of the kernels and biases of convolutions and of the last layer. A depthwise convolution is
     * given it as that of a kernel, which it does not have. Source: efficientnet_model.py, conv2d_block.
     */
    private Quantity penalty() {
        YamlSection net = root.section("model").section("model_params").section("overrides");
        Quantity l2 = net.number("weight_decay")
                .orElseGet(() -> Quantity.byDefault("5e-6", "the l2 in the code of the Model Garden's EfficientNet"));
        return l2.derived(Expression.literal(2).times(l2.value()), "2 * l2");
    }

    /** The batch of one device times their number, which a file for TPUs does not say. */
    private Optional<Long> batch() {
        YamlSection data = root.section("train_dataset");
        long each = data.whole("batch_size", 0);
        Optional<Long> devices = devices();
        if (each <= 0 || devices.isEmpty()) {
            data.report(
                    "batch_size",
                    Code.SS411,
                    "the learning rate and its steps depend on the batch of all devices together, and the file does not"
                            + " say how many devices there are (runtime.num_gpus)");
            return Optional.empty();
        }
        return devices.map(many -> each * many);
    }

    /** What the batch that is given is multiplied by. */
    private Optional<Long> devices() {
        YamlSection runtime = root.section("runtime");
        YamlSection data = root.section("train_dataset");
        if (data.get("use_per_replica_batch_size").isPresent() && !data.flag("use_per_replica_batch_size")) {
            return Optional.of(1L);
        }
        if (runtime.get("worker_hosts").isPresent()) {
            runtime.report(
                    "worker_hosts",
                    Code.SS010,
                    "several machines multiply the batch, and how many devices they have is not in the file");
            return Optional.empty();
        }
        long devices = runtime.whole("num_gpus", 0);
        boolean one = runtime.word("distribution_strategy").equals("off");
        return devices > 0 || one ? Optional.of(Math.max(1, devices)) : Optional.empty();
    }

    private Optional<Quantity> batchSize() {
        Optional<Quantity> each = root.section("train_dataset").number("batch_size");
        long devices = devices().orElse(1L);
        return devices == 1
                ? each
                : each.map(n -> n.derived(n.value().times(Expression.literal(devices)), "batch_size * devices"));
    }

    private Optional<Schedule> schedule(long batch) {
        long examples = root.section("train_dataset").whole("num_examples", 1_281_167);
        long epoch = root.section("train").whole("steps", examples / batch);
        String name = rate.word("name").isEmpty() ? (residual ? "stepwise" : "exponential") : rate.word("name");
        OptionalLong horizon = OptionalLong.of(root.section("train").whole("epochs", 90) * epoch);
        if (!name.equals("exponential") || residual) {
            rate.report(
                    "name",
                    Code.SS010,
                    "the learning rate " + name + " of the older image classification cannot be read yet");
            return Optional.empty();
        }
        Quantity scale = rate.number("scale_by_batch_size", "0.0078125");
        Quantity initial = rate.number("initial_lr", "0.008");
        Expression base = scale.isZero()
                ? initial.value()
                : initial.value().times(scale.value()).times(Expression.literal(batch));
        Expression steps = rate.number("decay_epochs", "2.4").value().times(Expression.literal(epoch));
        boolean staircase = rate.get("staircase").isEmpty() || rate.flag("staircase");
        ScheduleForm falling = TensorflowSchedules.exponential(
                base, rate.number("decay_rate", "0.97").value(), steps, staircase);
        long warmup = rate.whole("warmup_epochs", 5) * epoch;
        ScheduleForm form = warmup == 0 ? falling : warmed(falling, base, warmup);
        return Optional.of(
                new Schedule(form, Formula.inSinglePrecision(form.formula()), 1, horizon, name, rate.namedNumbers()));
    }

    /** The line ends at the first rate, wherever the schedule is by then. Source: learning_rate.py, WarmupDecaySchedule. */
    private static ScheduleForm warmed(ScheduleForm falling, Expression base, long steps) {
        ScheduleForm rising = PipelineSchedule.linear(Expression.literal(0), base, steps);
        Optional<ScheduleForm> after = falling.everyNth(1, (int) steps);
        if (after.isPresent()) {
            return new Sequence(List.of(steps), List.of(rising, after.get()));
        }
        Expression before =
                new Expression.Comparing(samestep.equation.Comparison.LESS, ScheduleForm.T, Expression.literal(steps));
        return new ScheduleForm.Other(
                Expression.call(samestep.equation.Function.WHERE, before, rising.formula(), falling.formula()));
    }

    /** Here, {@code decay} is RMSprop's rho. */
    private Optional<Stage.Optimizer> update() {
        String name = optimizer.word("name").isEmpty() ? (residual ? "momentum" : "rmsprop") : optimizer.word("name");
        String type = name.equals("momentum") ? "sgd" : name;
        Optional<TensorflowDefaults.Known> known = TensorflowDefaults.garden(type)
                .filter(k -> List.of("sgd", "rmsprop", "adam").contains(type));
        if (known.isEmpty() || optimizer.flag("lookahead")) {
            optimizer.report(
                    "name",
                    Code.SS010,
                    "the optimizer " + name + (optimizer.flag("lookahead") ? " with lookahead" : "")
                            + " of the older image classification cannot be read yet");
            return Optional.empty();
        }
        Equations equations = TensorflowUpdate.equations(known.get().equations());
        return Optional.of(TensorflowUpdate.of(equations, known.get(), hyper -> written(name, hyper)));
    }

    private Optional<Quantity> written(String name, Equations.Hyper hyper) {
        if (hyper.flag()) {
            boolean on = optimizer.flag(hyper.field());
            return Optional.of(Quantity.byDefault(on ? "1" : "0", hyper.field()));
        }
        return switch (hyper.name()) {
            case "rho" -> Optional.of(optimizer.number("decay", "0.9"));
            case "momentum" ->
                Optional.of(name.equals("sgd") ? Quantity.byDefault("0", "sgd") : optimizer.number("momentum", "0.9"));
            case "epsilon" -> Optional.of(optimizer.number("epsilon", "0.001"));
            default -> optimizer.number(hyper.field());
        };
    }

    private void average() {
        Quantity decay = optimizer.number("moving_average_decay", "0.0");
        if (!decay.isZero()) {
            optimizer.report(
                    "moving_average_decay",
                    Code.SS212,
                    "moving_average_decay: what is evaluated and exported is an average of the weights ("
                            + decay.written() + " of the old one at each update); the output does not include it");
        }
    }
}
