package samestep.dialect.pytorch.ultralytics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import samestep.dialect.Run;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
import samestep.dialect.pytorch.object.ParameterRules;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchConfiguration.Epochs;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue.Flag;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.object.Scheduling;
import samestep.dialect.pytorch.schedule.EpochLength;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;

/**
 * From the arguments of Ultralytics to what its loop does. Source: build_optimizer, _build_train_pipeline, _do_train and
 * optimizer_step in ultralytics/engine/trainer.py, and utils/loss.py, of 8.4.190.
 */
final class UltralyticsReader {
    /** max_norm in optimizer_step, which no field says. */
    private static final String CLIP = "10.0";

    private final Run run;
    private final Fields fields;
    private final List<Finding> findings;
    private final Batches batches;

    UltralyticsReader(Run run, Fields fields, List<Finding> findings) {
        this.run = run;
        this.fields = fields;
        this.findings = findings;
        this.batches = new Batches(run, fields, fields.number("epochs"));
    }

    /** Why nothing can be said of the file, without a place: the optimizer is not in it. */
    Optional<Finding> refused() {
        return new OptimizerChoice(run, fields, batches).finding();
    }

    PytorchConfiguration configuration() {
        Quantity decay = batches.scaled(fields.number("weight_decay"));
        PytorchObject optimizer =
                optimizer().with("lr", new Num(fields.number("lr0"))).with("weight_decay", new Num(decay));
        long accumulate = batches.inUpdate(findings);
        List<BeforeStep> before = new ArrayList<>();
        WarmUpWords warmUp =
                new WarmUpWords(fields, accumulate, optimizer.get("momentum").isPresent());
        warmUp.stage().ifPresent(stage -> before.add(BeforeStep.all(stage)));
        warmUp.finding().ifPresent(findings::add);
        before.addAll(loss(accumulate));
        if (accumulate > 1) {
            before.add(BeforeStep.all(new Stage.Accumulation((int) accumulate, true)));
        }
        before.add(BeforeStep.all(GradientClips.norm(Quantity.byDefault(CLIP, "Ultralytics' max_norm"))));
        boolean isWarmed = warmUp.stage().isPresent();
        OptionalLong epoch = isWarmed ? OptionalLong.empty() : batches.inEpoch(findings);
        explain(decay);
        return PytorchConfiguration.of("Ultralytics", optimizer)
                .withGroups(groups(decay))
                .withRule(Optional.of(ParameterRules.ULTRALYTICS))
                .withScheduling(Optional.of(scheduling(epoch, accumulate, isWarmed)))
                .withEpochs(new Epochs(Optional.of(batches.epochs()), length(epoch, accumulate)))
                .withUpdates(updates(epoch, accumulate))
                .withBeforeStep(before)
                .withBatchSize(batches.size().filter(batch -> fields.has("batch")));
    }

    private PytorchObject optimizer() {
        String name = fields.text("optimizer");
        Optional<Place> place = fields.place("optimizer");
        Quantity momentum = fields.number("momentum");
        Many betas = new Many(
                List.of(new Num(momentum), new Num(Quantity.byDefault("0.999", "Ultralytics' second beta"))),
                momentum.place());
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "sgd" ->
                new PytorchObject("torch.optim.SGD", Map.of(), place)
                        .with("momentum", new Num(momentum))
                        .with("nesterov", new Flag(true, place));
            case "rmsprop" ->
                new PytorchObject("torch.optim.RMSprop", Map.of(), place).with("momentum", new Num(momentum));
            case "adam" -> new PytorchObject("torch.optim.Adam", Map.of(), place).with("betas", betas);
            case "adamw" -> new PytorchObject("torch.optim.AdamW", Map.of(), place).with("betas", betas);
            case "adamax" -> new PytorchObject("torch.optim.Adamax", Map.of(), place).with("betas", betas);
            case "nadam" -> new PytorchObject("torch.optim.NAdam", Map.of(), place).with("betas", betas);
            case "radam" -> new PytorchObject("torch.optim.RAdam", Map.of(), place).with("betas", betas);
            default -> new PytorchObject("ultralytics." + name, Map.of(), place);
        };
    }

    /**
     * The loss of a batch is the mean times its images, but for classifiers and RT-DETR. The batches of an update are summed:
     * that is the mean of them, times their number.
     */
    private List<BeforeStep> loss(long accumulate) {
        List<BeforeStep> before = new ArrayList<>();
        if (batches.size().isEmpty()) {
            String batch = fields.text("batch");
            before.add(BeforeStep.all(new UnknownStage("batch " + batch)));
            findings.add(notRead(
                    "batch " + batch + " is found by the memory of the device: how many images an update has, and how"
                            + " weight_decay is scaled with it, is not in the file",
                    "batch"));
        }
        boolean isMean = fields.text("task").equals("classify");
        if (!isMean && fields.text("model").toLowerCase(Locale.ROOT).contains("rtdetr")) {
            before.add(BeforeStep.all(new UnknownStage("RT-DETR's loss")));
            findings.add(
                    notRead("RT-DETR's loss is divided by the number of objects, and no sum over the images", "model"));
            isMean = true;
        }
        long devices = run.devices().isPresent() ? run.devices().getAsInt() : batches.devices();
        long times = accumulate * (isMean ? devices : 1);
        Quantity weight = Quantity.byDefault(
                Long.toString(times),
                times == 1 ? "Ultralytics' loss" : "Ultralytics' sum over the batches of an update");
        if (!isMean || times > 1) {
            Stage.LossScale.Form form = isMean ? Stage.LossScale.Form.WEIGHTED : Stage.LossScale.Form.SUMMED;
            before.add(BeforeStep.all(new Stage.LossScale(form, weight)));
        }
        return before;
    }

    private Finding notRead(String words, String field) {
        return Finding.of(Code.SS043, words)
                .at(fields.place(field))
                .detail("What an update is without it is shown; the verdict is not exact.");
    }

    private static List<ParameterGroup> groups(Quantity decay) {
        Quantity none = Quantity.byDefault("0", "what Ultralytics leaves out of the decay");
        return decay.isZero()
                ? List.of()
                : List.of(
                        new ParameterGroup(
                                new Members.OfRole(Set.of(Role.BIAS, Role.BETA, Role.GAMMA)),
                                Map.of("weight_decay", new Num(none))),
                        new ParameterGroup(new Members.Rest(), Map.of("weight_decay", new Num(decay))));
    }

    private void explain(Quantity decay) {
        if (!decay.isZero()) {
            findings.add(Finding.of(
                            Code.SS342,
                            "Ultralytics decays by " + decay.written()
                                    + " and leaves out biases, the weights of normalisations, and logit_scale")
                    .at(decay.place()));
        }
        if (fields.text("optimizer").toLowerCase(Locale.ROOT).equals("sgd")) {
            findings.add(Finding.of(Code.SS241, "Ultralytics' SGD has Nesterov momentum")
                    .at(fields.place("optimizer")));
        }
    }

    private Scheduling scheduling(OptionalLong epoch, long accumulate, boolean isWarmed) {
        boolean cosine = fields.isOn("cos_lr");
        Optional<Place> place = fields.place(cosine ? "cos_lr" : "lrf").or(() -> fields.place("lr0"));
        PytorchObject schedule = new PytorchObject(
                        "ultralytics." + (cosine ? "cosine" : "linear") + (isWarmed ? "-without-warm-up" : ""),
                        Map.of(),
                        place)
                .with("epochs", new Num(batches.epochs()))
                .with("lrf", new Num(fields.number("lrf")));
        if (epoch.isEmpty()) {
            return new Scheduling(schedule, Schedule.Unit.EPOCHS);
        }
        Quantity length = EpochLength.known(epoch.getAsLong(), "batches in an epoch");
        findings.add(Finding.of(
                        Code.SS431,
                        "the rate is set once an epoch: " + epoch.getAsLong() + " batches, of which an update takes "
                                + accumulate)
                .at(place));
        return new Scheduling(
                schedule.with("batches", new Num(length))
                        .with("accumulate", new Num(EpochLength.known(accumulate, "batches in an update"))),
                Schedule.Unit.UPDATES);
    }

    /** Updates in an epoch, where that is a whole number. */
    private static Optional<Quantity> length(OptionalLong epoch, long accumulate) {
        return epoch.isPresent() && epoch.getAsLong() % accumulate == 0
                ? Optional.of(EpochLength.known(epoch.getAsLong() / accumulate, "batches in updates"))
                : Optional.empty();
    }

    /** What is left at the end makes no update. */
    private OptionalLong updates(OptionalLong epoch, long accumulate) {
        return epoch.isPresent()
                ? OptionalLong.of(epoch.getAsLong() * batches.epochs().decimal().longValue() / accumulate)
                : OptionalLong.empty();
    }
}
