package samestep.dialect.tensorflow.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * A field of a pipeline to be written: a name with one value, or with fields.
 *
 * @param value as it will be written; empty for a message
 * @param fields those of a message, in order
 */
record PipelineField(String name, String value, List<PipelineField> fields) {
    PipelineField {
        fields = List.copyOf(fields);
    }

    /** A field with a number or word. */
    static PipelineField of(String name, String value) {
        return new PipelineField(name, value, List.of());
    }

    /** A field with fields. */
    static PipelineField of(String name, List<PipelineField> fields) {
        return new PipelineField(name, "", fields);
    }

    /** A field with one field in it. */
    static PipelineField of(String name, PipelineField inner) {
        return of(name, List.of(inner));
    }

    boolean isMessage() {
        return value.isEmpty();
    }

    /** Its lines, without indentation but that of what is inside. */
    List<String> lines() {
        if (!isMessage()) {
            return List.of(name + ": " + value);
        }
        List<String> lines = new ArrayList<>(List.of(name + " {"));
        for (PipelineField field : fields) {
            field.lines().forEach(line -> lines.add("  " + line));
        }
        lines.add("}");
        return lines;
    }

    /** All of them as a text. */
    static String text(List<PipelineField> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach(field -> field.lines().forEach(line -> text.append(line).append('\n')));
        return text.toString();
    }
}
