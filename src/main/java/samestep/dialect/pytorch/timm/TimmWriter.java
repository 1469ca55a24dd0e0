package samestep.dialect.pytorch.timm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.pytorch.form.YamlText;
import samestep.dialect.pytorch.object.DecayRule;
import samestep.dialect.pytorch.object.GroupSummary;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Flag;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.python.LoopWriter;
import samestep.dialect.pytorch.schedule.PytorchScheduleWriter;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Cosine;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;

/** Writes the arguments of timm's train.py. */
final class TimmWriter {
    private static final String FORM = "timm";
    private static final List<String> OWN = List.of("lr", "weight_decay", "momentum", "betas", "eps");

    private TimmWriter() {}

    static PytorchConfiguration sayable(PytorchConfiguration given, List<Finding> findings) {
        PytorchConfiguration grouped = DecayRule.TIMM.sayable(optimizer(given, findings), FORM, findings);
        PytorchConfiguration configuration = LoopWriter.sayable(grouped, FORM, true, findings);
        if (configuration.scheduling().isEmpty()) {
            return configuration;
        }
        Optional<Schedule> schedule = LoopWriter.schedule(configuration).filter(s -> s.unit() == Schedule.Unit.EPOCHS);
        Optional<PytorchObject> said = schedule.flatMap(s -> scheduler(s.form()));
        return said.isPresent()
                ? configuration.withScheduling(Optional.of(new Scheduling(said.get(), Schedule.Unit.EPOCHS)))
                : LoopWriter.constant(
                        configuration,
                        "timm's schedules are functions of epochs, and it has none like "
                                + configuration.scheduling().get().scheduler().className() + " of "
                                + configuration.scheduling().get().unit().words(),
                        findings);
    }

    private static PytorchConfiguration optimizer(PytorchConfiguration given, List<Finding> findings) {
        if (known(given.optimizer()).isPresent()) {
            return given;
        }
        findings.add(
                Finding.of(Code.SS204, FORM + " has no " + given.optimizer().className() + "; written: its AdamW"));
        Map<String, PytorchValue> arguments =
                new LinkedHashMap<>(given.optimizer().arguments());
        arguments.keySet().retainAll(List.of("lr", "weight_decay"));
        return given.with(new PytorchObject(
                "torch.optim.AdamW", arguments, given.optimizer().place()));
    }

    /** The name of an optimizer; what timm sets itself must be set so. */
    private static Optional<TimmOptimizers.Known> known(PytorchObject optimizer) {
        return TimmOptimizers.names().stream()
                .flatMap(name -> TimmOptimizers.of(name).stream())
                .filter(known -> known.classPath().equals(optimizer.classPath()))
                .filter(known -> known.sets().entrySet().stream()
                        .allMatch(set -> !set.getValue().equals("1") || optimizer.isOn(set.getKey())))
                .filter(known -> !optimizer.isOn("nesterov") || known.sets().containsKey("nesterov"))
                .findFirst();
    }

    /** Those that begin with the rate itself, and need no warm-up. */
    private static Optional<PytorchObject> scheduler(ScheduleForm form) {
        PytorchObject none = PytorchObject.of("")
                .with("warmup_t", LoopWriter.count(0))
                .with("warmup_lr_init", number(Expression.literal(0)))
                .with("warmup_prefix", new Flag(false, Optional.empty()));
        if (form instanceof Cosine c
                && Exact.value(c.phase()).signum() == 0
                && PytorchScheduleWriter.isWhole(c.horizon())) {
            return Optional.of(cycles(none, "CosineLRScheduler", c.horizon(), c.end()));
        }
        if (form instanceof ScheduleForm.Polynomial p && p.held() && PytorchScheduleWriter.isWhole(p.horizon())) {
            return Optional.of(
                    cycles(none, "PolyLRScheduler", p.horizon(), p.end()).with("power", number(p.power())));
        }
        if (form instanceof ScheduleForm.Staircase s) {
            return Optional.of(new PytorchObject("timm.scheduler.StepLRScheduler", none.arguments(), Optional.empty())
                    .with("decay_t", number(s.every()))
                    .with("decay_rate", number(s.factor())));
        }
        return Optional.empty();
    }

    private static PytorchObject cycles(PytorchObject none, String name, Expression length, Expression end) {
        return new PytorchObject("timm.scheduler." + name, none.arguments(), Optional.empty())
                .with("t_initial", LoopWriter.count(Exact.ceiling(length)))
                .with("lr_min", number(end));
    }

    private static Num number(Expression value) {
        Quantity plain = new Quantity(value, "", Quantity.byDefault("0", "").origin());
        return new Num(new Quantity(value, plain.written(), plain.origin()));
    }

    /** The document. */
    static String print(PytorchConfiguration sayable) {
        YamlText text = new YamlText();
        PytorchObject optimizer = sayable.optimizer();
        Optional<TimmOptimizers.Known> known = known(optimizer);
        text.line("opt", known.map(TimmOptimizers.Known::opt).orElse("adamw"));
        optimizer.number("lr").ifPresent(rate -> text.line("lr", YamlText.number(rate)));
        if (known.filter(k -> k.takes().contains("momentum")).isPresent()) {
            text.line(
                    "momentum",
                    optimizer.number("momentum").map(YamlText::number).orElse("0.0"));
        }
        optimizer.get("betas").ifPresent(betas -> text.line("opt_betas", betas));
        optimizer.number("eps").ifPresent(eps -> text.line("opt_eps", YamlText.number(eps)));
        text.line("weight_decay", YamlText.number(new GroupSummary(sayable).mainDecay()));
        Map<String, PytorchValue> others = new LinkedHashMap<>(optimizer.arguments());
        others.keySet().removeAll(OWN);
        known.ifPresent(k -> k.sets().forEach((name, value) -> {
            if (value.equals("1")) {
                others.remove(name);
            }
        }));
        if (!others.isEmpty()) {
            text.open("opt_kwargs").lines(others).close();
        }
        schedule(text, sayable);
        LoopWriter.clip(sayable)
                .ifPresent(clip -> text.line("clip_grad", YamlText.number(clip.threshold()))
                        .line("clip_mode", clip.kind() == Stage.Clip.Kind.VALUE ? "value" : "norm"));
        int microSteps = LoopWriter.microSteps(sayable);
        if (microSteps > 1) {
            text.line("grad_accum_steps", Integer.toString(microSteps));
        }
        return text.toString();
    }

    private static void schedule(YamlText text, PytorchConfiguration sayable) {
        Optional<PytorchObject> schedule = sayable.scheduling().map(Scheduling::scheduler);
        if (schedule.isEmpty()) {
            text.line("sched", "none");
            return;
        }
        boolean stairs = schedule.get().className().equals("StepLRScheduler");
        boolean cosine = schedule.get().className().equals("CosineLRScheduler");
        text.line("sched", stairs ? "step" : cosine ? "cosine" : "poly");
        schedule.get().number("t_initial").ifPresent(epochs -> text.line("epochs", YamlText.number(epochs)));
        schedule.get().number("lr_min").ifPresent(end -> text.line("min_lr", YamlText.number(end)));
        schedule.get().number("power").ifPresent(power -> text.line("decay_rate", YamlText.number(power)));
        schedule.get().number("decay_t").ifPresent(epochs -> text.line("decay_epochs", YamlText.number(epochs)));
        schedule.get().number("decay_rate").ifPresent(rate -> text.line("decay_rate", YamlText.number(rate)));
        text.line("warmup_epochs", "0");
    }
}
