package samestep.syntax.prototxt;

/** What the scanner tells apart. */
enum TokenKind {
    /** Blanks, line ends, and a byte order mark at the start. */
    WHITESPACE,
    /** From a number sign to the end of its line. */
    COMMENT,
    /** A letter or underscore, then letters, digits and underscores. */
    IDENTIFIER,
    /** A number without its sign. */
    NUMBER,
    /** Something that starts as a number and is not one: {@code 1abc}, {@code 1e}, {@code 089}, {@code 1.2.3}. */
    MALFORMED_NUMBER,
    /** A string with both its quotes. */
    STRING,
    /** A string that its line does not close. */
    UNCLOSED_STRING,
    /** One of <code>{ } &lt; &gt; [ ] : ; , . - /</code>. */
    SYMBOL,
    /** A template's placeholder on one line: <code>{{ x }}</code>, <code>{% x %}</code>, <code>${x}</code>. */
    PLACEHOLDER,
    /** A character that the text format has no use for. */
    UNEXPECTED,
    /** After the last character; empty. */
    END
}
