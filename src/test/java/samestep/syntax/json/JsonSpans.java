package samestep.syntax.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import samestep.text.SourceText;
import samestep.text.Span;

/** The laws of spans, for every value. */
final class JsonSpans {
    private JsonSpans() {}

    /** Everything lies in what holds it, in order, and is what its span covers. */
    static void assertHold(SourceText source, JsonValue value) {
        String text = source.slice(value.span());
        if (value instanceof JsonObject object) {
            assertTrue(text.startsWith("{") && text.endsWith("}"), text);
            int previous = object.span().start() + 1;
            for (JsonMember member : object.members()) {
                previous = assertWithin(member.span(), previous, object.span());
                assertEquals(member.nameSpan().to(member.value().span()), member.span());
                assertTrue(source.slice(member.nameSpan()).startsWith("\""));
                assertHold(source, member.value());
            }
        } else if (value instanceof JsonArray array) {
            assertTrue(text.startsWith("[") && text.endsWith("]"), text);
            int previous = array.span().start() + 1;
            for (JsonValue element : array.elements()) {
                previous = assertWithin(element.span(), previous, array.span());
                assertHold(source, element);
            }
        } else {
            assertEquals(text, scalarText(value, text));
        }
    }

    private static int assertWithin(Span span, int previous, Span outer) {
        assertTrue(previous <= span.start() && span.end() < outer.end(), () -> span + " not within " + outer);
        return span.end();
    }

    private static String scalarText(JsonValue value, String text) {
        if (value instanceof JsonNumber number) {
            return number.text();
        }
        if (value instanceof JsonBoolean bool) {
            return String.valueOf(bool.value());
        }
        if (value instanceof JsonString string && text.indexOf('\\') < 0) {
            return '"' + string.value() + '"';
        }
        return value.isNull() ? "null" : text;
    }
}
