package samestep.syntax.prototxt;

import java.util.List;
import java.util.Optional;
import samestep.text.Span;

/**
 * Fields in the order of the file.
 *
 * @param fields the fields, one for each value
 * @param span with the braces or angle brackets; the whole text for the top level; up to the last token read where the
 *     closing brace is missing
 */
public record PrototxtMessage(List<PrototxtField> fields, Span span) implements PrototxtValue {

    /** Copies the fields. */
    public PrototxtMessage {
        fields = List.copyOf(fields);
    }

    /** The fields of that name, in order. */
    public List<PrototxtField> fields(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).toList();
    }

    /** The last field of that name. */
    public Optional<PrototxtField> last(String name) {
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (fields.get(i).name().equals(name)) {
                return Optional.of(fields.get(i));
            }
        }
        return Optional.empty();
    }
}
