package samestep.dialect.keras.program;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samestep.dialect.Resources;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;

/** What Keras calls the arguments that are given by position: the table in {@code signatures.txt}. */
final class Signatures {
    private static final Map<String, Map<String, List<String>>> TABLE = read();

    private Signatures() {}

    /**
     * The arguments of a call by name.
     *
     * @param className the class, or function
     * @param skipped how many positional arguments do not belong to the class, such as an instance
     * @return the rest, under a name such as {@code #4}, where the table ends
     */
    static Map<String, Argument> arguments(Version version, String className, RecordedCall call, int skipped) {
        List<String> names = parameters(version, className);
        Map<String, Argument> arguments = new LinkedHashMap<>();
        for (int i = skipped; i < call.positional().size(); i++) {
            int at = i - skipped;
            arguments.put(
                    at < names.size() ? names.get(at) : "#" + at,
                    call.positional().get(i));
        }
        arguments.putAll(call.keywords());
        return arguments;
    }

    private static List<String> parameters(Version version, String className) {
        return version.sections().stream()
                .map(section -> TABLE.getOrDefault(section, Map.of()).get(className))
                .filter(names -> names != null)
                .findFirst()
                .orElse(List.of());
    }

    private static Map<String, Map<String, List<String>>> read() {
        Map<String, Map<String, List<String>>> table = new HashMap<>();
        String section = "";
        for (String line :
                Resources.text("keras/program/signatures.txt").lines().toList()) {
            if (line.startsWith("[")) {
                section = line.substring(1, line.indexOf(']'));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                int colon = line.indexOf(" : ");
                List<String> names = List.of(line.substring(colon + 3).strip().split(" "));
                for (String className : line.substring(0, colon).split(" ")) {
                    table.computeIfAbsent(section, k -> new HashMap<>()).put(className, names);
                }
            }
        }
        return table;
    }
}
