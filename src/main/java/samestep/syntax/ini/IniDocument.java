package samestep.syntax.ini;

import java.util.List;
import samestep.text.SourceText;

/**
 * A whole file. Nothing is lost: what is not an option is still in the text.
 *
 * @param source the text
 * @param sections in order
 */
public record IniDocument(SourceText source, List<IniSection> sections) {
    /** Copies the sections. */
    public IniDocument {
        sections = List.copyOf(sections);
    }
}
