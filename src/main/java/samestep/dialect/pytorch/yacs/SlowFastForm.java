package samestep.dialect.pytorch.yacs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Input;
import samestep.dialect.Run;
import samestep.dialect.pytorch.form.ConfigurationText;
import samestep.dialect.pytorch.form.Fields;
import samestep.dialect.pytorch.form.FormDefaults;
import samestep.dialect.pytorch.form.Outside;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
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
import samestep.dialect.pytorch.schedule.EpochLength;
import samestep.dialect.pytorch.schedule.YacsEpochs;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;
import samestep.text.SourceText;

/**
 * SlowFast's YAML. Source: slowfast/models/optimizer.py, slowfast/utils/lr_policy.py, tools/train_net.py. The rate is set at
 * every update from the part of the epochs that is over.
 */
public final class SlowFastForm implements PytorchForm {
    @Override
    public String describes() {
        return "SlowFast YAML";
    }

    @Override
    public boolean recognises(SourceText source) {
        return ConfigurationText.mayBe(source, "SOLVER:", "OPTIMIZING_METHOD:")
                && ConfigurationText.mapping(source).isPresent();
    }

    @Override
    public Outcome<PytorchConfiguration> read(Input input) {
        SourceText source = input.source();
        return ConfigurationText.parse(source).then(root -> {
            List<Finding> findings = new ArrayList<>();
            Fields fields = new Fields(List.of(new Fields.Layer(source, root)), FormDefaults.of("slowfast"), findings);
            PytorchConfiguration configuration = new Reading(input.run(), fields, findings).configuration();
            PytorchConfiguration whole = Outside.note(configuration, fields, Place.start(source), findings);
            return Outcome.of(whole, findings);
        });
    }

    /** One file. */
    private record Reading(Run run, Fields fields, List<Finding> findings) {

        PytorchConfiguration configuration() {
            Quantity decay = solver("WEIGHT_DECAY");
            PytorchObject optimizer =
                    optimizer().with("lr", new Num(sharded("BASE_LR"))).with("weight_decay", new Num(decay));
            List<BeforeStep> before = new ArrayList<>();
            if (fields.isOn("SOLVER.LARS_ON")) {
                before.add(BeforeStep.all(new UnknownStage("SlowFast's LARS")));
            }
            if (!solver("LAYER_DECAY").isOne()) {
                before.add(BeforeStep.all(
                        new UnknownStage("LAYER_DECAY " + solver("LAYER_DECAY").text())));
            }
            fields.given("SOLVER.CLIP_GRAD_VAL")
                    .filter(value -> !value.isZero())
                    .<Stage>map(value -> new Stage.Clip(Stage.Clip.Kind.VALUE, value))
                    .or(() -> fields.given("SOLVER.CLIP_GRAD_L2NORM").map(GradientClips::norm))
                    .ifPresent(clip -> before.add(BeforeStep.all(clip)));
            return PytorchConfiguration.of("SlowFast", optimizer)
                    .withGroups(groups(decay))
                    .withRule(Optional.of(isOneDimension() ? ParameterRules.SLOWFAST_VECTORS : ParameterRules.SLOWFAST))
                    .withScheduling(scheduling())
                    .withEpochs(new Epochs(Optional.of(solver("MAX_EPOCH")), epochLength()))
                    .withBeforeStep(before)
                    .withBatchSize(batch());
        }

        /** Each machine takes a batch. */
        private Optional<Quantity> batch() {
            Quantity machines = fields.number("NUM_SHARDS");
            Quantity each = fields.number("TRAIN.BATCH_SIZE");
            String how =
                    each.decimal().toPlainString() + " x " + machines.decimal().toPlainString();
            return machines.isOne()
                    ? fields.given("TRAIN.BATCH_SIZE")
                    : Optional.of(new Quantity(
                            each.value().times(machines.value()),
                            how,
                            new Origin.Derived("TRAIN.BATCH_SIZE x NUM_SHARDS", each.place())));
        }

        private Quantity solver(String field) {
            return fields.number("SOLVER." + field);
        }

        /** The rates may be meant for one machine. */
        private Quantity sharded(String field) {
            Quantity rate = solver(field);
            Quantity machines = fields.number("NUM_SHARDS");
            return fields.isOn("SOLVER.BASE_LR_SCALE_NUM_SHARDS") && !machines.isOne()
                    ? rate.derived(rate.value().times(machines.value()), field + " * NUM_SHARDS")
                    : rate;
        }

        private PytorchObject optimizer() {
            String method = fields.text("SOLVER.OPTIMIZING_METHOD");
            Optional<Place> place = fields.place("SOLVER.OPTIMIZING_METHOD");
            List<PytorchValue> betas = fields.numbers("SOLVER.BETAS").stream()
                    .<PytorchValue>map(Num::new)
                    .toList();
            return switch (method) {
                case "sgd" ->
                    new PytorchObject("torch.optim.SGD", Map.of(), place)
                            .with("momentum", new Num(solver("MOMENTUM")))
                            .with("dampening", new Num(solver("DAMPENING")))
                            .with(
                                    "nesterov",
                                    new Flag(fields.isOn("SOLVER.NESTEROV"), fields.place("SOLVER.NESTEROV")));
                case "adam" ->
                    new PytorchObject("torch.optim.Adam", Map.of(), place).with("betas", new Many(betas, place));
                case "adamw", "mt_adamw" ->
                    new PytorchObject("torch.optim.AdamW", Map.of(), place).with("betas", new Many(betas, place));
                default -> new PytorchObject("slowfast." + method, Map.of(), place);
            };
        }

        /** Normalisations of batches have a decay of their own; other parameters of one dimension may have none. */
        private List<ParameterGroup> groups(Quantity decay) {
            Quantity none = Quantity.byDefault("0", "ZERO_WD_1D_PARAM");
            boolean oneDimension = isOneDimension();
            List<ParameterGroup> groups = new ArrayList<>();
            if (hasBatchNormalisations()) {
                groups.add(group(Set.of(Role.GAMMA, Role.BETA), fields.number("BN.WEIGHT_DECAY")));
            } else if (oneDimension) {
                groups.add(group(Set.of(Role.GAMMA, Role.BETA), none));
            }
            if (oneDimension) {
                groups.add(group(Set.of(Role.BIAS, Role.ALPHA), none));
            }
            explain(decay, oneDimension);
            if (!groups.isEmpty()) {
                groups.add(new ParameterGroup(new Members.Rest(), Map.of()));
            }
            return groups;
        }

        private boolean isOneDimension() {
            return fields.isOn("SOLVER.ZERO_WD_1D_PARAM");
        }

        /** BN.WEIGHT_DECAY is for torch's own classes, not SubBatchNorm3d; an MViT has layer normalisations. */
        private boolean hasBatchNormalisations() {
            return !isVit() && !fields.text("BN.NORM_TYPE").equals("sub_batchnorm");
        }

        private boolean isVit() {
            return fields.text("MODEL.MODEL_NAME").contains("MViT");
        }

        private void explain(Quantity decay, boolean oneDimension) {
            String rest =
                    (oneDimension ? "what has more than one dimension" : "everything else") + " by " + decay.written();
            findings.add(Finding.of(
                            Code.SS342,
                            "SlowFast decays batch normalisations by "
                                    + fields.number("BN.WEIGHT_DECAY").written() + " and " + rest)
                    .at(decay.place())
                    .detail(
                            hasBatchNormalisations()
                                    ? "Layer normalisations are decayed as other parameters of one dimension are."
                                    : "The model has none of torch's batch normalisations: its own are decayed as other"
                                            + " parameters of one dimension are."));
            // MViT's no_weight_decay() names embeddings of positions, which are not kernels.
            if (isVit() && !oneDimension && !decay.isZero() && fields.isOn("MVIT.ZERO_DECAY_POS_CLS")) {
                findings.add(Finding.of(
                                Code.SS010,
                                "the model keeps embeddings of positions and its class token from the decay"
                                        + " (ZERO_DECAY_POS_CLS), which cannot be read yet without ZERO_WD_1D_PARAM")
                        .at(fields.place("MVIT.ZERO_DECAY_POS_CLS").or(() -> fields.place("MODEL.MODEL_NAME"))));
            }
        }

        private static ParameterGroup group(Set<Role> roles, Quantity decay) {
            return new ParameterGroup(new Members.OfRole(roles), Map.of("weight_decay", new Num(decay)));
        }

        private Optional<Quantity> epochLength() {
            return new YacsEpochs(run, fields).length(findings);
        }

        private Optional<Scheduling> scheduling() {
            String policy = fields.text("SOLVER.LR_POLICY");
            Optional<Place> place = fields.place("SOLVER.LR_POLICY");
            PytorchObject schedule = new PytorchObject("slowfast." + policy, Map.of(), place)
                    .with("max_epoch", epochs(solver("MAX_EPOCH")))
                    .with("end", new Num(sharded("COSINE_END_LR")))
                    .with("cosine_after_warmup", new Flag(fields.isOn("SOLVER.COSINE_AFTER_WARMUP"), place))
                    .with("warmup_epochs", epochs(solver("WARMUP_EPOCHS")))
                    .with("warmup_start_lr", new Num(sharded("WARMUP_START_LR")))
                    .with("steps", all("SOLVER.STEPS", true))
                    .with("lrs", all("SOLVER.LRS", false));
            Optional<Quantity> length = epochLength();
            length.ifPresent(n -> findings.add(
                    Finding.of(Code.SS431, "the rate is set at every update: an epoch has " + EpochLength.words(n))
                            .at(place)));
            return Optional.of(
                    new Scheduling(schedule, length.isPresent() ? Schedule.Unit.UPDATES : Schedule.Unit.EPOCH_SHARES));
        }

        private PytorchValue epochs(Quantity epochs) {
            return epochLength()
                    .<PytorchValue>map(
                            n -> new Num(epochs.derived(epochs.value().times(n.value()), "in updates")))
                    .orElseGet(() -> new PytorchValue.Epochs(epochs));
        }

        private Many all(String field, boolean epochs) {
            List<PytorchValue> values = fields.numbers(field).stream()
                    .<PytorchValue>map(value -> epochs ? epochs(value) : new Num(value))
                    .toList();
            return new Many(values, fields.place(field));
        }
    }
}
