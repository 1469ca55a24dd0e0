package samestep.dialect.tensorflow.garden;

import java.util.ArrayList;
import java.util.List;

/**
 * A name of an experiment with what will be written after it: a number, a word or a list in brackets; or names again.
 *
 * @param value as it will be written; empty for names
 * @param fields those within, in order
 */
record GardenField(String name, String value, List<GardenField> fields) {
    GardenField {
        fields = List.copyOf(fields);
    }

    /** A name with a value. */
    static GardenField of(String name, String value) {
        return new GardenField(name, value, List.of());
    }

    /** A name with names. */
    static GardenField of(String name, List<GardenField> fields) {
        return new GardenField(name, "", fields);
    }

    /** A choice: its type, and the fields of that. */
    static GardenField choice(String name, String type, List<GardenField> fields) {
        List<GardenField> all = new ArrayList<>(List.of(of("type", type)));
        if (!fields.isEmpty()) {
            all.add(of(type, fields));
        }
        return of(name, all);
    }

    boolean isMapping() {
        return value.isEmpty();
    }

    /** Its lines, without indentation but that of what is inside. */
    List<String> lines() {
        if (!isMapping()) {
            return List.of(name + ": " + value);
        }
        List<String> lines = new ArrayList<>(List.of(name + ":"));
        fields.forEach(field -> field.lines().forEach(line -> lines.add("  " + line)));
        return lines;
    }

    /** The same in braces, on one line. */
    String inLine() {
        return name + ": "
                + (isMapping()
                        ? "{"
                                + String.join(
                                        ", ",
                                        fields.stream().map(GardenField::inLine).toList()) + "}"
                        : value);
    }

    /** All of them as a text. */
    static String text(List<GardenField> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach(field -> field.lines().forEach(line -> text.append(line).append('\n')));
        return text.toString();
    }
}
