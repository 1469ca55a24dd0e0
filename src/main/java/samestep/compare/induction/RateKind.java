package samestep.compare.induction;

import java.math.BigDecimal;

/** What is assumed of the learning rate. */
public sealed interface RateKind {
    /** Another at each update, zero too. */
    record Moving() implements RateKind {}

    /** One for the whole run, whichever it is. */
    record Constant() implements RateKind {}

    /** This one for the whole run. */
    record Fixed(BigDecimal rate) implements RateKind {}
}
