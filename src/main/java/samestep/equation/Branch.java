package samestep.equation;

/** Functions that do different things for different arguments, and the sides they have. */
public final class Branch {
    private Branch() {}

    /** All sides of a function, a bit each; zero for a function that does not branch. */
    public static int allSides(Function function) {
        return switch (function) {
            case WHERE, MIN, MAX, ABS -> 0b11;
            case CLIP, SIGN -> 0b111;
            default -> 0;
        };
    }

    /** Gets the sides that were seen. */
    public interface Observer {
        /** Watches nothing. */
        Observer NONE = new Observer() {
            @Override
            public int register(String where, Function function) {
                return -1;
            }

            @Override
            public void saw(int branch, int sides) {}
        };

        /**
         * Registers a branch of the equations being compiled.
         *
         * @return its number, negative if nothing wants to know of it
         */
        int register(String where, Function function);

        /** Some entries fell on these sides. */
        void saw(int branch, int sides);

        /**
         * Registers a place where an update jumps: a sign, a floor, or a comparison other than equality.
         *
         * @return its number, negative if nothing wants to know of it
         */
        default int jump(String where) {
            return -1;
        }

        /**
         * What decides of a jump: a sign or a comparison changes where an entry passes zero.
         *
         * @param values in the algebra's own type
         */
        default void decided(int jump, Object values) {}
    }
}
