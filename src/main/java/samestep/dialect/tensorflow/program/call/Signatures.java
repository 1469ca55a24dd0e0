package samestep.dialect.tensorflow.program.call;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samestep.dialect.Resources;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;

/** What TensorFlow calls the arguments that are given by position: the table in {@code signatures.txt}. */
public final class Signatures {
    private static final Map<String, List<String>> TABLE = read();

    private Signatures() {}

    /** Whether the table has a function. */
    public static boolean has(String function) {
        return TABLE.containsKey(function);
    }

    /**
     * The arguments of a call by name.
     *
     * @param function a name of the table
     * @return the rest, under a name such as {@code #4}, where the table ends
     */
    public static Map<String, Argument> arguments(String function, RecordedCall call) {
        List<String> names = TABLE.getOrDefault(function, List.of());
        Map<String, Argument> arguments = new LinkedHashMap<>();
        for (int i = 0; i < call.positional().size(); i++) {
            arguments.put(
                    i < names.size() ? names.get(i) : "#" + i, call.positional().get(i));
        }
        arguments.putAll(call.keywords());
        return arguments;
    }

    private static Map<String, List<String>> read() {
        Map<String, List<String>> table = new HashMap<>();
        for (String line :
                Resources.text("tensorflow/program/signatures.txt").lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int colon = line.indexOf(" : ");
                List<String> names = List.of(line.substring(colon + 3).strip().split(" "));
                for (String function : line.substring(0, colon).split(" ")) {
                    table.put(function, names);
                }
            }
        }
        return table;
    }
}
