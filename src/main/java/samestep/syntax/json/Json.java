package samestep.syntax.json;

import samestep.finding.Outcome;
import samestep.text.SourceText;

/** Reads JSON. */
public final class Json {
    /** Deepest nesting of objects and arrays. */
    public static final int MAX_DEPTH = 200;

    /** Most values in one file. */
    public static final int MAX_VALUES = 500_000;

    private Json() {}

    /**
     * Parses a file that holds one JSON value. Accepts what Python's {@code json.loads} accepts: {@code NaN},
     * {@code Infinity} and {@code -Infinity} are numbers, a name may occur twice in an object. A byte order mark at the
     * start is skipped.
     *
     * @return the value, with an SS005 of severity warning for each name given again; or no value and, last, the SS001
     *     of the first syntax error
     */
    public static Outcome<JsonValue> parse(SourceText source) {
        return new JsonParser(source, MAX_VALUES).parse();
    }
}
