package samestep.spi;

import java.util.List;

/**
 * A form of configuration that Samestep does not know, and a library of your own reads: an in-house trainer's file, say.
 *
 * <p>An implementation says in a form that Samestep reads what its own file means. Everything else follows: the file is
 * compared, explained, checked, and translated to every framework. Nothing is written in the form.
 *
 * <p>Implementations are found by {@link java.util.ServiceLoader}: name the class in
 * {@code META-INF/services/samestep.spi.ConfigurationForm}, or in {@code provides} of a module. It needs a public constructor
 * without parameters, and may be called from several threads. A text that Samestep knows by itself never comes here.
 */
public interface ConfigurationForm {

    /**
     * The short name, which {@code --from} takes: lower case, and of no framework that there is.
     *
     * @return such as {@code acme}; always the same
     */
    String name();

    /**
     * The name in sentences.
     *
     * @return such as {@code Acme Trainer}
     */
    String title();

    /**
     * The endings of the form's files, so that {@code check} looks into such files in a folder.
     *
     * @return lower case and without a dot, such as {@code acme}; none if the files end in one that Samestep looks into anyway,
     *     such as {@code yaml} or {@code json}
     */
    default List<String> endings() {
        return List.of();
    }

    /**
     * Whether a text is one of the form's configurations. It is asked of every text that no other reader recognises, so look at
     * the name and a few words.
     *
     * @param file the file's name, as it was given
     * @param text all of it, without a byte order mark
     * @return whether {@link #describe} is to be asked
     */
    boolean recognises(String file, String text);

    /**
     * Says what a configuration means.
     *
     * @param file the file's name, as it was given
     * @param text all of it, without a byte order mark
     * @return the same training in a form that Samestep reads
     * @throws IllegalArgumentException if it cannot be said; the message is what the user reads, so it says what was
     *     expected, and where
     */
    Description describe(String file, String text);

    /**
     * A training in a form that Samestep reads: a Caffe solver, a PyTorch training in JSON, a description of version
     * {@code live/1}.
     *
     * @param text the document
     * @param model the model that it trains, where the form has that in a file of its own, as a Caffe solver has its net;
     *     else empty
     */
    record Description(String text, String model) {

        /**
         * A document that needs no model beside it.
         *
         * @param text the document
         */
        public Description(String text) {
            this(text, "");
        }
    }
}
