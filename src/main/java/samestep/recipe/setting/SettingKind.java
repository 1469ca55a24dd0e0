package samestep.recipe.setting;

/**
 * What a setting decides, with the one unit that every framework's convention is turned into. A setting changes what is
 * trained, but not the equations of an update.
 */
public enum SettingKind {
    /** Samples whose gradients go into one update: batch of a device, times micro-steps, times devices. */
    SAMPLES_PER_UPDATE("samples per update", Scope.RUN),
    /** Updates of the run. */
    UPDATES("updates", Scope.RUN),
    /** Epochs of the run. */
    EPOCHS("epochs", Scope.RUN),
    /** The loss, as a word: {@code softmax cross-entropy}. */
    LOSS("loss", Scope.RUN),
    /** What the loss is averaged over, as a word: {@code batch}, {@code tokens}, {@code sum}. */
    LOSS_REDUCTION("loss averaged over", Scope.RUN),
    /** Share of the target's probability that is spread over all classes, 0 to 1. */
    LABEL_SMOOTHING("label smoothing", Scope.RUN),
    /** Strength of mixing two samples (parameter of the Beta distribution); 0 means off. */
    MIXUP("mixup", Scope.RUN),
    /** Strength of pasting a piece of another sample into one (parameter of the Beta distribution); 0 means off. */
    CUTMIX("cutmix", Scope.RUN),
    /** The format that activations and gradients are computed in, as a word: {@code float32}, {@code bfloat16}. */
    NUMBER_FORMAT("number format", Scope.RUN),
    /** How the loss is scaled before the gradients are computed, as a word or a number; it is taken out again. */
    LOSS_SCALING("loss scaling", Scope.RUN),
    /** Share of the old value that an average of the weights keeps at each update; 0 switches averaging off. */
    WEIGHT_AVERAGE("average of the weights, share kept", Scope.RUN),
    /** Which weights are evaluated, as a word: {@code averaged}, {@code trained}. */
    EVALUATED_WEIGHTS("evaluated weights", Scope.RUN),
    /** Share of the old value that running statistics keep at each batch, 0 to 1. */
    STATISTICS_KEPT("running statistics, share kept", Scope.LAYER),
    /** The number that is added to the variance of a normalisation. */
    NORMALISATION_EPSILON("normalisation epsilon", Scope.LAYER),
    /** Share of the activations that dropout sets to zero, 0 to 1. */
    DROPOUT("dropout, share dropped", Scope.LAYER),
    /** Share of the samples whose residual branch is left out, 0 to 1. */
    DROP_PATH("stochastic depth, share dropped", Scope.LAYER),
    /** The distribution of a parameter before the first update. */
    INITIAL_WEIGHTS("initial weights", Scope.PARAMETER),
    /** Which part of the model is not trained, as a word. */
    FROZEN_PART("frozen part", Scope.RUN),
    /** Devices that each take a batch. */
    DEVICES("devices", Scope.RUN),
    /** How much of the data an epoch has: a share of the batches, a number of them, or a factor, as its field says. */
    EPOCH_LENGTH("part of an epoch", Scope.RUN),
    /** What one form of file says in a field of its own, and no other form in a unit that could be compared. */
    OWN_FIELD("field", Scope.FIELD);

    /** What has a setting of a kind. */
    public enum Scope {
        /** The whole run has one. */
        RUN,
        /** Each layer of some types has one. */
        LAYER,
        /** Each parameter has one. */
        PARAMETER,
        /** Each field of a form of file has one: it is the setting's part. */
        FIELD
    }

    private final String words;
    private final Scope scope;

    SettingKind(String words, Scope scope) {
        this.words = words;
        this.scope = scope;
    }

    /** What it is called in reports. */
    public String words() {
        return words;
    }

    /** What has it. */
    public Scope scope() {
        return scope;
    }
}
