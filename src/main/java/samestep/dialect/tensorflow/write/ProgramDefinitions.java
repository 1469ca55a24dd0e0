package samestep.dialect.tensorflow.write;

import java.util.Map;
import java.util.Optional;

/**
 * What a program that is written defines and TensorFlow does not have: the place of the network. The reader of programs knows it
 * by its whole text, and by nothing else: once you write a network there, it is followed like any function.
 */
public final class ProgramDefinitions {
    /** Before the names by which the reader knows them; nothing that a program imports has such a name. */
    public static final String OURS = "<samestep>.";
    /** {@code network(features, layers)}: makes the variables that the table of layers is for. */
    public static final String NETWORK = OURS + "network";
    /** {@code network(layers)}: a model of Keras that makes them. */
    public static final String MODEL = OURS + "model";

    private static final String OF_FEATURES = """
        def network(features, layers):
            \"""Yours: it makes layers with what the table has for each of them, and gives the logits.\"""
            raise NotImplementedError("the network is missing")


        """;

    private static final String OF_KERAS = """
        def network(layers):
            \"""Yours: a model of layers that are given what the table has for each of them.\"""
            raise NotImplementedError("the network is missing")


        """;

    private static final Map<String, String> NAMES = Map.of(OF_FEATURES.strip(), NETWORK, OF_KERAS.strip(), MODEL);

    private ProgramDefinitions() {}

    /**
     * What a definition of a program is, if it is one of these.
     *
     * @param text all of it
     * @return its name, which begins with {@link #OURS}
     */
    public static Optional<String> named(String text) {
        return Optional.ofNullable(NAMES.get(text.strip()));
    }

    static String network(ProgramApi api) {
        return api == ProgramApi.KERAS ? OF_KERAS : OF_FEATURES;
    }
}
