package samestep.dialect.tensorflow.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.tensorflow.TensorflowDefaults;
import samestep.dialect.tensorflow.TensorflowUpdate;
import samestep.equation.Equations;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.DeclaredPenalty;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;
import samestep.recipe.setting.Settings;

/**
 * From a pipeline to a recipe. Sources: builders/optimizer_builder.py and hyperparams_builder.py, model_lib.py,
 * legacy/trainer.py and model_lib_v2.py of the Object Detection API.
 */
final class PipelineReader {
    private final PipelineSection root;
    private final PipelineSection train;
    private final PipelineTrainer trainer;
    private final List<Finding> findings;

    private PipelineReader(PipelineSection root, List<Finding> findings) {
        this.root = root;
        this.train = root.section("train_config");
        this.trainer = PipelineTrainer.of(root);
        this.findings = findings;
    }

    /** The recipe; empty, with findings, where TensorFlow would not train. */
    static Optional<Recipe> read(PipelineSection root, List<Finding> findings) {
        return new PipelineReader(root, findings).read();
    }

    private Optional<Recipe> read() {
        if (!train.given()) {
            findings.add(Finding.at(
                    train.place(), Code.SS008, "a pipeline without train_config: it does not say how weights move"));
            return Optional.empty();
        }
        Optional<PipelineSection> optimizer = train.section("optimizer")
                .choice(List.of("rms_prop_optimizer", "momentum_optimizer", "adam_optimizer"));
        if (optimizer.isEmpty()) {
            findings.add(train.finding("optimizer", Code.SS004, "no optimizer is given; TensorFlow stops"));
            return Optional.empty();
        }
        long steps = train.whole("num_steps");
        OptionalLong horizon = steps > 0 ? OptionalLong.of(steps) : OptionalLong.empty();
        Optional<Schedule> schedule = PipelineSchedule.of(optimizer.get().section("learning_rate"), horizon, findings);
        Stage.Optimizer update = update(optimizer.get());
        List<Stage> behind = new ArrayList<>(clip());
        behind.add(update);
        List<Parameter> parameters = parameters(behind);
        if (schedule.isEmpty() || findings.stream().anyMatch(f -> f.severity() == Severity.ERROR)) {
            return Optional.empty();
        }
        Recipe recipe = new Recipe(
                        "TensorFlow", parameters, falling(schedule.get(), optimizer.get()), Recipe.Counting.UPDATES)
                .withBatchSize(Optional.of(train.number("batch_size")))
                .withSettings(
                        new Settings(new PipelineSettings(root, trainer).all()).with(PipelineLedger.unjudged(root)));
        PipelineRemarks remarks = new PipelineRemarks(root, trainer, findings);
        remarks.about(recipe);
        return Optional.of(recipe.withUnknown(remarks.rounding()));
    }

    private Stage.Optimizer update(PipelineSection optimizer) {
        String type = optimizer.type().name();
        if (trainer != PipelineTrainer.KERAS) {
            // The messages are called as the classes.
            return TensorflowUpdate.of(TensorflowDefaults.of(type).orElseThrow(), hyper -> given(optimizer, hyper));
        }
        Equations equations = TensorflowUpdate.equations(
                switch (type) {
                    case "MomentumOptimizer" -> "keras/SGD";
                    case "AdamOptimizer" -> "keras/Adam";
                    default -> "keras/RMSpropLegacy";
                });
        return TensorflowUpdate.of(equations, TensorflowDefaults.KERAS, hyper -> given(optimizer, hyper));
    }

    /** What the builders pass on: to Keras' RMSprop, {@code decay} is something else and rho stays as it is. */
    private Optional<Quantity> given(PipelineSection optimizer, Equations.Hyper hyper) {
        String field = switch (hyper.name()) {
            case "momentum" -> "momentum_optimizer_value";
            case "rho" -> trainer == PipelineTrainer.KERAS ? "" : "decay";
            default -> hyper.name();
        };
        return optimizer.type().field(field).map(known -> optimizer.number(field));
    }

    private Schedule falling(Schedule schedule, PipelineSection optimizer) {
        boolean keras =
                trainer == PipelineTrainer.KERAS && optimizer.type().name().equals("RMSPropOptimizer");
        Quantity decay = keras ? optimizer.number("decay") : Quantity.byDefault("0", "");
        if (decay.isZero()) {
            return schedule;
        }
        findings.add(optimizer
                .finding(
                        "decay",
                        Code.SS211,
                        trainer.title()
                                + " passes decay to Keras, where it is a decay of the learning rate: the rate is"
                                + " divided by 1 + " + decay.written()
                                + " * step, and rho is 0.9 whatever this file says")
                .detail("Write decay: 0.0 for the rate that the schedule says."));
        return PipelineSchedule.fallingBy(schedule, decay);
    }

    /** After the penalties, which are part of the loss. */
    private List<Stage> clip() {
        Quantity threshold = train.number("gradient_clipping_by_norm");
        if (threshold.decimal().signum() <= 0) {
            return List.of();
        }
        boolean eachAlone = trainer == PipelineTrainer.LEGACY;
        return List.of(
                new Stage.Clip(eachAlone ? Stage.Clip.Kind.TENSOR_NORM : Stage.Clip.Kind.GLOBAL_NORM, threshold));
    }

    private List<Parameter> parameters(List<Stage> behind) {
        List<PipelineModel.Block> blocks = PipelineModel.blocks(root);
        blocks.forEach(block -> findings.addAll(PipelineCheck.of(block.section())));
        // A model without a name is not one of the API's: its hyper-parameters are those of every layer.
        boolean nameless = PipelineTrainer.extractor(root).isEmpty();
        List<Parameter> parameters = new ArrayList<>();
        if (blocks.isEmpty()) {
            for (Role role : List.of(Role.KERNEL, Role.BIAS, Role.GAMMA, Role.BETA)) {
                parameters.add(parameter(ParameterName.ANY_LAYER, role, Optional.empty(), behind));
            }
        }
        for (PipelineModel.Block block : blocks) {
            String layer = nameless && blocks.size() == 1 ? ParameterName.ANY_LAYER : block.name();
            for (Role role : roles(block, layer)) {
                parameters.add(parameter(layer, role, Optional.of(block), behind));
            }
        }
        return parameters;
    }

    private static List<Role> roles(PipelineModel.Block block, String layer) {
        List<Role> roles = new ArrayList<>(List.of(Role.KERNEL));
        PipelineSection hyperparams = block.section();
        if (block.depthwise() || hyperparams.flag("regularize_depthwise")) {
            roles.add(Role.DEPTHWISE_KERNEL);
        }
        roles.add(Role.BIAS);
        boolean any = layer.equals(ParameterName.ANY_LAYER);
        for (String norm : List.of("batch_norm", "sync_batch_norm")) {
            PipelineSection normalisation = hyperparams.section(norm);
            if (normalisation.given() && normalisation.flag("scale") && !roles.contains(Role.GAMMA)) {
                roles.add(Role.GAMMA);
            }
            if (normalisation.given() && normalisation.flag("center") && !roles.contains(Role.BETA)) {
                roles.add(Role.BETA);
            }
        }
        if (any) {
            roles.addAll(List.of(Role.DEPTHWISE_KERNEL, Role.GAMMA, Role.BETA));
        }
        return roles.stream().distinct().toList();
    }

    private Parameter parameter(String layer, Role role, Optional<PipelineModel.Block> block, List<Stage> behind) {
        List<Stage> stages = new ArrayList<>();
        block.flatMap(b -> penalty(b.section(), role))
                .ifPresent(penalty -> stages.add(
                        train.flag("add_regularization_loss")
                                ? penalty
                                : new DeclaredPenalty(penalty, "the model's losses")));
        Quantity biases = train.number("bias_grad_multiplier");
        if (trainer == PipelineTrainer.LEGACY && role == Role.BIAS) {
            stages.add(new Stage.Scale(biases));
        }
        stages.addAll(behind);
        return new Parameter(
                new ParameterName(layer, role),
                Quantity.byDefault("1", "the Object Detection API, which has no rate multipliers"),
                false,
                stages,
                block.map(b -> b.section().place()));
    }

    /** The gradient's coefficient is the weight, in slim and in Keras: of Keras' L2, which has no half, half is taken. */
    private static Optional<Stage.Penalty> penalty(PipelineSection hyperparams, Role role) {
        boolean decays =
                role == Role.KERNEL || role == Role.DEPTHWISE_KERNEL && hyperparams.flag("regularize_depthwise");
        PipelineSection regularizer = hyperparams.section("regularizer");
        Optional<PipelineSection> chosen = regularizer.choice(List.of("l1_regularizer", "l2_regularizer"));
        return chosen.filter(c -> decays && !c.number("weight").isZero())
                .map(c -> new Stage.Penalty(
                        c.type().name().equals("L1Regularizer") ? Stage.Penalty.Norm.L1 : Stage.Penalty.Norm.L2,
                        c.number("weight")));
    }
}
