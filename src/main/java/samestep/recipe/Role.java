package samestep.recipe;

/** What a parameter does in its layer. */
public enum Role {
    /** Weights of a dense or convolutional layer. */
    KERNEL("kernel"),
    /** Weights of a convolution that keeps channels apart. */
    DEPTHWISE_KERNEL("depthwise kernel"),
    /** Weights of a recurrent layer from its own output. */
    RECURRENT_KERNEL("recurrent kernel"),
    /** Added constants. */
    BIAS("bias"),
    /** Scale of a normalisation. */
    GAMMA("gamma"),
    /** Offset of a normalisation. */
    BETA("beta"),
    /** Slope of a parametric rectifier. */
    ALPHA("alpha"),
    /** Vectors of an embedding. */
    EMBEDDINGS("embeddings"),
    /** Running mean and variance: kept, but not trained by gradients. */
    STATISTICS("statistics"),
    /** Something that the layer's type does not explain. */
    OTHER("parameter");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** The word in messages, singular. */
    public String word() {
        return word;
    }

    /** The word in messages, for so many. */
    public String word(int count) {
        if (this == EMBEDDINGS) {
            return count == 1 ? "embedding" : word;
        }
        if (count == 1 || this == STATISTICS) {
            return word;
        }
        return this == BIAS ? "biases" : word + "s";
    }
}
