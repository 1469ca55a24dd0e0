package samestep.dialect.tensorflow.graph;

/** Names in expressions for what is known only when the graph runs. */
public final class Symbols {
    /** The number of samples, or of rows, that a loss is made of. */
    static final String BATCH = "batch";
    /** A norm of gradients that something is clipped by. */
    public static final String NORM = "norm";

    private Symbols() {}
}
