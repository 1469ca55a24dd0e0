package samestep.compare.induction;

/** What a state is at the start of an update, said by the number of updates and by the other side's states. */
sealed interface Relation {
    /** Whatever it may be: the side's own variable. */
    record Free() implements Relation {}

    /**
     * A power of the number of updates that came before.
     *
     * @param start what the power is multiplied by; zero for a state that stays zero
     * @param base the factor of each update
     */
    record Power(long start, long base) implements Relation {}

    /**
     * A multiple of a state of the other side.
     *
     * @param state which of the other side's
     * @param factor constant
     * @param rateExponent how often the learning rate of the last update is a factor too; negative where it divides
     */
    record Multiple(int state, long factor, int rateExponent) implements Relation {}
}
