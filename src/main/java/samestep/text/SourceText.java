package samestep.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The text of one source file with its name; offsets are UTF-16 code units. A byte order mark is a part of the text, so
 * that the text in its encoding is the file again, byte for byte. Immutable.
 */
public final class SourceText {
    private final String name;
    private final String text;
    private final Charset encoding;
    private final Lines lines;
    /** What was asked already; two threads that ask at the same time find the same. */
    private volatile Map<Words, Boolean> asked = Map.of();

    /**
     * A text in UTF-8.
     *
     * @param name what messages call the source, usually the path as the user wrote it
     * @param text the whole text, with the line ends of the file
     */
    public SourceText(String name, String text) {
        this(name, text, StandardCharsets.UTF_8);
    }

    /** A text in the encoding that its file has. */
    SourceText(String name, String text, Charset encoding) {
        this.name = name;
        this.text = text;
        this.encoding = encoding;
        this.lines = new Lines(text);
    }

    /** What messages call this source. */
    public String name() {
        return name;
    }

    /** The whole text. */
    public String text() {
        return text;
    }

    /** The text without the byte order mark that it may begin with. */
    public String withoutMark() {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Whether one of the words is in the text. It is searched once, however often this is asked. */
    public boolean has(Words words) {
        Boolean known = asked.get(words);
        if (known != null) {
            return known;
        }
        boolean found = words.isIn(text);
        Map<Words, Boolean> more = new HashMap<>(asked);
        more.put(words, found);
        asked = Map.copyOf(more);
        return found;
    }

    /** The bytes of the text in its file's own encoding; of a text that was read, those of its file. */
    public byte[] bytes() {
        return text.getBytes(encoding);
    }

    /** Another text for the same file. */
    SourceText withText(String other) {
        return new SourceText(name, other, encoding);
    }

    /** The characters that the span covers. */
    public String slice(Span span) {
        return text.substring(span.start(), span.end());
    }

    /** Line and column of an offset; the offset after the last character is allowed. */
    public Position position(int offset) {
        return new Position(lines.lineOf(offset), text.codePointCount(lines.startOfLineAt(offset), offset) + 1);
    }

    /** Where the line starts that has an offset. */
    public int startOfLineAt(int offset) {
        return lines.startOfLineAt(offset);
    }

    /**
     * Where a line starts.
     *
     * @param line line number, from 1 to that of the text's end
     */
    public int startOfLine(int line) {
        return lines.startOf(line);
    }

    /**
     * The text of a line without its line end.
     *
     * @param line line number, from 1
     */
    public String line(int line) {
        int start = lines.startOf(line);
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return text.substring(start, end);
    }
}
