package samestep.dialect.pytorch.yacs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.Input;
import samestep.dialect.Run;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FormSettings;
import samestep.dialect.pytorch.form.Outside;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.ParameterRules;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.dialect.pytorch.object.PytorchValue.Flag;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.PytorchValue.Text;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.setting.Settings;
import samestep.text.SourceText;
import samestep.text.Spelling;

/**
 * From detectron2's SOLVER to what it does. Source: detectron2/solver/build.py and lr_scheduler.py: biases follow the weights
 * unless they have values of their own, normalisations have theirs, and what is for biases wins for those of normalisations.
 */
final class DetectronReader {
    private final SourceText source;
    private final Run run;
    private final Fields fields;
    private final List<Finding> findings;

    DetectronReader(Input input, Fields fields, List<Finding> findings) {
        this.source = input.source();
        this.run = input.run();
        this.fields = fields;
        this.findings = findings;
    }

    PytorchConfiguration configuration() {
        Quantity rate = solver("BASE_LR");
        Optional<Place> place = fields.place("SOLVER");
        boolean adam = isAdam();
        PytorchObject optimizer = new PytorchObject(adam ? "torch.optim.Adam" : "torch.optim.SGD", Map.of(), place)
                .with("lr", new Num(rate))
                .with("weight_decay", new Num(solver("WEIGHT_DECAY")));
        if (!adam) {
            optimizer = optimizer
                    .with("momentum", new Num(solver("MOMENTUM")))
                    .with("nesterov", new Flag(fields.isOn("SOLVER.NESTEROV"), fields.place("SOLVER.NESTEROV")));
        }
        PytorchConfiguration configuration = PytorchConfiguration.of("detectron2", optimizer)
                .withGroups(groups(rate))
                .withRule(Optional.of(ParameterRules.DETECTRON))
                .withScheduling(scheduling())
                .withBeforeStep(clip())
                .withSettings(new Settings(FormSettings.devices(run)))
                .withBatchSize(fields.given("SOLVER.IMS_PER_BATCH").map(this::share))
                .withUpdates(OptionalLong.of(fields.count("SOLVER.MAX_ITER").longValue()));
        workers();
        return Outside.note(configuration, fields, Place.start(source), findings);
    }

    /**
     * detectron2 itself has SGD and no field for it. Source of the field: projects/Panoptic-DeepLab/train_net.py, which refuses
     * any other value; projects of others read it in ways of their own.
     */
    private boolean isAdam() {
        String name = fields.text("SOLVER.OPTIMIZER");
        if (!name.equals("SGD") && !name.equals("ADAM")) {
            String near = Spelling.nearest(name, List.of("SGD", "ADAM"));
            boolean spelt = !near.isEmpty() && !name.equals("ADAMW");
            findings.add(Finding.of(
                            Code.SS010,
                            "SOLVER.OPTIMIZER: " + name
                                    + " is not an optimizer of detectron2, which has SGD, and ADAM in Panoptic-DeepLab"
                                    + (spelt ? "; did you mean " + near + "?" : ""))
                    .at(fields.place("SOLVER.OPTIMIZER"))
                    .detail("Other projects read the field in their own train_net.py, which also sorts the parameters;"
                            + " Mask2Former: AdamW, the backbone's rate times BACKBONE_MULTIPLIER, embeddings"
                            + " decayed by WEIGHT_DECAY_EMBED. Such a file is not read yet."));
        }
        return name.equals("ADAM");
    }

    /** IMS_PER_BATCH is the batch of all devices. */
    private Quantity share(Quantity batch) {
        int devices = run.devicesOrOne();
        return devices == 1
                ? batch
                : batch.derived(batch.value().over(Expression.literal(devices)), "IMS_PER_BATCH / devices");
    }

    /** With another number of devices, rate, batch and steps are scaled. Source: engine/defaults.py, auto_scale_workers. */
    private void workers() {
        Optional<Quantity> reference =
                fields.given("SOLVER.REFERENCE_WORLD_SIZE").filter(n -> !n.isZero());
        if (reference.isEmpty()) {
            return;
        }
        String size = reference.get().decimal().toPlainString();
        if (run.devices().isEmpty()) {
            findings.add(Finding.of(
                            Code.SS441,
                            "detectron2 scales rate, batch and steps where it trains on another number of devices than "
                                    + size + "; " + size + " are assumed")
                    .at(reference.get().place())
                    .detail("--gpus says how many there are."));
        } else if (reference.get().decimal().intValue() != run.devicesOrOne()) {
            findings.add(Finding.of(
                            Code.SS010,
                            "on " + run.devicesOrOne() + " devices detectron2 scales rate, batch and steps by"
                                    + " REFERENCE_WORLD_SIZE " + size + ", which cannot be read yet")
                    .at(reference.get().place()));
        }
    }

    private Quantity solver(String field) {
        return fields.number("SOLVER." + field);
    }

    private List<ParameterGroup> groups(Quantity rate) {
        Quantity factor = solver("BIAS_LR_FACTOR");
        DetectronGroups groups = new DetectronGroups(
                Map.of(),
                Optional.of(solver("WEIGHT_DECAY_NORM")),
                factor.isOne()
                        ? Optional.empty()
                        : Optional.of(factor.derived(rate.value().times(factor.value()), "BASE_LR * BIAS_LR_FACTOR")),
                fields.given("SOLVER.WEIGHT_DECAY_BIAS"));
        findings.add(groups.explained(
                solver("WEIGHT_DECAY"),
                fields.place("SOLVER.WEIGHT_DECAY_NORM").or(() -> fields.place("SOLVER.WEIGHT_DECAY"))));
        return groups.groups();
    }

    private List<BeforeStep> clip() {
        List<BeforeStep> before = new ArrayList<>();
        if (!fields.isOn("SOLVER.CLIP_GRADIENTS.ENABLED")) {
            return before;
        }
        Quantity threshold = fields.number("SOLVER.CLIP_GRADIENTS.CLIP_VALUE");
        String type = fields.text("SOLVER.CLIP_GRADIENTS.CLIP_TYPE");
        boolean euclidean = fields.number("SOLVER.CLIP_GRADIENTS.NORM_TYPE").doubleValue() == 2;
        switch (type) {
            case "value" -> before.add(BeforeStep.all(new Stage.Clip(Stage.Clip.Kind.VALUE, threshold)));
            case "norm" -> before.add(BeforeStep.all(new Stage.Clip(Stage.Clip.Kind.GUARDED_TENSOR_NORM, threshold)));
            case "full_model" -> before.add(BeforeStep.all(GradientClips.norm(threshold)));
            default ->
                findings.add(Finding.of(Code.SS010, "clipping of type " + type + " cannot be read yet")
                        .at(fields.place("SOLVER.CLIP_GRADIENTS.CLIP_TYPE")));
        }
        if (!euclidean && !type.equals("value")) {
            findings.add(Finding.of(Code.SS010, "clipping by another norm than the Euclidean cannot be read yet")
                    .at(fields.place("SOLVER.CLIP_GRADIENTS.NORM_TYPE")));
        }
        return before;
    }

    private Optional<Scheduling> scheduling() {
        String name = fields.text("SOLVER.LR_SCHEDULER_NAME");
        Optional<Place> place = fields.place("SOLVER.LR_SCHEDULER_NAME").or(() -> fields.place("SOLVER"));
        PytorchObject schedule = new PytorchObject("detectron2." + name, Map.of(), place)
                .with("max_iter", new Num(solver("MAX_ITER")))
                .with("warmup_factor", new Num(solver("WARMUP_FACTOR")))
                .with("warmup_iters", new Num(solver("WARMUP_ITERS")))
                .with("warmup_method", new Text(fields.text("SOLVER.WARMUP_METHOD"), place));
        if (fields.isOn("SOLVER.RESCALE_INTERVAL")) {
            findings.add(Finding.of(Code.SS010, "RESCALE_INTERVAL cannot be read yet")
                    .at(fields.place("SOLVER.RESCALE_INTERVAL")));
        }
        PytorchObject whole = switch (name) {
            case "WarmupMultiStepLR" ->
                schedule.with("gamma", new Num(solver("GAMMA"))).with("milestones", milestones());
            case "WarmupCosineLR" -> schedule.with("end", new Num(solver("BASE_LR_END")));
            case "WarmupPolyLR" -> schedule.with("power", new Num(solver("POLY_LR_POWER")));
            default -> schedule;
        };
        return Optional.of(new Scheduling(whole, Schedule.Unit.UPDATES));
    }

    private Many milestones() {
        List<PytorchValue> steps = fields.numbers("SOLVER.STEPS").stream()
                .<PytorchValue>map(Num::new)
                .toList();
        return new Many(steps, fields.place("SOLVER.STEPS"));
    }
}
