package samestep.dialect.tensorflow.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.tensorflow.CommonRate;
import samestep.dialect.tensorflow.write.KernelPenalty;
import samestep.dialect.write.ClipPlan;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.WrittenNumbers;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;

/** From a recipe of any framework to pipelines that may be the same training. */
final class PipelineWriter {
    static final String PIPELINE = "pipeline";

    private final Recipe recipe;
    private final PipelineTrainer trainer;
    private final boolean verbatim;
    private final WrittenNumbers numbers = new WrittenNumbers();
    private final List<Finding> findings = new ArrayList<>();
    private final CommonRate rate;

    private PipelineWriter(Recipe recipe, PipelineTrainer trainer, boolean verbatim) {
        this.recipe = recipe;
        this.rate = new CommonRate(recipe);
        this.trainer = trainer;
        this.verbatim = verbatim;
    }

    /**
     * What is written.
     *
     * @param train the fields of {@code train_config}
     * @param regularizer the field of a block of hyper-parameters
     */
    record Solution(Proposal proposal, List<PipelineField> train, PipelineField regularizer) {
        /** The field of a block for another penalty; a number without a short decimal is written to 17 digits. */
        PipelineField regularizer(Optional<Stage.Penalty> penalty) {
            return field(penalty, new WrittenNumbers());
        }
    }

    /** Solutions for one program; none when the API has no such optimizer. */
    static Optional<Solution> solution(Recipe recipe, PipelineTrainer trainer) {
        return new PipelineWriter(recipe, trainer, false).write();
    }

    /** Proposals, the likeliest first: of TensorFlow 2, of TensorFlow 1, and of its oldest program where that says more. */
    static List<Proposal> proposals(Recipe recipe) {
        List<PipelineTrainer> trainers = new ArrayList<>(List.of(PipelineTrainer.KERAS, PipelineTrainer.ESTIMATOR));
        boolean alone = new CommonRate(recipe)
                .parameter().stream()
                        .flatMap(p -> p.stages(Stage.Clip.class).stream())
                        .anyMatch(c -> new PipelineClips(PipelineTrainer.LEGACY)
                                .written(c.kind())
                                .isPresent());
        if (alone || biasFactor(recipe).isPresent()) {
            trainers.add(PipelineTrainer.LEGACY);
        }
        return trainers.stream()
                .flatMap(trainer -> solution(recipe, trainer).stream())
                .map(Solution::proposal)
                .toList();
    }

    /** Every number as it is written in the source. */
    static Optional<Proposal> verbatim(Recipe recipe) {
        return new PipelineWriter(recipe, PipelineTrainer.KERAS, true).write().map(Solution::proposal);
    }

    /** What the rate of every bias is multiplied by beside that of kernels, if it is one factor and not 1. */
    private static Optional<Quantity> biasFactor(Recipe recipe) {
        Optional<Parameter> kernel = new CommonRate(recipe).parameter();
        List<Quantity> factors = recipe.trained().stream()
                .filter(p -> p.name().role() == Role.BIAS)
                .map(Parameter::rateMultiplier)
                .toList();
        boolean one = factors.stream()
                        .map(q -> q.decimal().stripTrailingZeros())
                        .distinct()
                        .count()
                == 1;
        return kernel.filter(k -> one
                        && factors.get(0).decimal().compareTo(k.rateMultiplier().decimal()) != 0)
                .map(k -> factors.get(0)
                        .derived(
                                factors.get(0).value().over(k.rateMultiplier().value()),
                                "the bias' rate over the kernel's"));
    }

    private Optional<Solution> write() {
        Optional<Stage.Optimizer> source = rate.parameter().flatMap(Parameter::optimizer);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        Optional<PipelineField> optimizer =
                new PipelineOptimizerWriter(trainer, source.get(), verbatim, numbers, findings).write(schedule());
        return optimizer.map(this::solution);
    }

    private Solution solution(PipelineField optimizer) {
        List<PipelineField> train = new ArrayList<>();
        recipe.samplesPerUpdate().ifPresent(b -> train.add(PipelineField.of("batch_size", numbers.count(b.value()))));
        if (recipe.schedule().horizon().isPresent()) {
            train.add(PipelineField.of(
                    "num_steps", Long.toString(recipe.schedule().horizon().getAsLong())));
        }
        train.add(PipelineField.of("optimizer", List.of(optimizer, PipelineField.of("use_moving_average", "false"))));
        train.add(PipelineField.of("gradient_clipping_by_norm", clip()));
        multipliers(train);
        train.add(PipelineField.of("add_regularization_loss", "true"));
        if (trainer == PipelineTrainer.KERAS) {
            train.add(PipelineField.of("fine_tune_checkpoint_version", "V2"));
        }
        List<PipelineField> hyperparams = hyperparams();
        PipelineField model = PipelineField.of(
                "model",
                PipelineField.of(
                        "ssd",
                        PipelineField.of("feature_extractor", PipelineField.of("conv_hyperparams", hyperparams))));
        findings.addAll(rate.beside("a pipeline"));
        String text = "# For " + trainer.title() + ". The hyper-parameters are meant for every block of the model.\n"
                + PipelineField.text(List.of(model, PipelineField.of("train_config", train)));
        findings.add(Finding.of(
                Code.SS903,
                "put train_config's fields and the regularizer of every hyperparams block into your model's"
                        + " pipeline.config, or let --onto pipeline.config --in-place do it"));
        Proposal proposal = new Proposal(Map.of(PIPELINE, text), numbers.rounded(), findings);
        return new Solution(proposal, train, hyperparams.get(0));
    }

    private PipelineField schedule() {
        PipelineScheduleWriter writer = new PipelineScheduleWriter(numbers);
        Optional<PipelineField> written = rate.form(verbatim).flatMap(writer::write);
        if (written.isPresent()) {
            return written.get();
        }
        findings.add(Finding.of(
                        Code.SS402,
                        "the Object Detection API has no learning rate like " + recipe.possessive() + " \""
                                + recipe.schedule().name() + "\"")
                .detail("Written: " + rate.held().words() + ", constant."));
        return writer.constant(rate.heldRate());
    }

    private String clip() {
        List<Finding> said = verbatim ? new ArrayList<>() : findings;
        return rate.parameter().stream()
                .flatMap(p -> ClipPlan.of(recipe, p, new PipelineClips(trainer), said).stream())
                .map(clip -> numbers.number(clip.threshold()))
                .findFirst()
                .orElse("0.0");
    }

    /** Only the oldest program can give biases a rate of their own. */
    private void multipliers(List<PipelineField> train) {
        Optional<Quantity> factor = biasFactor(recipe);
        boolean sayable = trainer == PipelineTrainer.LEGACY && factor.isPresent();
        if (trainer == PipelineTrainer.LEGACY) {
            train.add(PipelineField.of(
                    "bias_grad_multiplier", factor.map(numbers::number).orElse("1.0")));
        }
        findings.addAll(rate.others(trainer.title(), p -> sayable && p.name().role() == Role.BIAS));
    }

    private List<PipelineField> hyperparams() {
        KernelPenalty penalties = new KernelPenalty(recipe, "a pipeline");
        Optional<Stage.Penalty> common = penalties.common();
        boolean depthwise = common.isPresent() && penalties.isOnDepthwise(common.get());
        findings.addAll(penalties.unsaid(common, depthwise, false));
        List<PipelineField> fields = new ArrayList<>(List.of(regularizer(common)));
        if (depthwise) {
            fields.add(PipelineField.of("regularize_depthwise", "true"));
        }
        common.ifPresent(this::explain);
        return fields;
    }

    private PipelineField regularizer(Optional<Stage.Penalty> penalty) {
        return field(verbatim ? penalty.map(KernelPenalty::asItIsWritten) : penalty, numbers);
    }

    /** A weight of zero says that there is none. */
    private static PipelineField field(Optional<Stage.Penalty> penalty, WrittenNumbers numbers) {
        boolean l1 = penalty.filter(p -> p.norm() == Stage.Penalty.Norm.L1).isPresent();
        String weight = penalty.map(p -> numbers.number(p.coefficient())).orElse("0.0");
        return PipelineField.of(
                "regularizer",
                PipelineField.of(l1 ? "l1_regularizer" : "l2_regularizer", PipelineField.of("weight", weight)));
    }

    private void explain(Stage.Penalty penalty) {
        Quantity coefficient = penalty.coefficient();
        String unit = penalty.norm() == Stage.Penalty.Norm.L2 ? "*w" : "*sign(w)";
        String source = coefficient.place().map(p -> p.text().strip()).orElse(coefficient.written());
        findings.add(Finding.of(
                        Code.SS101,
                        penalty.norm() + " " + source + " -> weight " + coefficient.written() + "; "
                                + recipe.possessive()
                                + " gradient has " + coefficient.written() + unit
                                + ", and the Object Detection API's is weight" + unit
                                + ", in TensorFlow 2 too, where it halves what it gives to Keras")
                .at(coefficient.place()));
    }
}
