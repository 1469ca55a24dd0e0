package samestep.equation;

/** The four arithmetic operations. */
public enum Operator {
    /** Sum. */
    ADD("+", 1),
    /** Difference. */
    SUBTRACT("-", 1),
    /** Product. */
    MULTIPLY("*", 2),
    /** Quotient. */
    DIVIDE("/", 2);

    private final String symbol;
    private final int precedence;

    Operator(String symbol, int precedence) {
        this.symbol = symbol;
        this.precedence = precedence;
    }

    /** As it is written. */
    public String symbol() {
        return symbol;
    }

    /** Binds tighter the higher. */
    public int precedence() {
        return precedence;
    }
}
