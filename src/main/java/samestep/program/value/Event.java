package samestep.program.value;

import samestep.finding.Place;

/** Something that a program does to what is not of it. */
public sealed interface Event permits RecordedCall, Event.AttributeSet, Event.ElementSet, Event.ContainerChanged {

    /** Where it is done. */
    Place place();

    /** Under what. */
    Circumstances circumstances();

    /** {@code owner.name = value}. */
    record AttributeSet(Value owner, String name, Value value, Place place, Circumstances circumstances)
            implements Event {}

    /**
     * A dict or a list of the program is changed after a library was given it.
     *
     * @param container its identity, which its copies in {@link RecordedCall}s have too
     */
    record ContainerChanged(Object container, Place place, Circumstances circumstances) implements Event {}

    /** {@code owner[index] = value}. */
    record ElementSet(Value owner, Value index, Value value, Place place, Circumstances circumstances)
            implements Event {}
}
