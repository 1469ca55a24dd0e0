package samestep.compare;

/**
 * Something under which two updates that differ are proven to be the same.
 *
 * @param words such as {@code the learning rate is constant}
 * @param met whether these configurations meet it
 */
public record Condition(String words, Met met) {

    /** Whether a condition is met. */
    public enum Met {
        /** Both configurations say so. */
        YES("so here"),
        /** At least one says otherwise. */
        NO("not so here"),
        /** It depends on gradients, which no configuration says. */
        DEPENDS("depends on the gradients");

        private final String words;

        Met(String words) {
            this.words = words;
        }

        /** The words in reports. */
        public String words() {
            return words;
        }
    }

    /** Such as {@code while no gradient is clipped (depends on the gradients)}. */
    @Override
    public String toString() {
        return "while " + words + " (" + met.words() + ")";
    }
}
