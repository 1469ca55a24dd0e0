package samestep.syntax.json;

import samestep.text.Span;

/** A JSON value and where it is. */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

    /** Where it is, with its quotes, braces or brackets. */
    Span span();

    /** Whether it is {@code null}. */
    default boolean isNull() {
        return this instanceof JsonNull;
    }
}
