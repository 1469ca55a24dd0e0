package samestep.dialect.pytorch.object;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.Resources;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;

/** The names of arguments, in the order in which a call gives them by position, as the resource {@code signatures.txt} has them. */
public final class Signatures {
    private Signatures() {}

    /**
     * The arguments of a call by name, those by position first.
     *
     * @param name what is called, as in the resource
     * @return empty where an argument by position has no known name
     */
    public static Optional<Map<String, Argument>> arguments(RecordedCall call, String name) {
        List<String> names = of(name);
        if (call.positional().size() > names.size()) {
            return Optional.empty();
        }
        Map<String, Argument> arguments = new LinkedHashMap<>();
        for (int i = 0; i < call.positional().size(); i++) {
            arguments.put(names.get(i), call.positional().get(i));
        }
        arguments.putAll(call.keywords());
        return Optional.of(arguments);
    }

    /** The arguments of a scheduler or another function, by its name without a package; none where it is not known. */
    public static List<String> of(String name) {
        return Table.NAMES.getOrDefault(name, List.of());
    }

    /** Read at the first use. */
    private static final class Table {
        private static final Map<String, List<String>> NAMES = new HashMap<>();

        static {
            Resources.lines("pytorch/program/signatures.txt").forEach(line -> {
                String[] cells = line.split(" \\| ");
                NAMES.put(cells[0], List.of(cells[1].split(" ")));
            });
        }
    }
}
