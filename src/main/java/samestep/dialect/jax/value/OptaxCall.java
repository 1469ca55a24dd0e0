package samestep.dialect.jax.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;

/**
 * A call of one of Optax' functions.
 *
 * @param name such as {@code adamw}
 * @param positional the arguments by position
 * @param named those by name
 * @param place the call
 */
public record OptaxCall(String name, List<Argument> positional, Map<String, Argument> named, Place place) {
    /** Copies the arguments. */
    public OptaxCall {
        positional = List.copyOf(positional);
        named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }

    /** The argument of a parameter. */
    public Optional<Argument> get(String parameter) {
        return Optional.ofNullable(named.get(parameter));
    }

    /** The same with its arguments by name. */
    public OptaxCall with(Map<String, Argument> all) {
        return new OptaxCall(name, List.of(), all, place);
    }
}
