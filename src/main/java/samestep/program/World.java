package samestep.program;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import samestep.program.value.Arguments;
import samestep.program.value.Circumstances;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;

/**
 * What a framework knows about its objects while a program is followed: the parameters of a model, so that a loop over
 * {@code named_parameters()} takes its turns and conditions on names are decided. Each answer is empty where nothing is
 * known, and the value is then recorded as any other.
 */
public interface World {
    /** Knows nothing. */
    World NONE = new World() {};

    /** The elements of something that a library made, in order, if they are all known. */
    default Optional<List<Value>> elements(Value iterable) {
        return Optional.empty();
    }

    /** An attribute of something of a library, or one of an instance that it inherits from a library. */
    default Optional<Value> attribute(Value owner, String name) {
        return Optional.empty();
    }

    /** An element of something of a library by its index or key. */
    default Optional<Value> item(Value owner, Value index) {
        return Optional.empty();
    }

    /**
     * Sees that an attribute or an element is set: of something of a library, or of an instance of the program.
     *
     * @param name the attribute's, or the index or key as a text
     */
    default void set(Value owner, String name, Value value, Circumstances when) {}

    /** Sees that {@code next} took an element of an iterator that a library gave: it does not give it again. */
    default void advanced(Value iterator, Circumstances when) {}

    /** What a call gives, instead of a {@link Value.Made}. The call is recorded in any case. */
    default Optional<Value> result(RecordedCall call) {
        return Optional.empty();
    }

    /** Calls functions of the program, as a library does with those that it is given. */
    @FunctionalInterface
    interface Calls {
        /** What the function gives; what it does is recorded. */
        Value call(Value function, Arguments arguments);
    }

    /** What a call gives that calls functions of the program, such as an Estimator with its {@code model_fn}. */
    default Optional<Value> result(RecordedCall call, Calls calls) {
        return result(call);
    }

    /**
     * What a definition at the top of a file is, if it is the copy of a text that the framework's writer puts into programs: it
     * is then known by that, and not followed.
     *
     * @param text all of it, with its decorators
     * @param names what a name is bound to in the file at that place
     */
    default Optional<Value> definition(String text, Function<String, Optional<Value>> names) {
        return Optional.empty();
    }

    /** Whether a condition holds that is about something of a library. */
    default Optional<Boolean> truth(Value condition) {
        return Optional.empty();
    }
}
