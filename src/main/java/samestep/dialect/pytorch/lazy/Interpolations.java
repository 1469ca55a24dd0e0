package samestep.dialect.pytorch.lazy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.program.value.Mapping;
import samestep.program.value.Value;

/**
 * OmegaConf's {@code ${a.b}}, from the top, and {@code ${..b}}, from the dict around that of the value. One that is not a whole value,
 * or whose value is not there, is not known.
 */
final class Interpolations {
    private static final Pattern WHOLE = Pattern.compile("\\$\\{(\\.*)([\\w.]+)}");
    private static final int DEEPEST = 60;
    /** So often may one lead to another. */
    private static final int LONGEST = 8;

    private final Mapping root;

    private Interpolations(Mapping root) {
        this.root = root;
    }

    /** A copy of a configuration with the values. */
    static Mapping resolved(Mapping root) {
        return new Interpolations(root).copied(root, List.of(root));
    }

    private Mapping copied(Mapping mapping, List<Mapping> around) {
        Mapping copy = new Mapping(mapping.type(), mapping.place());
        mapping.rest().ifPresent(copy::open);
        for (Mapping.Entry entry : mapping.entries()) {
            if (entry.value() instanceof Mapping inner && around.size() < DEEPEST) {
                List<Mapping> deeper = new ArrayList<>(around);
                deeper.add(inner);
                copy.put(entry.key(), copied(inner, deeper));
            } else {
                copy.put(entry.key(), value(entry.value(), around, 0));
            }
        }
        return copy;
    }

    /** @param around the dicts that the value is in, from the outermost */
    private Value value(Value value, List<Mapping> around, int links) {
        if (!(value instanceof Value.Text text) || !text.value().contains("${")) {
            return value;
        }
        Value unknown = new Value.Unknown(
                "the interpolation " + text.value() + " is not understood",
                text.origin().literals().stream().findFirst());
        Matcher matcher = WHOLE.matcher(text.value());
        if (!matcher.matches() || matcher.group(1).length() > around.size() || links > LONGEST) {
            return unknown;
        }
        int dots = matcher.group(1).length();
        List<Mapping> at = new ArrayList<>(dots == 0 ? List.of(root) : around.subList(0, around.size() - dots + 1));
        Optional<Value> found = Optional.empty();
        for (String name : matcher.group(2).split("\\.")) {
            if (found.isPresent()) {
                if (!(found.get() instanceof Mapping inner)) {
                    return unknown;
                }
                at.add(inner);
            }
            found = at.get(at.size() - 1).get(name);
            if (found.isEmpty()) {
                return unknown;
            }
        }
        return found.map(v -> value(v, at, links + 1)).orElse(unknown);
    }
}
