package samestep.dialect.tensorflow.pipeline;

import java.util.Locale;

/** The programs of the Object Detection API that read a pipeline; they do not do the same with it. */
enum PipelineTrainer {
    /** {@code model_main.py}, an Estimator of TensorFlow 1: model_lib.py. */
    ESTIMATOR("model_main.py (TensorFlow 1)"),
    /** {@code legacy/train.py}, slim's training loop: legacy/trainer.py. */
    LEGACY("legacy/train.py (TensorFlow 1)"),
    /** {@code model_main_tf2.py}: model_lib_v2.py, with Keras' optimizers. */
    KERAS("model_main_tf2.py (TensorFlow 2)");

    private final String title;

    PipelineTrainer(String title) {
        this.title = title;
    }

    /** The title in messages. */
    String title() {
        return title;
    }

    /**
     * Which of them a pipeline is for. The models of TensorFlow 2 are those whose names end in _keras, and CenterNet
     * (builders/model_builder.py); a model without a name is for it when its checkpoint is. Only the oldest reads
     * bias_grad_multiplier.
     */
    static PipelineTrainer of(PipelineSection root) {
        PipelineSection model = root.section("model");
        PipelineSection train = root.section("train_config");
        String type = extractor(root).toLowerCase(Locale.ROOT);
        boolean keras = type.endsWith("_keras") || model.section("center_net").given();
        if (keras
                || type.isEmpty() && train.word("fine_tune_checkpoint_version").equals("V2")) {
            return KERAS;
        }
        return train.number("bias_grad_multiplier").decimal().signum() > 0 ? LEGACY : ESTIMATOR;
    }

    /** The name of the model's feature extractor; empty where there is none. */
    static String extractor(PipelineSection root) {
        PipelineSection model = root.section("model");
        for (String architecture : PipelineModel.ARCHITECTURES) {
            PipelineSection extractor = model.section(architecture).section("feature_extractor");
            if (extractor.given()) {
                return extractor.word("type");
            }
        }
        return "";
    }
}
