package samestep.program.value;

import samestep.finding.Place;

/** Something that a program does to what is not of it. */
public sealed interface Event permits RecordedCall, Event.AttributeSet, Event.ElementSet {

    /** Where it is done. */
    Place place();

    /** Under what. */
    Circumstances circumstances();

    /** {@code owner.name = value}. */
    record AttributeSet(Value owner, String name, Value value, Place place, Circumstances circumstances)
            implements Event {}

    /** {@code owner[index] = value}. */
    record ElementSet(Value owner, Value index, Value value, Place place, Circumstances circumstances)
            implements Event {}
}
