package samestep.program;

/**
 * How far a program is followed.
 *
 * @param steps most statements and expressions that are evaluated
 * @param events most recorded events
 * @param depth most calls inside of calls
 * @param turns most turns of one loop
 * @param elements most elements of one container
 * @param modules most modules that are imported
 * @param seconds most time by the clock. The other limits end a reading within two seconds on a usual machine, and at
 *     the same place everywhere; this one is far from that, and for what they do not foresee
 */
public record Limits(int steps, int events, int depth, int turns, int elements, int modules, long seconds) {
    /** What a configuration needs, with room. */
    public static final Limits USUAL = new Limits(300_000, 20_000, 60, 2_000, 20_000, 200, 120);
}
