package samestep.dialect.tensorflow.pipeline;

import java.util.List;
import java.util.Optional;
import samestep.dialect.ParameterList;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.recipe.DeclaredPenalty;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.syntax.prototxt.PrototxtField;

/** What a pipeline says that is not in the recipe, or that the trainer at hand does not do. */
final class PipelineRemarks {
    private final PipelineSection root;
    private final PipelineSection train;
    private final PipelineTrainer trainer;
    private final List<Finding> findings;

    PipelineRemarks(PipelineSection root, PipelineTrainer trainer, List<Finding> findings) {
        this.root = root;
        this.train = root.section("train_config");
        this.trainer = trainer;
        this.findings = findings;
    }

    void about(Recipe recipe) {
        clipping();
        leftOut(recipe);
        average();
        frozen();
        baseNetwork();
        biases();
        if (PipelineModel.blocks(root).isEmpty()) {
            findings.add(Finding.at(
                            root.section("model").place(),
                            Code.SS006,
                            "the model has no hyper-parameters in this file, so no penalties are known; assumed: there"
                                    + " are none")
                    .detail("A base network may have some of its own in its code."));
        }
        String updates = train.whole("num_steps") > 0
                ? train.whole("num_steps") + " updates (num_steps)"
                : "the number of updates (num_steps is not given)";
        findings.add(Finding.of(
                Code.SS902,
                "not in the result; set these yourself, the same as here: the model with its losses and initial"
                        + " weights, the data, batches of " + train.whole("batch_size") + ", " + updates
                        + (train.has("fine_tune_checkpoint") ? ", and the checkpoint it starts from" : "")));
    }

    /** With quantization, weights are rounded in training: what is not read, for the recipe. */
    List<String> rounding() {
        Optional<PrototxtField> quantization =
                root.section("graph_rewriter").message().last("quantization");
        quantization.ifPresent(field -> findings.add(Finding.at(
                        new Place(root.source(), field.nameSpan()),
                        Code.SS043,
                        "graph_rewriter.quantization: weights and activations are rounded in training")
                .detail("What an update is without it is shown; the verdict is not exact.")));
        return quantization
                .map(field -> "graph_rewriter.quantization "
                        + root.source().slice(field.value().span()).strip().replaceAll("\\s+", " "))
                .stream()
                .toList();
    }

    private void clipping() {
        if (trainer == PipelineTrainer.ESTIMATOR
                && train.number("gradient_clipping_by_norm").decimal().signum() > 0) {
            findings.add(train.finding(
                            "gradient_clipping_by_norm",
                            Code.SS511,
                            "assumed: " + trainer.title() + ", which clips all gradients together; "
                                    + PipelineTrainer.LEGACY.title() + " clips each tensor's by itself")
                    .detail("The file does not say which program reads it."));
        }
    }

    private void leftOut(Recipe recipe) {
        List<Parameter> left = recipe.parameters().stream()
                .filter(p -> !p.stages(DeclaredPenalty.class).isEmpty())
                .toList();
        if (!left.isEmpty()) {
            findings.add(train.finding(
                            "add_regularization_loss",
                            Code.SS111,
                            "add_regularization_loss is false: the penalties of " + ParameterList.count(left)
                                    + " are declared and not part of the loss")
                    .as(Severity.WARNING));
        }
    }

    /** The average is of the weights and moves none. */
    private void average() {
        PipelineSection optimizer = train.section("optimizer");
        if (optimizer.flag("use_moving_average")) {
            String silent = optimizer.has("use_moving_average") ? "" : ", which is the default";
            findings.add(optimizer.finding(
                    "use_moving_average",
                    Code.SS212,
                    "use_moving_average" + silent + ": what is evaluated and exported is an average of the weights ("
                            + optimizer.number("moving_average_decay").written()
                            + " of the old one at each update); the output does not include it"));
        }
    }

    private void frozen() {
        for (String field : List.of("freeze_variables", "update_trainable_variables")) {
            if (!train.has(field)) {
                continue;
            }
            String names = ParameterList.some(List.copyOf(train.words(field)));
            if (trainer == PipelineTrainer.KERAS) {
                findings.add(train.finding(
                                field, Code.SS009, field + " does nothing: " + trainer.title() + " does not read it")
                        .as(Severity.WARNING));
            } else {
                findings.add(train.finding(
                        field,
                        Code.SS311,
                        field + " (" + names + ") says by the names of variables which are trained; the names are not"
                                + " in this file, so all are taken as trained"));
            }
        }
    }

    /** The base has hyper-parameters of its own, in its code. */
    private void baseNetwork() {
        PipelineSection extractor = root.section("model").section("ssd").section("feature_extractor");
        if (extractor.given()
                && !extractor.word("type").isEmpty()
                && !extractor.flag("override_base_feature_extractor_hyperparams")) {
            findings.add(extractor
                    .finding(
                            "type",
                            Code.SS304,
                            "the feature extractor's hyper-parameters reach the layers that are added to the base"
                                    + " network; the base has its own, in its code")
                    .detail("override_base_feature_extractor_hyperparams: true makes them reach the base too."));
        }
    }

    private void biases() {
        if (trainer == PipelineTrainer.KERAS && train.has("bias_grad_multiplier")) {
            findings.add(train.finding(
                            "bias_grad_multiplier",
                            Code.SS009,
                            "bias_grad_multiplier does nothing: only " + PipelineTrainer.LEGACY.title() + " reads it")
                    .as(Severity.WARNING));
        }
        if (trainer == PipelineTrainer.LEGACY) {
            findings.add(train.finding(
                    "bias_grad_multiplier",
                    Code.SS511,
                    "assumed: " + trainer.title() + ", the only one that reads bias_grad_multiplier; it clips each"
                            + " tensor's gradient by itself"));
        }
    }
}
