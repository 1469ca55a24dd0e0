package samestep.dialect.pytorch.program;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.Resources;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;

/** The names of arguments that are given by position, as the resource {@code signatures.txt} has them. */
final class Signatures {
    private Signatures() {}

    /**
     * The arguments of a call by name, those by position first.
     *
     * @param name what is called, as the resource has it
     * @return empty where an argument by position has no known name
     */
    static Optional<Map<String, Argument>> arguments(RecordedCall call, String name) {
        List<String> names = Table.NAMES.getOrDefault(name, List.of());
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

    /** Whether a scheduler, or another function, is known by its name without a package. */
    static boolean has(String name) {
        return Table.NAMES.containsKey(name);
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
