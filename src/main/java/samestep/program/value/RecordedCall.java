package samestep.program.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;

/**
 * A call of something that is not of the program. What it gave is a {@link Value.Made}.
 *
 * @param number its number among the events, from 0
 * @param callee what was called
 * @param positional the arguments by position, as they were when it was called
 * @param keywords those by name, in order
 * @param isOpen whether further arguments may have been given, by stars of what is not known
 * @param place the call
 * @param circumstances under what it was called
 */
public record RecordedCall(
        int number,
        Value callee,
        List<Argument> positional,
        Map<String, Argument> keywords,
        boolean isOpen,
        Place place,
        Circumstances circumstances)
        implements Event {

    /**
     * An argument.
     *
     * @param value a copy if it was a container
     * @param place the expression
     */
    public record Argument(Value value, Place place) {}

    /** Copies the arguments. */
    public RecordedCall {
        positional = List.copyOf(positional);
        keywords = Collections.unmodifiableMap(new LinkedHashMap<>(keywords));
    }

    /**
     * What was called, as a path from the library: {@code torch.optim.SGD}, and {@code torch.optim.SGD().step} for a
     * method of what that made.
     */
    public String name() {
        return Show.path(callee);
    }

    /** The last part of what was called: {@code SGD} of {@code torch.optim.SGD}. */
    public String lastName() {
        String name = name();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The argument of a parameter, by its name or else by its position; a negative position means by name only. */
    public Optional<Argument> argument(String name, int position) {
        Argument named = keywords.get(name);
        if (named != null) {
            return Optional.of(named);
        }
        return position >= 0 && position < positional.size() ? Optional.of(positional.get(position)) : Optional.empty();
    }

    /** The argument of a keyword. */
    public Optional<Argument> keyword(String name) {
        return argument(name, -1);
    }

    /** What its method belongs to, if it is a call of a method. */
    public Optional<Value> owner() {
        return callee instanceof Value.Member member ? Optional.of(member.owner()) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public String toString() {
        return Show.call(this);
    }
}
