package samestep.syntax.yaml;

import java.util.List;
import samestep.text.Span;

/**
 * A list.
 *
 * @param elements in the order of the file
 * @param flow whether it is in brackets
 * @param tag as written, or empty
 * @param span with the brackets, or from the first hyphen to the end of the last element
 */
public record YamlSequence(List<YamlValue> elements, boolean flow, String tag, Span span) implements YamlValue {

    /** Copies the elements. */
    public YamlSequence {
        elements = List.copyOf(elements);
    }

    /** The elements, aliases replaced by what they stand for. */
    public List<YamlValue> values() {
        return elements.stream().map(YamlValue::resolved).toList();
    }
}
