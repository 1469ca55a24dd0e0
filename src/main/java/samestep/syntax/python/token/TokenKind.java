package samestep.syntax.python.token;

/** What a token is. */
public enum TokenKind {
    /** An identifier or a keyword. */
    NAME,
    /** A number of any form. */
    NUMBER,
    /** A string with its prefix and quotes; an f-string is one token too. */
    STRING,
    /** An operator, a bracket or another mark. */
    OPERATOR,
    /** The end of a logical line; empty where the file ends without a line end. */
    NEWLINE,
    /** A line end that ends no logical line: of a blank line, a comment's line, or inside brackets. */
    LINE_BREAK,
    /** A comment, from its hash to before the line end. */
    COMMENT,
    /** The blanks that open a block. */
    INDENT,
    /** The end of a block, empty. */
    DEDENT,
    /** A line that begins with a percent sign or an exclamation mark, as notebooks have them. */
    MAGIC,
    /** What no token begins with, or a string that is not closed. */
    ERROR,
    /** The end of the file, empty. */
    END;

    /** Whether the parser never sees it. */
    public boolean isTrivia() {
        return this == COMMENT || this == LINE_BREAK;
    }
}
