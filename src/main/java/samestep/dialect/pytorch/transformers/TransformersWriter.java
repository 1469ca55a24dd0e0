package samestep.dialect.pytorch.transformers;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import samestep.dialect.pytorch.form.YamlText;
import samestep.dialect.pytorch.object.DecayRule;
import samestep.dialect.pytorch.object.GroupSummary;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.python.LoopWriter;
import samestep.dialect.pytorch.schedule.PytorchScheduleWriter;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Cosine;
import samestep.recipe.EpochShares;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/** Writes the arguments of Hugging Face's Trainer. */
final class TransformersWriter {
    private static final String FORM = "the Trainer";
    private static final Map<String, String> OPTIMIZERS =
            Map.of("AdamW", "adamw_torch", "SGD", "sgd", "Adagrad", "adagrad", "RMSprop", "rmsprop");
    private static final List<String> ADAM = List.of("lr", "weight_decay", "betas", "eps");

    private TransformersWriter() {}

    /** Two groups by its rule, one of its optimizers, one of its schedules, its clipping. */
    static PytorchConfiguration sayable(PytorchConfiguration given, List<Finding> findings) {
        PytorchConfiguration named = optimizer(given, findings);
        PytorchConfiguration grouped = DecayRule.TRANSFORMERS.sayable(named, FORM, findings);
        PytorchConfiguration configuration = LoopWriter.sayable(grouped, FORM, true, findings);
        if (configuration.scheduling().stream().allMatch(s -> s.unit() == Schedule.Unit.EPOCH_SHARES)) {
            return configuration;
        }
        Optional<Schedule> schedule = LoopWriter.schedule(configuration).filter(s -> s.unit() == Schedule.Unit.UPDATES);
        Optional<PytorchObject> said = schedule.flatMap(s -> scheduler(s.form(), s.horizon()));
        if (said.isEmpty()) {
            String name = configuration.scheduling().get().scheduler().className();
            return LoopWriter.constant(
                    configuration,
                    FORM + " has no schedule like " + name + ", or its run has another length",
                    findings);
        }
        Optional<Long> steps =
                said.get().number("num_training_steps").map(q -> q.decimal().longValue());
        return configuration
                .withScheduling(Optional.of(new Scheduling(said.get(), Schedule.Unit.UPDATES)))
                .withUpdates(steps.isPresent() ? OptionalLong.of(steps.get()) : configuration.updates());
    }

    /** Adam without a decay is AdamW without one. */
    private static PytorchConfiguration optimizer(PytorchConfiguration given, List<Finding> findings) {
        PytorchObject optimizer = given.optimizer();
        boolean torch = optimizer.classPath().startsWith("torch.");
        boolean adam = optimizer.className().equals("Adam");
        if (torch && OPTIMIZERS.containsKey(optimizer.className())) {
            return given;
        }
        Quantity decay = new GroupSummary(given).mainDecay();
        boolean decayed = !decay.isZero();
        if (!adam || decayed) {
            findings.add(Finding.of(
                    Code.SS204,
                    FORM + " has no " + optimizer.className() + (adam ? " with its decay in the gradient" : "")
                            + "; written: AdamW"));
        }
        Map<String, PytorchValue> arguments = new LinkedHashMap<>(optimizer.arguments());
        arguments.keySet().retainAll(ADAM);
        if (!adam) {
            arguments.keySet().retainAll(List.of("lr", "weight_decay"));
        }
        // AdamW has a decay where none is written, and Adam has not.
        arguments.putIfAbsent("weight_decay", new Num(decay));
        return given.with(new PytorchObject("torch.optim.AdamW", arguments, optimizer.place()));
    }

    /** One of its schedules with its length in epochs, and with the warm-up as a share of it. */
    static Optional<PytorchObject> scheduler(EpochShares shares) {
        return scheduler(shares.onGrid(), OptionalLong.empty()).flatMap(TransformersWriter::inEpochs);
    }

    private static Optional<PytorchObject> inEpochs(PytorchObject onGrid) {
        Optional<BigDecimal> steps = onGrid.number("num_training_steps").map(Quantity::decimal);
        Optional<BigDecimal> warmup = onGrid.number("num_warmup_steps").map(Quantity::decimal);
        if (steps.isEmpty() || warmup.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal share = warmup.get().divide(steps.get(), Exact.DIGITS).stripTrailingZeros();
        if (share.multiply(steps.get()).compareTo(warmup.get()) != 0) {
            // A share such as a third has no decimal.
            return Optional.empty();
        }
        Quantity epochs = Quantity.byDefault(
                EpochShares.epochs(steps.get().longValueExact()).toPlainString(), "");
        Quantity ratio = Quantity.byDefault(share.toPlainString(), "");
        return Optional.of(onGrid.with(
                        "num_warmup_steps",
                        new PytorchValue.Epochs(
                                Optional.of("warmup_ratio"),
                                ratio,
                                ratio.value().times(epochs.value())))
                .with("num_training_steps", new PytorchValue.Epochs(epochs)));
    }

    private static Optional<PytorchObject> scheduler(ScheduleForm form, OptionalLong run) {
        if (form instanceof Sequence sequence && sequence.starts().size() == 1) {
            ScheduleForm rise = sequence.pieces().get(0);
            long warmup = sequence.starts().get(0);
            boolean linear = rise instanceof ScheduleForm.Polynomial p
                    && isZero(p.base())
                    && isOne(p.power())
                    && Exact.ceiling(p.horizon()) == warmup;
            return linear ? scheduler(sequence.pieces().get(1), warmup, run) : Optional.empty();
        }
        return scheduler(form, 0, run);
    }

    private static Optional<PytorchObject> scheduler(ScheduleForm form, long warmup, OptionalLong run) {
        if (form instanceof ScheduleForm.Constant) {
            return Optional.of(PytorchObject.of("transformers.get_constant_schedule_with_warmup")
                    .with("num_warmup_steps", LoopWriter.count(warmup)));
        }
        Optional<Expression> length = form instanceof ScheduleForm.Polynomial p
                ? Optional.of(p.horizon())
                : form instanceof Cosine c && isZero(c.end()) && isZero(c.phase())
                        ? Optional.of(c.horizon())
                        : Optional.empty();
        if (length.isEmpty() || !PytorchScheduleWriter.isWhole(length.get())) {
            return Optional.empty();
        }
        long steps = warmup + Exact.ceiling(length.get());
        if (run.isPresent() && run.getAsLong() != steps) {
            return Optional.empty();
        }
        if (form instanceof ScheduleForm.Polynomial p) {
            boolean linear = isZero(p.end()) && isOne(p.power());
            PytorchObject polynomial = of("get_polynomial_decay_schedule_with_warmup", warmup, steps)
                    .with("lr_end", new Num(quantity(p.end())))
                    .with("power", new Num(quantity(p.power())));
            return Optional.of(linear ? of("get_linear_schedule_with_warmup", warmup, steps) : polynomial);
        }
        return Optional.of(of("get_cosine_schedule_with_warmup", warmup, steps));
    }

    private static Quantity quantity(Expression value) {
        Quantity plain = new Quantity(value, "", Quantity.byDefault("0", "").origin());
        return new Quantity(value, plain.written(), plain.origin());
    }

    private static PytorchObject of(String function, long warmup, long steps) {
        return PytorchObject.of("transformers." + function)
                .with("num_warmup_steps", LoopWriter.count(warmup))
                .with("num_training_steps", LoopWriter.count(steps));
    }

    private static boolean isZero(Expression value) {
        return Exact.value(value).signum() == 0;
    }

    private static boolean isOne(Expression value) {
        return PytorchScheduleWriter.same(value, ScheduleForm.ONE);
    }

    /**
     * The document.
     *
     * @param head fields that it begins with
     * @param names what the program calls the arguments
     */
    static String print(PytorchConfiguration sayable, Map<String, String> head, Map<String, String> names) {
        YamlText text = new YamlText();
        head.forEach(text::line);
        PytorchObject optimizer = sayable.optimizer();
        text.line(names.getOrDefault("optim", "optim"), OPTIMIZERS.getOrDefault(optimizer.className(), "adamw_torch"));
        optimizer.number("lr").ifPresent(rate -> text.line("learning_rate", YamlText.number(rate)));
        text.line("weight_decay", YamlText.number(new GroupSummary(sayable).mainDecay()));
        if (optimizer.className().equals("AdamW")) {
            optimizer.number("betas[0]").ifPresent(beta -> text.line("adam_beta1", YamlText.number(beta)));
            optimizer.number("betas[1]").ifPresent(beta -> text.line("adam_beta2", YamlText.number(beta)));
            optimizer.number("eps").ifPresent(eps -> text.line("adam_epsilon", YamlText.number(eps)));
        } else {
            String others = optimizer.arguments().entrySet().stream()
                    .filter(argument -> !List.of("lr", "weight_decay").contains(argument.getKey()))
                    .map(argument -> argument.getKey() + "=" + YamlText.value(argument.getValue()))
                    .collect(Collectors.joining(","));
            if (!others.isEmpty()) {
                text.line("optim_args", "\"" + others + "\"");
            }
        }
        schedule(text, sayable, names);
        text.line(
                "max_grad_norm",
                LoopWriter.clip(sayable)
                        .map(clip -> YamlText.number(clip.threshold()))
                        .orElse("0.0"));
        int microSteps = LoopWriter.microSteps(sayable);
        if (microSteps > 1) {
            text.line("gradient_accumulation_steps", Integer.toString(microSteps));
        }
        return text.toString();
    }

    private static void schedule(YamlText text, PytorchConfiguration sayable, Map<String, String> names) {
        Optional<PytorchObject> schedule = sayable.scheduling().map(Scheduling::scheduler);
        String type =
                schedule.flatMap(s -> TransformersScheduler.type(s.className())).orElse("constant");
        text.line(names.getOrDefault("lr_scheduler_type", "lr_scheduler_type"), type);
        boolean inEpochs = sayable.scheduling().stream().anyMatch(s -> s.unit() == Schedule.Unit.EPOCH_SHARES);
        schedule.flatMap(s -> s.number("num_warmup_steps"))
                .ifPresent(rise -> text.line(inEpochs ? "warmup_ratio" : "warmup_steps", YamlText.number(rise)));
        schedule.filter(s -> inEpochs)
                .flatMap(s -> s.number("num_training_steps"))
                .ifPresent(epochs ->
                        text.line(names.getOrDefault("num_train_epochs", "num_train_epochs"), YamlText.number(epochs)));
        LoopWriter.updates(sayable).ifPresent(steps -> text.line("max_steps", Long.toString(steps)));
        Map<String, PytorchValue> others =
                schedule.map(s -> new LinkedHashMap<>(s.arguments())).orElseGet(LinkedHashMap::new);
        others.keySet().removeAll(List.of("num_warmup_steps", "num_training_steps"));
        if (!others.isEmpty()) {
            text.open("lr_scheduler_kwargs").lines(others).close();
        }
    }
}
