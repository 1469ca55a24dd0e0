package samestep.dialect.keras.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.Resources;
import samestep.recipe.Role;
import samestep.syntax.json.JsonBoolean;
import samestep.syntax.json.JsonObject;
import samestep.syntax.json.JsonString;

/** Which variables a layer of a known class has: the table in {@code layers.txt}. */
public final class KerasLayerTable {
    private static final Map<String, Map<String, Layer>> TABLE = read();

    private KerasLayerTable() {}

    /**
     * A class of layers.
     *
     * @param wraps whether its variables are those of the layers in its configuration
     * @param variables its own, in order
     */
    public record Layer(boolean wraps, List<Variable> variables) {
        public Layer {
            variables = List.copyOf(variables);
        }
    }

    /**
     * A variable that gradients move.
     *
     * @param path below the layer's own path
     * @param role what it does
     * @param condition on the layer's configuration, as in the table; empty where it is always there
     */
    public record Variable(String path, Role role, String condition) {
        /** Where in its layer it is, for layers that have several variables of a role; else empty. */
        public String part() {
            int slash = path.lastIndexOf('/');
            return slash < 0 || path.contains("_cell/") ? "" : path.substring(0, slash);
        }

        /** Whether a layer with this configuration has it. */
        public boolean isIn(JsonObject config) {
            return condition.isEmpty()
                    || Arrays.stream(condition.split("\\|"))
                            .anyMatch(either -> Arrays.stream(either.split("&")).allMatch(c -> holds(c, config)));
        }

        private static boolean holds(String condition, JsonObject config) {
            String name = condition.substring(1);
            boolean off = config.get(name).orElse(null) instanceof JsonBoolean flag && !flag.value();
            boolean there = config.get(name).filter(v -> !v.isNull()).isPresent();
            int colon = condition.indexOf(':');
            if (colon > 0) {
                return config.get(condition.substring(0, colon)).orElse(null) instanceof JsonString text
                        && text.value().equals(condition.substring(colon + 1));
            }
            return switch (condition.charAt(0)) {
                case '+' -> there && !off;
                case '-' -> !there || off;
                // Keras 1 calls it otherwise.
                default -> !isOff(condition, config) && !(condition.equals("use_bias") && isOff("bias", config));
            };
        }

        private static boolean isOff(String flag, JsonObject config) {
            return config.get(flag).orElse(null) instanceof JsonBoolean value && !value.value();
        }
    }

    /** The class of that name; empty where its variables are not known. */
    public static Optional<Layer> of(KerasGeneration generation, String className) {
        String section = switch (generation) {
            case KERAS_1 -> "1";
            case KERAS_2, LEGACY, KERAS_2_15, ADDONS -> "2";
            case KERAS_3 -> "3";
        };
        return Optional.ofNullable(TABLE.getOrDefault(section, Map.of()).get(className))
                .or(() ->
                        Optional.ofNullable(TABLE.getOrDefault("all", Map.of()).get(className)));
    }

    private static Map<String, Map<String, Layer>> read() {
        Map<String, Map<String, Layer>> table = new HashMap<>();
        String section = "";
        for (String line : Resources.text("keras/layers.txt").lines().toList()) {
            if (line.startsWith("[")) {
                section = line.substring(1, line.indexOf(']'));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                int colon = line.indexOf(" : ");
                Layer layer = layer(line.substring(colon + 3).strip());
                for (String className : line.substring(0, colon).strip().split(" ")) {
                    table.computeIfAbsent(section, k -> new HashMap<>()).put(className, layer);
                }
            }
        }
        return table;
    }

    private static Layer layer(String text) {
        List<Variable> variables = new ArrayList<>();
        boolean wraps = text.equals("wraps");
        for (String variable : wraps || text.equals("none") ? new String[0] : text.split(" ")) {
            int equals = variable.indexOf('=');
            int question = variable.indexOf('?');
            String role = variable.substring(equals + 1, question < 0 ? variable.length() : question);
            variables.add(new Variable(
                    variable.substring(0, equals), role(role), question < 0 ? "" : variable.substring(question + 1)));
        }
        return new Layer(wraps, variables);
    }

    private static Role role(String word) {
        return word.equals("parameter") ? Role.OTHER : Role.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
