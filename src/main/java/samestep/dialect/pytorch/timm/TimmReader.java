package samestep.dialect.pytorch.timm;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import samestep.dialect.Input;
import samestep.dialect.Run;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FormSettings;
import samestep.dialect.pytorch.form.Outside;
import samestep.dialect.pytorch.object.DecayRule;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.ParameterRules;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchConfiguration.Epochs;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Flag;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.schedule.EpochLength;
import samestep.dialect.pytorch.schedule.EpochLength.Remainder;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;
import samestep.recipe.setting.Settings;
import samestep.text.SourceText;

/**
 * From the arguments of timm's train.py to what it does. Source: train.py, timm/optim/_optim_factory.py,
 * timm/scheduler/scheduler_factory.py of timm 1.0.31.
 */
final class TimmReader {
    private static final String LOOKAHEAD = "lookahead_";
    private static final Expression HALF = Expression.literal(new BigDecimal("0.5"));

    private final SourceText source;
    private final Run run;
    private final Fields fields;
    private final List<Finding> findings;

    TimmReader(Input input, Fields fields, List<Finding> findings) {
        this.source = input.source();
        this.run = input.run();
        this.fields = fields;
        this.findings = findings;
    }

    PytorchConfiguration configuration() {
        Quantity decay = fields.number("weight_decay");
        PytorchObject optimizer = optimizer().with("lr", new Num(rate())).with("weight_decay", new Num(decay));
        DecayRule.TIMM.explain(decay, findings);
        PytorchConfiguration configuration = PytorchConfiguration.of("timm", optimizer)
                .withGroups(DecayRule.TIMM.groups(decay))
                .withRule(Optional.of(ParameterRules.TIMM))
                .withScheduling(scheduling())
                .withEpochs(new Epochs(Optional.of(epochs()), epochLength()))
                .withBeforeStep(beforeStep())
                .withSettings(new Settings(FormSettings.devices(run)))
                .withBatchSize(fields.given("batch_size"));
        return Outside.note(configuration, fields, Place.start(source), findings);
    }

    private Optional<Quantity> epochLength() {
        long steps = Math.max(1, fields.count("grad_accum_steps").longValue());
        return new EpochLength(run, findings)
                .of(Optional.of(fields.number("batch_size")), steps, run.devicesOrOne(), Remainder.BATCH_LEFT_OUT);
    }

    /** Epochs of the run. Source: timm/scheduler/scheduler_factory.py: a cycle, a warm-up before it, and what follows it. */
    private Quantity epochs() {
        Quantity epochs = fields.number("epochs");
        Expression all = epochs.value();
        if (fields.isOn("warmup_prefix")) {
            all = all.plus(fields.number("warmup_epochs").value());
        }
        if (List.of("cosine", "poly", "tanh").contains(fields.text("sched"))) {
            all = all.plus(fields.number("cooldown_epochs").value());
        }
        return all.equals(epochs.value()) ? epochs : epochs.derived(all, "epochs with warm-up and cooldown");
    }

    private PytorchObject optimizer() {
        String opt = fields.text("opt").toLowerCase(Locale.ROOT);
        String name = opt.startsWith(LOOKAHEAD) ? opt.substring(LOOKAHEAD.length()) : opt;
        Optional<Place> place = fields.place("opt");
        Optional<TimmOptimizers.Known> known = TimmOptimizers.of(name);
        if (known.isEmpty()) {
            return new PytorchObject("timm.optim." + name, Map.of(), place);
        }
        PytorchObject optimizer = new PytorchObject(known.get().classPath(), Map.of(), place);
        for (Map.Entry<String, String> set : known.get().sets().entrySet()) {
            boolean flag = set.getValue().equals("1") || set.getValue().equals("0");
            Quantity number = Quantity.byDefault(set.getValue(), "timm's " + set.getKey() + " of " + name);
            optimizer =
                    optimizer.with(set.getKey(), flag ? new Flag(set.getValue().equals("1"), place) : new Num(number));
        }
        if (known.get().takes().contains("momentum")) {
            optimizer = optimizer.with("momentum", new Num(fields.number("momentum")));
        }
        List<Quantity> betas = known.get().takes().contains("betas") ? fields.numbers("opt_betas") : List.of();
        if (!betas.isEmpty()) {
            List<PytorchValue> numbers =
                    betas.stream().<PytorchValue>map(Num::new).toList();
            optimizer = optimizer.with("betas", new Many(numbers, fields.place("opt_betas")));
        }
        Optional<Quantity> eps = known.get().takes().contains("eps") ? fields.given("opt_eps") : Optional.empty();
        explain(name);
        optimizer = optimizer.with(fields.mapping("opt_kwargs"));
        if (opt.startsWith(LOOKAHEAD)) {
            optimizer = optimizer
                    .with("lookahead_k", new Num(fields.number("lookahead_k")))
                    .with("lookahead_alpha", new Num(fields.number("lookahead_alpha")));
        }
        return eps.isPresent() ? optimizer.with("eps", new Num(eps.get())) : optimizer;
    }

    private void explain(String name) {
        if (name.equals("sgd")) {
            findings.add(
                    Finding.of(Code.SS241, "timm's opt sgd is SGD with Nesterov momentum; without it is opt momentum")
                            .at(fields.place("opt")));
        }
    }

    /** Where lr is not given, it grows with the batch. */
    private Quantity rate() {
        Optional<Quantity> given = fields.given("lr");
        if (given.isPresent()) {
            return given.get();
        }
        Quantity base = fields.number("lr_base");
        Quantity batch = fields.number("batch_size");
        Expression ratio = batch.value()
                .times(fields.number("grad_accum_steps").value())
                .times(Expression.literal(run.devicesOrOne()))
                .over(fields.number("lr_base_size").value());
        String opt = fields.text("opt").toLowerCase(Locale.ROOT);
        String scale = fields.text("lr_base_scale");
        boolean root = scale.equals("sqrt") || scale.isEmpty() && (opt.contains("ada") || opt.contains("lamb"));
        String how = "lr is not given: it is lr_base times the global batch over lr_base_size"
                + (root ? ", of which the root is taken" : "");
        if (run.devices().isEmpty()) {
            findings.add(Finding.of(Code.SS441, how + "; the number of devices is not in the file, and one is assumed")
                    .at(base.place())
                    .detail("--gpus says how many there are. With lr, the file says all of it."));
        }
        return base.derived(base.value().times(root ? ratio.power(HALF) : ratio), "lr_base scaled with the batch");
    }

    private List<BeforeStep> beforeStep() {
        List<BeforeStep> before = new ArrayList<>();
        long steps = fields.count("grad_accum_steps").longValue();
        if (steps > 1) {
            before.add(BeforeStep.all(new Stage.Accumulation((int) Math.min(steps, Stage.Accumulation.MOST), true)));
        }
        fields.given("layer_decay")
                .filter(decay -> !decay.isOne())
                .ifPresent(decay -> before.add(BeforeStep.all(new UnknownStage("layer_decay " + decay.text()))));
        fields.given("clip_grad")
                .ifPresent(threshold -> before.add(BeforeStep.all(
                        switch (fields.text("clip_mode")) {
                            case "norm" -> GradientClips.norm(threshold);
                            case "value" -> new Stage.Clip(Stage.Clip.Kind.VALUE, threshold);
                            default -> new UnknownStage("clip_mode " + fields.text("clip_mode"));
                        })));
        return before;
    }

    private Optional<Scheduling> scheduling() {
        String name = fields.text("sched");
        Optional<Place> place = fields.place("sched");
        boolean updates = fields.isOn("sched_on_updates");
        Optional<Quantity> length = updates ? epochLength() : Optional.empty();
        length.ifPresent(n -> findings.add(Finding.of(
                        Code.SS431, "the steps of sched " + name + " are updates: an epoch has " + EpochLength.words(n))
                .at(place)));
        UnaryOperator<Quantity> counted = length.<UnaryOperator<Quantity>>map(
                        n -> epochs -> epochs.derived(epochs.value().times(n.value()), "epochs in updates"))
                .orElse(UnaryOperator.identity());
        Function<Quantity, PytorchValue> unit = epochs ->
                updates && length.isEmpty() ? new PytorchValue.Epochs(epochs) : new Num(counted.apply(epochs));
        PytorchObject schedule = new PytorchObject("timm.scheduler." + className(name), Map.of(), place)
                .with("warmup_t", epochs("warmup_epochs", unit))
                .with("warmup_lr_init", new Num(fields.number("warmup_lr")))
                .with("warmup_prefix", new Flag(fields.isOn("warmup_prefix"), place));
        PytorchObject cycles = schedule.with("t_initial", epochs("epochs", unit))
                .with("lr_min", new Num(fields.number("min_lr")))
                .with("cycle_limit", new Num(fields.number("lr_cycle_limit")))
                .with("cycle_mul", new Num(fields.number("lr_cycle_mul")))
                .with("k_decay", new Num(fields.number("lr_k_decay")));
        Optional<PytorchObject> whole = switch (fields.has("lr_noise") ? "lr_noise" : name) {
            case "cosine" -> Optional.of(cycles);
            case "poly" -> Optional.of(cycles.with("power", new Num(fields.number("decay_rate"))));
            case "step" ->
                Optional.of(schedule.with("decay_t", epochs("decay_epochs", unit))
                        .with("decay_rate", new Num(fields.number("decay_rate"))));
            case "constant" -> Optional.of(schedule);
            case "multistep" ->
                Optional.of(schedule.with("decay_t", milestones(unit))
                        .with("decay_rate", new Num(fields.number("decay_rate"))));
            case "none" -> Optional.empty();
            default -> {
                findings.add(Finding.of(
                                Code.SS441,
                                "how the rate changes by sched " + name + (fields.has("lr_noise") ? " with noise" : "")
                                        + " is not in the file")
                        .at(place)
                        .detail("Only the named rate is known."));
                yield Optional.of(PytorchObject.of(name));
            }
        };
        Schedule.Unit steps = length.isPresent()
                ? Schedule.Unit.UPDATES
                : updates ? Schedule.Unit.EPOCH_SHARES : Schedule.Unit.EPOCHS;
        boolean known = whole.filter(s -> s.classPath().startsWith("timm.")).isPresent();
        return whole.map(s -> new Scheduling(s, known ? steps : Schedule.Unit.NOT_SAID));
    }

    private static String className(String name) {
        return switch (name) {
            case "cosine" -> "CosineLRScheduler";
            case "poly" -> "PolyLRScheduler";
            case "multistep" -> "MultiStepLRScheduler";
            default -> "StepLRScheduler";
        };
    }

    private PytorchValue epochs(String field, Function<Quantity, PytorchValue> unit) {
        return unit.apply(fields.number(field));
    }

    private Many milestones(Function<Quantity, PytorchValue> unit) {
        return new Many(
                fields.numbers("decay_milestones").stream().map(unit).toList(), fields.place("decay_milestones"));
    }
}
