package samestep.dialect.pytorch.yacs;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import samestep.dialect.pytorch.form.YamlText;
import samestep.dialect.pytorch.object.GroupSummary;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
import samestep.dialect.pytorch.object.ParameterRules;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.python.LoopWriter;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;

/** Writes detectron2's SOLVER: SGD, decays of normalisations and biases, a warm-up, steps, a cosine or a power. */
final class DetectronWriter {
    private static final String FORM = "detectron2";

    private DetectronWriter() {}

    static PytorchConfiguration sayable(PytorchConfiguration given, List<Finding> findings) {
        PytorchConfiguration grouped = groups(optimizer(given, findings), findings);
        PytorchConfiguration configuration = LoopWriter.sayable(grouped, FORM, false, findings);
        Optional<Schedule> schedule = LoopWriter.schedule(configuration).filter(s -> s.unit() == Schedule.Unit.UPDATES);
        OptionalLong run = LoopWriter.updates(configuration);
        Optional<PytorchObject> scheduler = schedule.flatMap(s -> DetectronSchedule.of(s.form(), run));
        if (scheduler.isEmpty()) {
            String name = configuration
                    .scheduling()
                    .map(s -> s.scheduler().className())
                    .orElse("this");
            LoopWriter.constant(
                    configuration,
                    FORM + " has no schedule like " + name + ", or it needs to know how many updates the run has",
                    findings);
        }
        PytorchObject said = scheduler.orElseGet(() -> DetectronSchedule.constant(run));
        return configuration.withScheduling(Optional.of(new Scheduling(said, Schedule.Unit.UPDATES)));
    }

    private static PytorchConfiguration optimizer(PytorchConfiguration given, List<Finding> findings) {
        PytorchObject optimizer = given.optimizer();
        Map<String, PytorchValue> arguments = new LinkedHashMap<>(optimizer.arguments());
        if (!optimizer.className().equals("SGD")) {
            findings.add(Finding.of(Code.SS204, FORM + " has no " + optimizer.className() + "; written: SGD"));
            arguments.keySet().retainAll(List.of("lr", "weight_decay"));
        } else if (optimizer.number("dampening").filter(d -> !d.isZero()).isPresent()) {
            findings.add(Finding.of(Code.SS204, FORM + " has no dampening; it is as if it were 0"));
        }
        arguments.keySet().retainAll(List.of("lr", "weight_decay", "momentum", "nesterov"));
        return given.with(new PytorchObject("torch.optim.SGD", arguments, optimizer.place()));
    }

    /** Weights, normalisations and biases may have decays of their own, and biases a rate. */
    private static PytorchConfiguration groups(PytorchConfiguration given, List<Finding> findings) {
        GroupSummary summary = new GroupSummary(given);
        Quantity main = summary.mainDecay();
        Quantity norm = summary.decay(Role.GAMMA).orElse(main);
        Quantity bias = summary.decay(Role.BIAS).orElse(main);
        BigDecimal factor = summary.multiplier(Role.BIAS);
        boolean own = bias.decimal().compareTo(main.decimal()) != 0;
        BigDecimal offset = own ? bias.decimal() : norm.decimal();
        summary.report(
                FORM,
                role -> switch (role) {
                    case GAMMA -> norm.decimal();
                    case BETA -> offset;
                    case BIAS -> bias.decimal();
                    default -> main.decimal();
                },
                role -> role == Role.BIAS || role == Role.BETA ? factor : BigDecimal.ONE,
                findings);
        Map<String, PytorchValue> biases = new LinkedHashMap<>();
        if (factor.compareTo(BigDecimal.ONE) != 0) {
            Quantity rate = given.optimizer().number("lr").orElse(main);
            Quantity times = rate.derived(rate.value().times(Expression.literal(factor)), "lr of biases");
            biases.put("lr", new Num(new Quantity(times.value(), times.written(), times.origin())));
        }
        if (own) {
            biases.put("weight_decay", new Num(bias));
        }
        Map<String, PytorchValue> offsets = new LinkedHashMap<>(Map.of("weight_decay", new Num(norm)));
        offsets.putAll(biases);
        PytorchObject optimizer = given.optimizer().with("weight_decay", new Num(main));
        return given.with(optimizer)
                .withRule(Optional.of(ParameterRules.DETECTRON))
                .withGroups(List.of(
                        group(Role.GAMMA, Map.of("weight_decay", new Num(norm))),
                        group(Role.BETA, offsets),
                        group(Role.BIAS, biases),
                        new ParameterGroup(new Members.Rest(), Map.of())));
    }

    private static ParameterGroup group(Role role, Map<String, PytorchValue> arguments) {
        return new ParameterGroup(new Members.OfRole(Set.of(role)), arguments);
    }

    /** The document. */
    static String print(PytorchConfiguration sayable) {
        GroupSummary summary = new GroupSummary(sayable);
        YamlText text = new YamlText().open("SOLVER");
        PytorchObject optimizer = sayable.optimizer();
        optimizer.number("lr").ifPresent(rate -> text.line("BASE_LR", YamlText.number(rate)));
        text.line("MOMENTUM", optimizer.number("momentum").map(YamlText::number).orElse("0.0"));
        if (optimizer.isOn("nesterov")) {
            text.line("NESTEROV", "True");
        }
        Quantity main = summary.mainDecay();
        Quantity bias = summary.decay(Role.BIAS).orElse(main);
        text.line("WEIGHT_DECAY", YamlText.number(main));
        text.line("WEIGHT_DECAY_NORM", YamlText.number(summary.decay(Role.GAMMA).orElse(main)));
        if (bias.decimal().compareTo(main.decimal()) != 0) {
            text.line("WEIGHT_DECAY_BIAS", YamlText.number(bias));
        }
        BigDecimal factor = summary.multiplier(Role.BIAS);
        if (factor.compareTo(BigDecimal.ONE) != 0) {
            String plain = factor.stripTrailingZeros().toPlainString();
            text.line("BIAS_LR_FACTOR", plain.contains(".") ? plain : plain + ".0");
        }
        LoopWriter.updates(sayable).ifPresent(updates -> text.line("MAX_ITER", Long.toString(updates)));
        sayable.scheduling().ifPresent(scheduling -> schedule(text, scheduling.scheduler()));
        LoopWriter.clip(sayable)
                .ifPresent(clip -> text.open("CLIP_GRADIENTS")
                        .line("ENABLED", "True")
                        .line("CLIP_TYPE", clip.kind() == Stage.Clip.Kind.VALUE ? "value" : "norm")
                        .line("CLIP_VALUE", YamlText.number(clip.threshold()))
                        .close());
        return text.close().line("VERSION", "2").toString();
    }

    private static void schedule(YamlText text, PytorchObject schedule) {
        text.line("LR_SCHEDULER_NAME", schedule.className());
        if (schedule.className().equals("WarmupMultiStepLR")) {
            String steps = schedule.numbers("milestones").stream()
                    .map(step -> YamlText.number(step) + ",")
                    .collect(Collectors.joining(" ", "(", ")"));
            text.line("STEPS", steps);
            schedule.number("gamma").ifPresent(gamma -> text.line("GAMMA", YamlText.number(gamma)));
        } else if (schedule.className().equals("WarmupPolyLR")) {
            schedule.number("power").ifPresent(power -> text.line("POLY_LR_POWER", YamlText.number(power)));
        } else {
            schedule.number("end").ifPresent(end -> text.line("BASE_LR_END", YamlText.number(end)));
        }
        Quantity steps = schedule.number("warmup_iters").orElseThrow();
        if (!steps.isZero()) {
            schedule.text("warmup_method").ifPresent(method -> text.line("WARMUP_METHOD", method));
            schedule.number("warmup_factor").ifPresent(factor -> text.line("WARMUP_FACTOR", YamlText.number(factor)));
        }
        text.line("WARMUP_ITERS", YamlText.number(steps));
    }
}
