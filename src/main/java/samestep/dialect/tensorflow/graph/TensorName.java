package samestep.dialect.tensorflow.graph;

import java.util.Optional;

/**
 * An output of an operation, as the edges of a graph name it.
 *
 * @param node the operation
 * @param output which of its outputs, from 0
 */
public record TensorName(String node, int output) {
    /** Reads {@code name} or {@code name:1}; nothing of {@code ^name}, which only says what comes first. */
    public static Optional<TensorName> parse(String text) {
        if (text.isEmpty() || text.charAt(0) == '^') {
            return Optional.empty();
        }
        int colon = text.lastIndexOf(':');
        String digits = text.substring(colon + 1);
        boolean numbered = colon > 0 && !digits.isEmpty() && digits.length() < 9 && isNumber(digits);
        return Optional.of(
                numbered
                        ? new TensorName(text.substring(0, colon), Integer.parseInt(digits))
                        : new TensorName(text, 0));
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return node + ":" + output;
    }
}
