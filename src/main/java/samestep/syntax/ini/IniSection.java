package samestep.syntax.ini;

import java.util.List;
import java.util.Optional;
import samestep.text.Span;

/**
 * A section: sections of one name may be repeated, and their order means something.
 *
 * @param name between the brackets, without blanks
 * @param nameSpan the line of the name, with its brackets
 * @param span from the name's line to the end of the last line before the next section
 * @param options in order; a key may be repeated
 */
public record IniSection(String name, Span nameSpan, Span span, List<IniOption> options) {
    /** Copies the options. */
    public IniSection {
        options = List.copyOf(options);
    }

    /** The first option of that key: the one that counts. */
    public Optional<IniOption> first(String key) {
        return options.stream().filter(o -> o.key().equals(key)).findFirst();
    }
}
