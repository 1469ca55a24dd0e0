package samestep.dialect.pytorch.torchtitan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FormSettings;
import samestep.dialect.pytorch.form.Outside;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.PytorchValue.Text;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.setting.Settings;

/**
 * From torchtitan's tables to what its trainer does: the mean over the batches of an update, one clip of all gradients, and the optimizer,
 * which decays every parameter. Source: torchtitan/components/optimizer.py and lr_scheduler.py, torchtitan/train.py.
 */
final class TorchtitanReader {
    /** Fields of versions whose schedule is another. */
    private static final List<String> EARLIER = List.of(
            "training.batch_size",
            "training.warmup_steps",
            "lr_scheduler.lr_min",
            "optimizer.fused",
            "optimizer.foreach");

    private static final List<String> TOKENS =
            List.of("training.num_tokens_per_microbatch_per_dp_rank", "training.num_tokens_per_train_step");

    private final Input input;
    private final Fields fields;
    private final List<Finding> findings;
    private final boolean isOwnGroup;

    TorchtitanReader(Input input, Fields fields, List<Finding> findings) {
        this(input, fields, findings, false);
    }

    /** @param isOwnGroup whether PyTorch's defaults hold in the optimizer, and not torchtitan's */
    TorchtitanReader(Input input, Fields fields, List<Finding> findings, boolean isOwnGroup) {
        this.input = input;
        this.fields = fields;
        this.findings = findings;
        this.isOwnGroup = isOwnGroup;
    }

    Outcome<PytorchConfiguration> read() {
        EARLIER.stream().filter(fields::has).forEach(this::earlier);
        PytorchConfiguration configuration = PytorchConfiguration.of("torchtitan", optimizer())
                .withBeforeStep(List.of(BeforeStep.all(GradientClips.norm(fields.number("training.max_norm")))))
                .withScheduling(Optional.of(scheduling()))
                .withSettings(new Settings(FormSettings.devices(input.run())))
                .withBatchSize(batch())
                .withUpdates(OptionalLong.of(fields.count("training.steps").longValue()));
        PytorchConfiguration whole = Outside.note(configuration, fields, Place.start(input.source()), findings);
        return findings.stream().anyMatch(f -> f.severity() == Severity.ERROR)
                ? Outcome.failed(findings)
                : Outcome.of(whole, findings);
    }

    private void earlier(String field) {
        findings.add(
                Finding.of(Code.SS010, field + " is of an earlier version of torchtitan, whose schedule may be another")
                        .at(fields.where(field))
                        .detail("The form that is read has training.local_batch_size and lr_scheduler.min_lr_factor."));
    }

    private PytorchObject optimizer() {
        String name = fields.text("optimizer.name");
        Optional<Place> place = fields.place("optimizer.name");
        if (!name.equals("AdamW") && !name.equals("Adam")) {
            findings.add(Finding.of(Code.SS010, "torchtitan's optimizer " + name + " cannot be read yet")
                    .at(place));
        }
        PytorchObject optimizer =
                new PytorchObject("torch.optim." + name, Map.of(), place.or(() -> fields.place("optimizer")));
        for (String argument : List.of("lr", "eps", "weight_decay")) {
            Optional<Quantity> number = argument(argument);
            optimizer = number.isPresent() ? optimizer.with(argument, new Num(number.get())) : optimizer;
        }
        Optional<Quantity> first = argument("beta1");
        Optional<Quantity> second = argument("beta2");
        return first.isPresent() && second.isPresent()
                ? optimizer.with(
                        "betas",
                        new Many(List.of(new Num(first.get()), new Num(second.get())), fields.place("optimizer")))
                : optimizer;
    }

    private Optional<Quantity> argument(String name) {
        String field = "optimizer." + name;
        return isOwnGroup ? fields.given(field) : Optional.of(fields.number(field));
    }

    /**
     * The batch of one device; global_batch_size is that of all, in as many parts as it takes, and the mean of all of it. A batch that is
     * counted in tokens has no number of samples.
     */
    private Optional<Quantity> batch() {
        if (TOKENS.stream().anyMatch(field -> fields.where(field).isPresent())) {
            return Optional.empty();
        }
        Quantity local = fields.number("training.local_batch_size");
        Optional<Quantity> global = fields.given("training.global_batch_size")
                .filter(q -> q.decimal().signum() > 0);
        int devices = input.run().devicesOrOne();
        return Optional.of(global.map(all -> devices == 1
                        ? all
                        : all.derived(all.value().over(Expression.literal(devices)), "global_batch_size / devices"))
                .orElse(local));
    }

    private Scheduling scheduling() {
        Optional<Place> place = fields.place("lr_scheduler");
        Optional<Quantity> own = fields.given("lr_scheduler.total_steps");
        PytorchObject schedule = new PytorchObject("torchtitan.linear_warmup_stable_decay", Map.of(), place)
                .with("warmup_steps", new Num(fields.number("lr_scheduler.warmup_steps")))
                .with("total_steps", new Num(own.orElseGet(() -> fields.number("training.steps"))))
                .with("decay_type", new Text(fields.text("lr_scheduler.decay_type"), place))
                .with("min_lr_factor", new Num(fields.number("lr_scheduler.min_lr_factor")));
        Optional<Quantity> ratio = fields.given("lr_scheduler.decay_ratio");
        return new Scheduling(
                ratio.map(r -> schedule.with("decay_ratio", new Num(r))).orElse(schedule), Schedule.Unit.UPDATES);
    }
}
