package samestep.dialect;

import java.util.Optional;
import samestep.text.SourceText;

/** A small file of a form, whose fields are changed one at a time. */
interface BaseFile {
    /** What messages call it. */
    String name();

    /** What is written in a field; empty where nothing is, or a section. */
    Optional<String> value(String path);

    /** The text as it is. */
    SourceText text();

    /** The text with a field changed, or inserted. */
    SourceText with(String path, String value);
}
