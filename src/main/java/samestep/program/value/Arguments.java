package samestep.program.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.RecordedCall.Argument;

/**
 * The arguments of a call.
 *
 * @param positional by position
 * @param keywords by name
 * @param open why further ones may be given, if they may
 */
public record Arguments(List<Argument> positional, Map<String, Argument> keywords, Optional<Value> open) {

    /** Copies the arguments. */
    public Arguments {
        positional = List.copyOf(positional);
        keywords = new LinkedHashMap<>(keywords);
    }

    /** Values by position. */
    public static Arguments of(Place place, Value... values) {
        List<Argument> arguments = new ArrayList<>();
        for (Value value : values) {
            arguments.add(new Argument(value, place));
        }
        return new Arguments(arguments, Map.of(), Optional.empty());
    }

    /** How many are given by position. */
    public int count() {
        return positional.size();
    }

    /** A value by position. */
    public Optional<Value> at(int position) {
        return position < positional.size()
                ? Optional.of(positional.get(position).value())
                : Optional.empty();
    }

    /** A value by name or else by position; a negative position means by name only. */
    public Optional<Value> get(int position, String name) {
        Argument named = keywords.get(name);
        if (named != null) {
            return Optional.of(named.value());
        }
        return position >= 0 ? at(position) : Optional.empty();
    }

    /** The same with another one before them. */
    public Arguments before(Argument first) {
        List<Argument> all = new ArrayList<>(List.of(first));
        all.addAll(positional);
        return new Arguments(all, keywords, open);
    }
}
