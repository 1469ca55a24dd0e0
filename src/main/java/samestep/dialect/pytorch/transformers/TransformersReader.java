package samestep.dialect.pytorch.transformers;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FormSettings;
import samestep.dialect.pytorch.form.Outside;
import samestep.dialect.pytorch.form.TransformersVersions;
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
import samestep.dialect.pytorch.schedule.SchedulerArguments;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;
import samestep.recipe.setting.Settings;
import samestep.syntax.Decimals;
import samestep.text.SourceText;
import samestep.text.Spelling;

/**
 * From the arguments of Hugging Face's Trainer to what it does. Source: transformers/training_args.py, trainer.py,
 * trainer_optimizer.py: accumulation, clipping, the optimizer on two groups of parameters, a schedule stepped each update.
 */
final class TransformersReader {
    private final Input input;
    private final TrainerForm form;
    private final SourceText source;
    private final Fields fields;
    private final List<Finding> findings;

    TransformersReader(Input input, TrainerForm form, Fields fields, List<Finding> findings) {
        this.input = input;
        this.form = form;
        this.source = input.source();
        this.fields = fields;
        this.findings = findings;
    }

    PytorchConfiguration configuration() {
        Quantity decay = fields.number("weight_decay");
        PytorchObject optimizer = optimizer().with("lr", new Num(form.rate(fields, findings)));
        DecayRule.TRANSFORMERS.explain(decay, findings);
        Optional<Quantity> steps = form.updates(input, fields, findings);
        PytorchConfiguration configuration = PytorchConfiguration.of(form.framework(), optimizer)
                .with(optimizer.with("weight_decay", new Num(decay)))
                .withGroups(DecayRule.TRANSFORMERS.groups(decay))
                .withRule(Optional.of(ParameterRules.TRANSFORMERS))
                .withScheduling(scheduling(steps))
                .withEpochs(new Epochs(
                        fields.count("max_steps").signum() > 0
                                ? Optional.empty()
                                : Optional.of(fields.number("num_train_epochs")),
                        Optional.empty()))
                .withBeforeStep(beforeStep())
                .withUpdates(
                        steps.map(n -> OptionalLong.of(n.decimal().longValue())).orElse(OptionalLong.empty()))
                .withSettings(new Settings(FormSettings.devices(input.run())))
                .withBatchSize(fields.given("per_device_train_batch_size"));
        form.explain(fields, findings);
        return Outside.note(configuration, fields, Place.start(source), findings);
    }

    private PytorchObject optimizer() {
        String name = fields.isOn("adafactor") ? "adafactor" : fields.text("optim");
        Optional<Place> place = fields.place("optim").or(() -> fields.place("learning_rate"));
        PytorchObject adam = new PytorchObject("torch.optim.AdamW", Map.of(), place)
                .with(
                        "betas",
                        new Many(
                                List.of(new Num(fields.number("adam_beta1")), new Num(fields.number("adam_beta2"))),
                                place))
                .with("eps", new Num(fields.number("adam_epsilon")));
        return switch (name) {
            case "adamw_torch", "adamw_torch_fused", "adamw_torch_xla", "adamw_torch_npu_fused" -> adam;
            case "adamw_hf" -> new PytorchObject("transformers.AdamW", adam.arguments(), place);
            case "adafactor" ->
                new PytorchObject("transformers.Adafactor", Map.of(), place)
                        .with("scale_parameter", new Flag(false, place))
                        .with("relative_step", new Flag(false, place));
            case "sgd" -> new PytorchObject("torch.optim.SGD", Map.of(), place).with(arguments());
            case "adagrad" -> new PytorchObject("torch.optim.Adagrad", Map.of(), place).with(arguments());
            case "rmsprop" -> new PytorchObject("torch.optim.RMSprop", Map.of(), place).with(arguments());
            default -> new PytorchObject("transformers." + name, Map.of(), place);
        };
    }

    /** {@code optim_args: "momentum=0.9, nesterov=true"}. */
    private Map<String, PytorchValue> arguments() {
        Map<String, PytorchValue> arguments = new LinkedHashMap<>(fields.mapping("optim_args"));
        Optional<Place> place = fields.place("optim_args");
        for (String pair : fields.text("optim_args").replace(" ", "").split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String value = pair.substring(equals + 1);
                Optional<BigDecimal> number = Decimals.parse(value);
                boolean on = List.of("true", "1", "yes").contains(value.toLowerCase(Locale.ROOT));
                arguments.put(
                        pair.substring(0, equals),
                        number.isPresent() && place.isPresent()
                                ? new Num(new Quantity(
                                        Expression.literal(number.get()), value, new Origin.Written(place.get())))
                                : new Flag(on, place));
            }
        }
        return arguments;
    }

    private List<BeforeStep> beforeStep() {
        List<BeforeStep> before = new ArrayList<>();
        long steps = fields.count("gradient_accumulation_steps").longValue();
        if (steps > 1) {
            before.add(BeforeStep.all(new Stage.Accumulation((int) Math.min(steps, Stage.Accumulation.MOST), true)));
        }
        form.unsaid(fields, findings).forEach(what -> before.add(BeforeStep.all(new UnknownStage(what))));
        Quantity norm = fields.number("max_grad_norm");
        if (norm.decimal().signum() > 0) {
            before.add(BeforeStep.all(GradientClips.norm(norm)));
        }
        return before;
    }

    private Optional<Scheduling> scheduling(Optional<Quantity> length) {
        String type = fields.text("lr_scheduler_type");
        if (type.equals("constant")) {
            return Optional.empty();
        }
        Optional<Place> place = fields.place("lr_scheduler_type").or(() -> fields.place("learning_rate"));
        Map<String, PytorchValue> kwargs = fields.mapping("lr_scheduler_kwargs");
        Optional<PytorchObject> own = form.schedule(type, fields);
        Optional<String> function = TransformersScheduler.function(type);
        if (own.isEmpty() && function.isEmpty()) {
            return unread(type, kwargs, place);
        }
        if (own.isEmpty()
                && type.equals("cosine_with_min_lr")
                && !kwargs.containsKey("min_lr")
                && !kwargs.containsKey("min_lr_rate")) {
            findings.add(Finding.of(
                            Code.SS004,
                            "cosine_with_min_lr: expected min_lr or min_lr_rate in lr_scheduler_kwargs; transformers"
                                    + " refuses it without")
                    .at(place));
            return Optional.empty();
        }
        function.filter(f -> own.isEmpty())
                .ifPresent(name -> kwargs.forEach(
                        (argument, value) -> SchedulerArguments.unknown(name, name, argument, value.place())
                                .ifPresent(findings::add)));
        PytorchObject schedule = own.orElseGet(
                () -> new PytorchObject(TransformersScheduler.OF_TRAINER + function.orElse(type), kwargs, place));
        boolean endless = type.equals("constant_with_warmup") || type.equals("inverse_sqrt");
        Optional<BigDecimal> rise = form.rise(fields, length.map(Quantity::decimal));
        if (rise.isPresent() && (length.isPresent() || endless)) {
            Quantity steps = length.orElseGet(() -> fields.number("max_steps"));
            return Optional.of(new Scheduling(
                    schedule.with("num_warmup_steps", number(TransformersVersions.warmUpField(fields), rise.get()))
                            .with("num_training_steps", new Num(steps)),
                    Schedule.Unit.UPDATES));
        }
        return Optional.of(inEpochs(type, schedule, endless, place));
    }

    /** A schedule whose length is that of a run, which is counted in epochs. */
    private Scheduling inEpochs(String type, PytorchObject schedule, boolean endless, Optional<Place> place) {
        BigDecimal epochs = fields.count("num_train_epochs");
        Optional<Quantity> share = form.share(fields);
        if (share.isPresent() && !endless) {
            return new Scheduling(
                    schedule.with(
                                    "num_warmup_steps",
                                    new PytorchValue.Epochs(
                                            Optional.of("warmup_ratio"),
                                            share.get(),
                                            Expression.literal(
                                                    share.get().decimal().multiply(epochs))))
                            .with("num_training_steps", new PytorchValue.Epochs(fields.number("num_train_epochs"))),
                    Schedule.Unit.EPOCH_SHARES);
        }
        return notSaid(
                lengths(schedule),
                "the rate rises over "
                        + share.map(s -> s.decimal().toPlainString() + " of the run")
                                .orElseGet(() -> form.warmUp(fields))
                        + ", and the schedule " + type + " ends after "
                        + epochs.stripTrailingZeros().toPlainString()
                        + " epochs; the file does not say how many updates an epoch has",
                "Options say it: --dataset-size N, or --updates-per-epoch N. With max_steps, the file does.",
                place);
    }

    /** What decides the course of a schedule, though not all of it is in the file. */
    private PytorchObject lengths(PytorchObject schedule) {
        PytorchObject with = schedule;
        for (String length : List.of("warmup_steps", "warmup_ratio", "num_train_epochs", "max_steps")) {
            with = with.with(length, new Num(fields.number(length)));
        }
        return with;
    }

    /** A schedule that is not read: misspelt, measured, or not known here yet. */
    private Optional<Scheduling> unread(String type, Map<String, PytorchValue> kwargs, Optional<Place> place) {
        PytorchObject named = lengths(new PytorchObject(type, kwargs, place));
        if (TransformersScheduler.MEASURED.contains(type)) {
            return Optional.of(notSaid(
                    named,
                    "the schedule " + type + " follows what is measured in the run; no file can tell that",
                    "",
                    place));
        }
        if (TransformersScheduler.UNREAD.contains(type)) {
            return Optional.of(notSaid(named, "the schedule " + type + " cannot be read yet", "", place));
        }
        String near = Spelling.nearest(type, TransformersScheduler.types());
        findings.add(Finding.of(
                        Code.SS004,
                        "lr_scheduler_type: transformers has no schedule " + type
                                + (near.isEmpty() ? "" : "; did you mean " + near + "?"))
                .at(place));
        return Optional.empty();
    }

    private Scheduling notSaid(PytorchObject schedule, String why, String remedy, Optional<Place> place) {
        Finding finding = Finding.of(Code.SS441, why).at(place);
        findings.add(finding.detail("Only the named rate is known." + (remedy.isEmpty() ? "" : " " + remedy)));
        return new Scheduling(schedule, Schedule.Unit.NOT_SAID);
    }

    private PytorchValue number(String field, BigDecimal value) {
        return new Num(fields.number(field).derived(Expression.literal(value), "from " + field));
    }
}
