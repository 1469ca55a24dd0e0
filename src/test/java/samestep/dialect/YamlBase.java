package samestep.dialect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import samestep.syntax.Decimals;
import samestep.syntax.yaml.Yaml;
import samestep.syntax.yaml.YamlEntry;
import samestep.syntax.yaml.YamlMapping;
import samestep.syntax.yaml.YamlValue;
import samestep.text.SourceText;

/** A file of sections within each other; {@code x.py.yaml} is printed as a program of dicts. */
record YamlBase(String name, Map<String, Object> fields) implements BaseFile {
    private static final String PROGRAM = ".py";
    private static final String TOML = ".toml";

    static YamlBase read(Path path) throws IOException {
        SourceText source = new SourceText(path.toString(), Files.readString(path));
        String name = path.toString().replace(PROGRAM + ".yaml", PROGRAM).replace(TOML + ".yaml", TOML);
        return new YamlBase(
                name, nested(source, (YamlMapping) Yaml.parse(source).value().orElseThrow()));
    }

    private static Map<String, Object> nested(SourceText source, YamlMapping mapping) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (YamlEntry entry : mapping.entries()) {
            YamlValue value = entry.value();
            fields.put(
                    entry.name(),
                    value instanceof YamlMapping section
                            ? nested(source, section)
                            : source.slice(value.span()).strip());
        }
        return fields;
    }

    @Override
    public Optional<String> value(String path) {
        Object at = fields;
        for (String name : path.split("\\.")) {
            at = at instanceof Map<?, ?> section && section.containsKey(name) ? section.get(name) : "";
        }
        return Optional.of(at)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(t -> !t.isEmpty());
    }

    @Override
    public SourceText text() {
        return text(fields);
    }

    @Override
    public SourceText with(String path, String value) {
        return text(changed(fields, path, value));
    }

    private SourceText text(Map<?, ?> all) {
        return new SourceText(
                name,
                name.endsWith(".json")
                        ? json(all)
                        : name.endsWith(PROGRAM) ? python(all) : name.endsWith(TOML) ? toml(all) : printed(all, ""));
    }

    /** A dict at the top is a variable of the program. */
    private static String python(Map<?, ?> all) {
        return all.entrySet().stream()
                .map(e -> e.getKey() + " = " + literal(e.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String literal(Object value) {
        if (value instanceof Map<?, ?> section) {
            return section.entrySet().stream()
                    .map(e -> "\"" + e.getKey() + "\": " + literal(e.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        String text = (String) value;
        return switch (text) {
            case "true" -> "True";
            case "false" -> "False";
            case "null" -> "None";
            default ->
                Decimals.parse(text).isPresent() || "[{\"".indexOf(text.charAt(0)) >= 0 ? text : "\"" + text + "\"";
        };
    }

    /** A table for each section, after what is in none. */
    private static String toml(Map<?, ?> all) {
        StringBuilder lines = new StringBuilder();
        StringBuilder tables = new StringBuilder();
        all.forEach((name, value) -> {
            if (value instanceof Map<?, ?> table) {
                tables.append("[").append(name).append("]\n");
                table.forEach((key, field) -> tables.append(assigned(key, field)));
            } else {
                lines.append(assigned(name, value));
            }
        });
        return lines.append(tables).toString();
    }

    private static String assigned(Object name, Object value) {
        String text = value instanceof Map<?, ?> inner ? json(inner).replace(": ", " = ") : json((String) value);
        return name + " = " + text + "\n";
    }

    private static String json(Map<?, ?> section) {
        return section.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\": "
                        + (e.getValue() instanceof Map<?, ?> inner ? json(inner) : json((String) e.getValue())))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** Words get their marks. */
    private static String json(String value) {
        boolean plain = Decimals.parse(value).isPresent()
                || value.equals("true")
                || value.equals("false")
                || "[\"".indexOf(value.charAt(0)) >= 0;
        return plain ? value : value.startsWith("{") ? value.replaceAll("(\\w+):", "\"$1\":") : "\"" + value + "\"";
    }

    private static Map<String, Object> changed(Map<?, ?> section, String path, String value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        section.forEach((name, field) -> copy.put((String) name, field));
        int dot = path.indexOf('.');
        if (dot < 0) {
            copy.put(path, value);
        } else {
            Object inner = copy.get(path.substring(0, dot));
            copy.put(
                    path.substring(0, dot),
                    changed(inner instanceof Map<?, ?> map ? map : Map.of(), path.substring(dot + 1), value));
        }
        return copy;
    }

    private static String printed(Map<?, ?> section, String indent) {
        StringBuilder text = new StringBuilder();
        section.forEach((name, field) -> {
            if (field instanceof Map<?, ?> inner) {
                text.append(indent).append(name).append(":\n").append(printed(inner, indent + "  "));
            } else {
                text.append(indent).append(name).append(": ").append(field).append('\n');
            }
        });
        return text.toString();
    }
}
