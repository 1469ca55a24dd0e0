package samestep.syntax.prototxt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import samestep.text.SourceText;
import samestep.text.Span;

/** The laws of spans, for every text. */
final class Tiling {
    private Tiling() {}

    /** All token texts in order; fails when two tokens overlap or leave a gap. */
    static String joined(SourceText source) {
        StringBuilder joined = new StringBuilder();
        for (Tokens.Token token : Tokens.of(source)) {
            assertEquals(joined.length(), token.span().start());
            assertTrue(token.span().length() > 0, "an empty token at " + token.span());
            joined.append(source.slice(token.span()));
        }
        return joined.toString();
    }

    /** Fields follow each other within their message, scalars are what their span covers, comments start with #. */
    static void assertSpansNest(PrototxtDocument document) {
        SourceText source = document.source();
        assertEquals(new Span(0, source.text().length()), document.root().span());
        assertSpansNest(source, document.root());
        for (Span comment : document.comments()) {
            assertTrue(source.slice(comment).startsWith("#"));
        }
    }

    private static void assertSpansNest(SourceText source, PrototxtMessage message) {
        int previous = message.span().start();
        for (PrototxtField field : message.fields()) {
            Span span = field.span();
            assertTrue(
                    previous <= span.start() && span.end() <= message.span().end(),
                    () -> "field out of place: " + field);
            previous = span.end();
            assertName(source, field);
            assertEquals(
                    field.inList()
                            ? field.value().span()
                            : field.nameSpan().to(field.value().span()),
                    span);
            if (field.value() instanceof PrototxtScalar scalar) {
                assertEquals(source.slice(scalar.span()), scalar.text());
            } else if (field.value() instanceof PrototxtMessage inner) {
                assertTrue("{<".indexOf(source.text().charAt(inner.span().start())) >= 0);
                assertSpansNest(source, inner);
            }
        }
    }

    private static void assertName(SourceText source, PrototxtField field) {
        String written = source.slice(field.nameSpan());
        if (!written.startsWith("[")) {
            assertEquals(field.name(), written);
        }
    }
}
