package samestep.syntax.json;

import java.util.List;
import samestep.text.Span;

/**
 * An array.
 *
 * @param elements in the order of the file
 * @param span with the brackets
 */
public record JsonArray(List<JsonValue> elements, Span span) implements JsonValue {

    /** Copies the elements. */
    public JsonArray {
        elements = List.copyOf(elements);
    }
}
