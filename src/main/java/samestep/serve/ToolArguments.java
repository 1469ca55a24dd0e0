package samestep.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import samestep.dialect.LibraryVersions;
import samestep.dialect.Run;
import samestep.recipe.version.Installed;

/** The arguments of a call. What is of another kind than the tool's schema says is a {@link ToolException}. */
final class ToolArguments {
    private final Map<String, Object> values;

    ToolArguments(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /** A text that has to be given. */
    String text(String name) {
        return optional(name).orElseThrow(() -> new ToolException("\"" + name + "\" is missing"));
    }

    /** A text that may be given. */
    Optional<String> optional(String name) {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        throw new ToolException("\"" + name + "\": expected a text");
    }

    /** A list of texts; empty if it is not given. */
    List<String> texts(String name) {
        Object value = values.get(name);
        if (value == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object element : list) {
                if (!(element instanceof String text)) {
                    throw new ToolException("\"" + name + "\": expected a list of texts");
                }
                texts.add(text);
            }
            return texts;
        }
        throw new ToolException("\"" + name + "\": expected a list of texts");
    }

    /** Texts by name; empty if they are not given. */
    Map<String, String> pairs(String name) {
        Object value = values.get(name);
        Map<String, String> pairs = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> {
                if (!(key instanceof String from) || !(element instanceof String to)) {
                    throw new ToolException("\"" + name + "\": expected texts by name");
                }
                pairs.put(from, to);
            });
        } else if (value != null) {
            throw new ToolException("\"" + name + "\": expected an object");
        }
        return pairs;
    }

    /** What is known of the run: {@code dataset_size}, {@code updates_per_epoch}, {@code devices}, {@code versions}. */
    Run run() {
        OptionalLong devices = count("devices");
        return new Run(
                count("dataset_size"),
                count("updates_per_epoch"),
                devices.isPresent() ? OptionalInt.of(Math.toIntExact(devices.getAsLong())) : OptionalInt.empty(),
                versions());
    }

    private List<Installed> versions() {
        return pairs("versions").entrySet().stream()
                .map(version -> installed(version.getKey() + "=" + version.getValue()))
                .toList();
    }

    private static Installed installed(String text) {
        try {
            return LibraryVersions.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ToolException("\"versions\": " + e.getMessage());
        }
    }

    private OptionalLong count(String name) {
        Object value = values.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.doubleValue() >= 1
                && number.doubleValue() <= Integer.MAX_VALUE) {
            return OptionalLong.of(number.longValue());
        }
        throw new ToolException("\"" + name + "\": expected a whole number from 1 to " + Integer.MAX_VALUE);
    }
}
