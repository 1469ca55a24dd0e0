package samestep.dialect.pytorch.mmengine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Entries;
import samestep.dialect.Input;
import samestep.dialect.pytorch.form.FormSettings;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;

/**
 * From the values of an MMEngine configuration to what its Runner does: batches are accumulated, clipped, and the optimizer steps.
 * Source: mmengine/optim/optimizer/optimizer_wrapper.py and builder.py of 0.10.7.
 */
final class MmengineReader {
    private static final String CONSTRUCTOR = "constructor";
    private static final String PARAMWISE = "paramwise_cfg";

    private final Input input;
    private final Entries all;
    private final List<Finding> findings;

    MmengineReader(Input input, Entries all, List<Finding> findings) {
        this.input = input;
        this.all = all;
        this.findings = findings;
    }

    PytorchConfiguration read() {
        Entries wrapper = all.inner("optim_wrapper").orElse(all);
        wrapper(wrapper);
        PytorchObject optimizer = wrapper.inner("optimizer")
                .map(config -> new OptimizerConfig(config, findings).object())
                .orElseGet(() -> {
                    findings.add(
                            Finding.at(wrapper.place(), Code.SS010, "optim_wrapper has no optimizer that is read"));
                    return PytorchObject.of("mmengine.none");
                });
        Optional<Quantity> batch = all.get("train_dataloader").isPresent()
                ? all.inner("train_dataloader").flatMap(data -> data.number("batch_size"))
                : Optional.empty();
        PytorchObject scaled = scaled(optimizer, batch);
        Optional<Entries> paramwise =
                Paramwise.isEmpty(wrapper.get(PARAMWISE)) ? Optional.empty() : wrapper.inner(PARAMWISE);
        List<BeforeStep> before = before(wrapper);
        int every = wrapper.whole("accumulative_counts").map(Long::intValue).orElse(1);
        RunLength length = length(batch, every);
        Around around = new Around(all, findings);
        around.check();
        Optional<Scheduling> scheduling = new ParamSchedulers(length, isByEpoch(), findings).scheduling(all);
        if (!around.stepsSchedulers()) {
            scheduling = Optional.of(new Scheduling(
                    scheduling.map(Scheduling::scheduler).orElse(PytorchObject.of("mmengine.hook")),
                    Schedule.Unit.NOT_SAID));
        }
        unasked(wrapper);
        return length.on(OptimizerConfig.configuration("MMEngine", scaled, paramwise, findings))
                .withScheduling(scheduling)
                .withBeforeStep(before)
                .withBatchSize(batch)
                .withSettings(MmengineSettings.of(all, FormSettings.devices(input.run())));
    }

    private void wrapper(Entries wrapper) {
        String type = wrapper.text("type").orElse("OptimWrapper");
        if (type.equals("AmpOptimWrapper") || type.equals("ApexOptimWrapper")) {
            List.of(
                            "loss_scale",
                            "dtype",
                            "use_fsdp",
                            "opt_level",
                            "loss_scale",
                            "enabled",
                            "cast_model_type",
                            "patch_torch_functions",
                            "keep_batchnorm_fp32",
                            "master_weights",
                            "cast_model_outputs",
                            "num_losses",
                            "verbosity",
                            "min_loss_scale",
                            "max_loss_scale")
                    .forEach(wrapper::has);
            findings.add(Finding.at(
                    wrapper.place(),
                    Code.SS041,
                    type + " computes in half precision and scales the loss; the scale is taken out again before the"
                            + " clip and the update"));
        } else if (!type.equals("OptimWrapper")) {
            findings.add(Finding.at(
                    wrapper.at("type"), Code.SS010, "the optimizer wrapper " + type + " cannot be read yet"));
        }
        wrapper.text(CONSTRUCTOR)
                .filter(name -> !name.equals("DefaultOptimWrapperConstructor"))
                .ifPresent(name -> findings.add(Finding.at(
                        wrapper.at(CONSTRUCTOR),
                        Code.SS010,
                        "the constructor " + name + " sorts the parameters by rules of its own, which cannot be read"
                                + " yet")));
    }

    private void unasked(Entries wrapper) {
        wrapper.unasked()
                .forEach(field -> findings.add(Finding.at(
                        wrapper.at(field),
                        Code.SS010,
                        wrapper.name(field) + " is not known here, and may change the update")));
    }

    /** The loss is divided by the number of batches; the last update of a run may have fewer, and divides by these. */
    private List<BeforeStep> before(Entries wrapper) {
        List<BeforeStep> before = new ArrayList<>();
        long counts = wrapper.whole("accumulative_counts").orElse(1L);
        if (counts < 1 || counts > Stage.Accumulation.MOST) {
            findings.add(Finding.at(
                    wrapper.at("accumulative_counts"), Code.SS010, counts + " batches in an update cannot be read"));
        } else if (counts > 1) {
            before.add(BeforeStep.all(new Stage.Accumulation((int) counts, true)));
        }
        if (wrapper.get("clip_grad").isPresent()) {
            wrapper.inner("clip_grad")
                    .flatMap(clip -> OptimizerConfig.clip(clip, findings))
                    .ifPresent(before::add);
        }
        return before;
    }

    /** Source: mmengine/runner/runner.py, scale_lr. */
    private PytorchObject scaled(PytorchObject optimizer, Optional<Quantity> batch) {
        Optional<Entries> scale = all.get("auto_scale_lr").isPresent() ? all.inner("auto_scale_lr") : Optional.empty();
        if (scale.isEmpty() || !scale.get().isOn("enable", false)) {
            return optimizer;
        }
        Optional<Quantity> base = scale.get().number("base_batch_size");
        Optional<Quantity> rate = optimizer.number("lr");
        if (base.isEmpty()
                || rate.isEmpty()
                || batch.isEmpty()
                || input.run().devices().isEmpty()) {
            findings.add(Finding.at(
                    scale.get().place(),
                    Code.SS010,
                    "auto_scale_lr multiplies the rate by the batch of all devices; --gpus says how many there are"));
            return optimizer;
        }
        Quantity real = batch.get()
                .derived(
                        batch.get().value().times(Expression.literal(input.run().devicesOrOne())),
                        "batch_size * devices");
        return OptimizerConfig.withRate(optimizer, ParamSchedulers.scaled(rate.get(), real, base.get()));
    }

    private boolean isByEpoch() {
        Optional<Entries> loop = all.get("train_cfg").isPresent() ? all.inner("train_cfg") : Optional.empty();
        return loop.map(l -> l.text("type").map(t -> !t.contains("Iter")).orElseGet(() -> l.isOn("by_epoch", true)))
                .orElse(true);
    }

    private RunLength length(Optional<Quantity> batch, int every) {
        Optional<Entries> loop = all.get("train_cfg").isPresent() ? all.inner("train_cfg") : Optional.empty();
        loop.flatMap(l -> l.text("type"))
                .filter(type ->
                        !Set.of("EpochBasedTrainLoop", "IterBasedTrainLoop").contains(type))
                .ifPresent(type -> findings.add(
                        Finding.at(loop.get().at("type"), Code.SS043, "the training loop " + type + " is not read")));
        boolean byEpoch = isByEpoch();
        return RunLength.of(
                byEpoch ? loop.flatMap(l -> l.number("max_epochs")) : Optional.empty(),
                byEpoch ? Optional.empty() : loop.flatMap(l -> l.whole("max_iters")),
                batch,
                Math.max(1, every),
                input.run(),
                findings);
    }
}
