package samestep.dialect.pytorch.deepspeed;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FormSettings;
import samestep.dialect.pytorch.form.Outside;
import samestep.dialect.pytorch.form.VersionNotes;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Flag;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.PytorchValue.Text;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.schedule.SchedulerArguments;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.setting.Settings;
import samestep.recipe.version.Dated;

/**
 * From DeepSpeed's configuration to what its engine does: the mean over accumulated steps, clipped, the optimizer, and a schedule
 * that sets the rate after each update. Source: runtime/engine.py, _configure_basic_optimizer and _take_model_step.
 */
final class DeepSpeedReader {
    private static final Set<String> OWN =
            Set.of("lamb", "onebitadam", "zerooneadam", "onebitlamb", "muadam", "muadamw", "musgd", "muon");

    private static final String MOST = "warmup_max_lr";
    /** Of the schedules that warm up; runtime/lr_schedules.py of 0.15.2 and 0.15.3. */
    private static final Dated FIRST_RATE = Dated.parse(
                    "that of warmup_min_lr or warmup_min_ratio, the optimizer's lr before 0.15.3")
            .orElseThrow();

    private final Input input;
    private final Fields fields;
    private final List<Finding> findings;

    DeepSpeedReader(Input input, Fields fields, List<Finding> findings) {
        this.input = input;
        this.fields = fields;
        this.findings = findings;
    }

    Outcome<PytorchConfiguration> read() {
        if (auto()) {
            return Outcome.failed(findings);
        }
        PytorchObject optimizer = optimizer();
        List<BeforeStep> before = new ArrayList<>();
        long steps = fields.count("gradient_accumulation_steps").longValue();
        if (steps > 1) {
            before.add(BeforeStep.all(new Stage.Accumulation((int) Math.min(steps, Stage.Accumulation.MOST), true)));
        }
        clip().ifPresent(before::add);
        PytorchConfiguration configuration = PytorchConfiguration.of("DeepSpeed", optimizer)
                .withBeforeStep(before)
                .withScheduling(scheduling())
                .withSettings(new Settings(FormSettings.devices(input.run())))
                .withBatchSize(batch(steps));
        explain(optimizer);
        return Outcome.of(Outside.note(configuration, fields, Place.start(input.source()), findings), findings);
    }

    /** The Trainer fills such values from its own arguments. */
    private boolean auto() {
        List<String> automatic = fields.autos().stream()
                .filter(path ->
                        path.startsWith("optimizer.") || path.startsWith("scheduler.") || path.startsWith("gradient_"))
                .toList();
        if (automatic.isEmpty()) {
            return false;
        }
        findings.add(Finding.of(
                        Code.SS213, "Hugging Face's Trainer fills in what is \"auto\": " + String.join(", ", automatic))
                .as(Severity.ERROR)
                .at(fields.where(automatic.get(0)))
                .detail("Read the Trainer's arguments in its place: they say it."));
        return true;
    }

    /** Types are compared in lower case; those that are not DeepSpeed's own are classes of torch.optim. */
    private PytorchObject optimizer() {
        String type = fields.text("optimizer.type");
        String lower = type.toLowerCase(Locale.ROOT);
        Optional<Place> place = fields.place("optimizer.type");
        Map<String, PytorchValue> params = arguments("optimizer.params");
        PytorchObject given = new PytorchObject("torch.optim." + type, params, place);
        return switch (lower) {
            case "adam", "adamw" -> adam(given, lower.equals("adamw"));
            case "lion" -> new PytorchObject("deepspeed.FusedLion", params, place);
            case "adagrad" -> new PytorchObject("torch.optim.Adagrad", params, place);
            default -> OWN.contains(lower) ? new PytorchObject("deepspeed." + type, params, place) : given;
        };
    }

    private Map<String, PytorchValue> arguments(String section) {
        Map<String, PytorchValue> arguments = fields.mapping(section);
        arguments.keySet().forEach(name -> fields.has(section + "." + name));
        return arguments;
    }

    /** "Adam" is decoupled too, unless adam_w_mode says it is not. */
    private PytorchObject adam(PytorchObject given, boolean adamw) {
        boolean written = given.get("adam_w_mode").isPresent();
        boolean decoupled = adamw || !written || given.isOn("adam_w_mode");
        boolean torch = given.isOn("torch_adam");
        Map<String, PytorchValue> params = new LinkedHashMap<>(given.arguments());
        params.keySet().removeAll(List.of("adam_w_mode", "torch_adam", "fp32_optimizer_states"));
        if (!adamw && decoupled) {
            findings.add(Finding.of(
                            Code.SS241,
                            "DeepSpeed's Adam decays beside the gradient, as AdamW does, unless adam_w_mode is false")
                    .at(given.place()));
        }
        if (torch) {
            return new PytorchObject(decoupled ? "torch.optim.AdamW" : "torch.optim.Adam", params, given.place());
        }
        return new PytorchObject("deepspeed.FusedAdam", params, given.place())
                .with("decoupled_weight_decay", new Flag(decoupled, Optional.empty()));
    }

    private Optional<BeforeStep> clip() {
        Quantity norm = fields.number("gradient_clipping");
        return norm.decimal().signum() > 0 ? Optional.of(BeforeStep.all(GradientClips.norm(norm))) : Optional.empty();
    }

    /** Of the three numbers two are enough. */
    private Optional<Quantity> batch(long steps) {
        Optional<Quantity> micro = fields.given("train_micro_batch_size_per_gpu");
        Optional<Quantity> all = fields.given("train_batch_size");
        BigDecimal parts = BigDecimal.valueOf(Math.max(1, steps) * input.run().devicesOrOne());
        if (micro.isPresent() && all.isPresent()) {
            BigDecimal devices = all.get()
                    .decimal()
                    .divide(
                            micro.get().decimal().max(BigDecimal.ONE).multiply(BigDecimal.valueOf(Math.max(1, steps))),
                            MathContext.DECIMAL64);
            if (devices.compareTo(BigDecimal.valueOf(input.run().devicesOrOne())) != 0) {
                findings.add(Finding.of(
                                Code.SS441,
                                "train_batch_size is that of "
                                        + devices.stripTrailingZeros().toPlainString() + " devices; --gpus says how"
                                        + " many there are")
                        .at(all.get().place()));
            }
        }
        return micro.or(() -> all.map(
                a -> a.derived(a.value().over(Expression.literal(parts)), "train_batch_size / steps / devices")));
    }

    private Optional<Scheduling> scheduling() {
        if (!fields.has("scheduler.type")) {
            return Optional.empty();
        }
        String type = fields.text("scheduler.type");
        PytorchObject schedule = dated(
                type,
                new PytorchObject("deepspeed." + type, arguments("scheduler.params"), fields.place("scheduler.type")));
        if (type.startsWith("Warmup") && (schedule.get("warmup_max_lr").isPresent() || type.equals("WarmupDecayLR"))) {
            Quantity most = schedule.number("warmup_max_lr")
                    .orElse(Quantity.byDefault("0.001", "WarmupDecayLR's default of warmup_max_lr"));
            Optional<Quantity> lr = fields.given("optimizer.params.lr");
            if (lr.isPresent() && lr.get().decimal().compareTo(most.decimal()) != 0) {
                findings.add(Finding.of(
                                Code.SS203,
                                "the schedule sets the rate to " + most.written() + ", and the optimizer's lr of "
                                        + lr.get().text() + " is not used")
                        .at(schedule.place()));
            }
        }
        if (type.startsWith("Warmup") && schedule.text("warmup_type").isEmpty()) {
            findings.add(Finding.of(
                            Code.SS203,
                            "warmup_type is not given: the rate rises with the logarithm of the update, not in a line")
                    .as(Severity.NOTE)
                    .at(schedule.place()));
        }
        return Optional.of(new Scheduling(
                schedule.with("warmup_type", schedule.get("warmup_type").orElse(new Text("log", Optional.empty()))),
                Schedule.Unit.UPDATES));
    }

    /** What versions of DeepSpeed do with the same schedule. */
    private PytorchObject dated(String type, PytorchObject schedule) {
        PytorchObject made = schedule;
        if (type.equals("WarmupLR") && schedule.get(MOST).isEmpty()) {
            // Asked by its path, so that the default is reported.
            String most = fields.text("scheduler.params." + MOST);
            made = most.isEmpty() ? made : made.with(MOST, new Num(fields.number("scheduler.params." + MOST)));
        }
        if (type.startsWith("Warmup")) {
            findings.add(VersionNotes.of(
                    "the rate of the first update",
                    FIRST_RATE,
                    "deepspeed",
                    fields.version(),
                    schedule.place().orElse(Place.start(input.source()))));
        }
        boolean full = fields.version()
                .flatMap(v -> FIRST_RATE.in(v.releases()))
                .filter(FIRST_RATE.values().get(1)::equals)
                .isPresent();
        return full ? made.with(SchedulerArguments.FIRST_AT_LR, new Flag(true, Optional.empty())) : made;
    }

    private void explain(PytorchObject optimizer) {
        Quantity decay = optimizer.number("weight_decay").orElse(Quantity.byDefault("0", ""));
        if (!decay.isZero()) {
            findings.add(Finding.of(
                            Code.SS342,
                            "every parameter is read as decayed by " + decay.text()
                                    + ": the program may give DeepSpeed other groups of parameters")
                    .as(Severity.WARNING)
                    .at(decay.place()));
        }
    }
}
