package samestep.dialect.pytorch.mmengine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Entries;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.FormSettings;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.PytorchValue.Text;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.program.table.Values;
import samestep.dialect.pytorch.schedule.SchedulerArguments;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.program.value.Value;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;

/**
 * From the values of a configuration of MMCV 1 to what its Runner does. Source: mmcv/runner of 1.7.2: hooks/optimizer.py,
 * hooks/lr_updater.py, optimizer/default_constructor.py.
 */
final class MmcvReader {
    private static final Set<String> POLICIES = Set.of("fixed", "step", "exp", "inv", "poly", "cosineannealing");
    private static final Set<String> OTHERS = Set.of("policy", "by_epoch", "warmup_by_epoch");
    private static final Set<String> HOOKS = Set.of("OptimizerHook", "DistOptimizerHook", "Fp16OptimizerHook");
    private static final String CUMULATIVE = "GradientCumulativeOptimizerHook";

    private final Input input;
    private final Entries all;
    private final List<Finding> findings;

    MmcvReader(Input input, Entries all, List<Finding> findings) {
        this.input = input;
        this.all = all;
        this.findings = findings;
    }

    PytorchConfiguration read() {
        Optional<Entries> config = all.inner("optimizer");
        Optional<Entries> paramwise = config.flatMap(
                c -> Paramwise.isEmpty(c.get("paramwise_cfg")) ? Optional.empty() : c.inner("paramwise_cfg"));
        config.flatMap(c -> c.text("constructor"))
                .filter(name -> !name.equals("DefaultOptimizerConstructor"))
                .ifPresent(name -> findings.add(Finding.at(
                        config.get().at("constructor"),
                        Code.SS010,
                        "the constructor " + name + " sorts the parameters by rules of its own, which cannot be read"
                                + " yet")));
        PytorchObject optimizer = config.map(c -> new OptimizerConfig(c, findings).object())
                .orElseGet(() -> PytorchObject.of("mmcv.none"));
        Optional<Quantity> batch =
                all.get("data").isPresent() ? all.inner("data").flatMap(this::batch) : Optional.empty();
        Optional<Entries> hook =
                all.get("optimizer_config").isPresent() ? all.inner("optimizer_config") : Optional.empty();
        List<BeforeStep> before = hook.map(this::before).orElse(List.of());
        int every = before.stream()
                .map(BeforeStep::stage)
                .filter(Stage.Accumulation.class::isInstance)
                .mapToInt(s -> ((Stage.Accumulation) s).microSteps())
                .findFirst()
                .orElse(1);
        if (all.get("fp16").isPresent()) {
            findings.add(Finding.at(
                    all.at("fp16"),
                    Code.SS041,
                    "fp16 computes in half precision and scales the loss; the scale is taken out again before the"
                            + " clip and the update"));
        }
        new Around(all, findings).check();
        if (all.get("momentum_config").isPresent()) {
            findings.add(Finding.at(
                    all.at("momentum_config"),
                    Code.SS010,
                    "momentum_config changes the momentum, which is not read yet"));
        }
        RunLength length = length(batch, every);
        return length.on(OptimizerConfig.configuration("MMCV", optimizer, paramwise, findings))
                .withScheduling(scheduling(length))
                .withBeforeStep(before)
                .withBatchSize(batch)
                .withSettings(MmengineSettings.of(all, FormSettings.devices(input.run())));
    }

    private Optional<Quantity> batch(Entries data) {
        Optional<Entries> loader =
                data.get("train_dataloader").isPresent() ? data.inner("train_dataloader") : Optional.empty();
        return loader.flatMap(l -> l.number("samples_per_gpu")).or(() -> data.number("samples_per_gpu"));
    }

    private List<BeforeStep> before(Entries hook) {
        List<BeforeStep> before = new ArrayList<>();
        String type = hook.text("type").orElse("OptimizerHook");
        hook.has("detect_anomalous_params");
        long every = type.equals(CUMULATIVE) ? hook.whole("cumulative_iters").orElse(1L) : 1;
        if (every > 1 && every <= Stage.Accumulation.MOST) {
            before.add(BeforeStep.all(new Stage.Accumulation((int) every, true)));
        } else if (every != 1) {
            findings.add(Finding.at(
                    hook.at("cumulative_iters"), Code.SS010, every + " batches in an update cannot be read"));
        }
        if (!HOOKS.contains(type) && !type.equals(CUMULATIVE)) {
            findings.add(Finding.at(
                    hook.at("type"), Code.SS010, "the hook " + type + " makes the update, and cannot be read yet"));
        }
        List.of("loss_scale", "distributed", "coalesce", "bucket_size_mb").forEach(hook::has);
        if (hook.get("grad_clip").isPresent()) {
            // MMCV 1 clips by the norm only, with the arguments of PyTorch's function.
            hook.inner("grad_clip")
                    .filter(clip -> !clip.fields().isEmpty())
                    .flatMap(clip -> OptimizerConfig.clipByNorm(clip, findings))
                    .ifPresent(before::add);
        }
        hook.unasked()
                .forEach(field -> findings.add(Finding.at(
                        hook.at(field),
                        Code.SS010,
                        hook.name(field) + " is not known here, and may change the update")));
        return before;
    }

    private RunLength length(Optional<Quantity> batch, int every) {
        Optional<Entries> runner = all.get("runner").isPresent() ? all.inner("runner") : Optional.empty();
        runner.flatMap(r -> r.text("type"))
                .filter(type -> !Set.of("EpochBasedRunner", "IterBasedRunner").contains(type))
                .ifPresent(type -> findings.add(
                        Finding.at(runner.get().at("type"), Code.SS043, "the runner " + type + " is not read")));
        return RunLength.of(
                runner.flatMap(r -> r.number("max_epochs")).or(() -> all.number("total_epochs")),
                runner.flatMap(r -> r.whole("max_iters")).or(() -> all.whole("total_iters")),
                batch,
                every,
                input.run(),
                findings);
    }

    private Optional<Scheduling> scheduling(RunLength length) {
        Optional<Entries> config = all.get("lr_config").isPresent() ? all.inner("lr_config") : Optional.empty();
        if (config.isEmpty()) {
            return Optional.empty();
        }
        Entries lr = config.get();
        String policy = lr.text("policy").orElse("").toLowerCase(java.util.Locale.ROOT);
        if (!POLICIES.contains(policy)) {
            findings.add(Finding.at(
                    lr.at("policy"), Code.SS010, "the policy " + policy + " of lr_config cannot be read yet"));
            return Optional.empty();
        }
        boolean byEpoch = lr.isOn("by_epoch", true);
        boolean isWarmed = lr.get("warmup").isPresent();
        boolean warmsByEpoch = lr.isOn("warmup_by_epoch", false);
        boolean iterations = !byEpoch && !(isWarmed && warmsByEpoch);
        boolean inEpochs = byEpoch && !isWarmed && (!length.knowsEpochs() || length.every() == 1);
        if (inEpochs || iterations || length.knowsEpochs()) {
            return Optional.of(new Scheduling(
                    object(lr, policy, length, inEpochs, byEpoch, isWarmed && warmsByEpoch),
                    inEpochs ? Schedule.Unit.EPOCHS : Schedule.Unit.UPDATES));
        }
        findings.add(Finding.at(
                        lr.place(),
                        Code.SS441,
                        "lr_config counts epochs and iterations, and nothing here says how many iterations an epoch"
                                + " has; --updates-per-epoch or --dataset-size says it")
                .detail("Only the named rate is known."));
        return Optional.of(new Scheduling(object(lr, policy, length, true, byEpoch, false), Schedule.Unit.NOT_SAID));
    }

    private PytorchObject object(
            Entries lr, String policy, RunLength length, boolean raw, boolean byEpoch, boolean warmsByEpoch) {
        Map<String, PytorchValue> arguments = new LinkedHashMap<>();
        for (String field : lr.fields()) {
            if (OTHERS.contains(field)) {
                continue;
            }
            SchedulerArguments.unknown("lr_config", WarmUps.CLASS + "." + policy, field, Optional.of(lr.at(field)))
                    .ifPresent(findings::add);
            Value value = lr.given(field).orElseThrow();
            Values.of(value, lr.at(field))
                    .ifPresentOrElse(v -> arguments.put(field, v), () -> lr.unknown(field, value));
        }
        PytorchObject whole = new PytorchObject(WarmUps.CLASS, arguments, Optional.of(lr.place()))
                .with("policy", new Text(policy, Optional.of(lr.at("policy"))));
        if (warmsByEpoch && whole.number("warmup_iters").isPresent()) {
            whole = whole.with(
                    "warmup_iters",
                    new Num(RunLength.times(
                            whole.number("warmup_iters").get(),
                            length.perEpoch().orElse(1))));
        }
        boolean counts = byEpoch && !raw;
        if (counts) {
            whole = whole.with("per", new Num(RunLength.count(length.perEpoch().orElse(1), "iterations in an epoch")));
        }
        if (!raw && length.every() > 1) {
            whole = whole.with("every", new Num(RunLength.count(length.every(), "iterations in an update")));
        }
        Optional<Long> last = byEpoch
                ? length.epochs().map(q -> q.decimal().longValue())
                : length.iterations().isPresent()
                        ? Optional.of(length.iterations().getAsLong())
                        : Optional.empty();
        return last.isEmpty() ? whole : whole.with("last", new Num(RunLength.count(last.get(), "the end of the run")));
    }
}
