package samestep.syntax.prototxt;

import samestep.finding.Outcome;
import samestep.text.SourceText;

/** Reads protobuf's text format. */
public final class Prototxt {
    /** Deepest nesting of messages below the top level; real nets need four. */
    public static final int MAX_DEPTH = 100;

    /** Most values, and most comments, in one file: the largest known net has under a hundred thousand, a graph of 10 MB 700,000. */
    public static final int MAX_VALUES = 1_000_000;

    private Prototxt() {}

    /**
     * Parses a file. The syntax alone decides: no field name is known here.
     *
     * <p>Each syntax error is an SS001 at its place, up to the limit of {@link samestep.syntax.SyntaxFindings}; parsing
     * continues after it, so the document holds whatever could be read. A field with an error in it is left out. Ask
     * {@link Outcome#hasErrors()} before relying on the document.
     *
     * @return always a value
     */
    public static Outcome<PrototxtDocument> parse(SourceText source) {
        return new Parser(source, MAX_VALUES).parse();
    }
}
