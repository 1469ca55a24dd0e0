package samestep.syntax.prototxt;

/** Which messages are open. */
final class Nesting {
    private int braces;
    private int angles;

    void open(boolean angle) {
        count(angle, 1);
    }

    void close(boolean angle) {
        count(angle, -1);
    }

    int depth() {
        return braces + angles;
    }

    /** Whether a message waits for this kind of closing. */
    boolean awaits(boolean angle) {
        return angle ? angles > 0 : braces > 0;
    }

    private void count(boolean angle, int change) {
        if (angle) {
            angles += change;
        } else {
            braces += change;
        }
    }
}
