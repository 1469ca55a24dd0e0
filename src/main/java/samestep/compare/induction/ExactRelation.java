package samestep.compare.induction;

import samestep.equation.Fraction;

/** What a state is at the start of an update, in exact numbers: what {@link Relation} is modulo one prime. */
public sealed interface ExactRelation {
    /** Whatever it may be. */
    record Free() implements ExactRelation {}

    /**
     * A power of the number of updates that came before.
     *
     * @param start what the power is multiplied by; zero for a state that stays zero
     * @param base the factor of each update
     */
    record Power(Fraction start, Fraction base) implements ExactRelation {}

    /**
     * A multiple of a state of the left side.
     *
     * @param state which, by its place in {@link StateName#of}
     * @param factor constant
     * @param rateExponent how often the learning rate of the last update is a factor too; negative where it divides
     */
    record Multiple(int state, Fraction factor, int rateExponent) implements ExactRelation {}
}
