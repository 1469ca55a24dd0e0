package samestep.serve;

/** Something that a client can ask for. */
interface Tool {
    /** The name, by which it is called. */
    String name();

    /** What it does, for the reader who decides whether to call it. */
    String description();

    /** The JSON schema of its arguments. */
    String schema();

    /** Whether it writes files. */
    default boolean writes() {
        return false;
    }

    /**
     * Does it.
     *
     * @return the answer: a JSON document, or a text
     * @throws ToolException if it cannot be done; the message says why
     */
    Answer call(ToolArguments arguments);

    /**
     * What a tool answers.
     *
     * @param text what a reader sees
     * @param isJson whether the text is one JSON object
     */
    record Answer(String text, boolean isJson) {
        static Answer json(String document) {
            return new Answer(document, true);
        }

        static Answer text(String text) {
            return new Answer(text, false);
        }
    }
}
