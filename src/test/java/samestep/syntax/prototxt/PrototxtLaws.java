package samestep.syntax.prototxt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.syntax.SyntaxFindings;
import samestep.text.SourceText;
import samestep.text.Span;

/** What holds for every text, legal or not. */
final class PrototxtLaws {
    private PrototxtLaws() {}

    static void assertHold(String text) {
        SourceText source = new SourceText("test", text);
        assertEquals(text, Tiling.joined(source));
        Outcome<PrototxtDocument> outcome = Prototxt.parse(source);
        PrototxtDocument document = outcome.value().orElseThrow();
        Tiling.assertSpansNest(document);
        assertCommentsAreTokens(document);
        assertTrue(outcome.findings().size() <= SyntaxFindings.MAX);
        int previous = 0;
        for (Finding finding : outcome.findings()) {
            int start = finding.place().orElseThrow().span().start();
            assertTrue(previous <= start, "findings out of order");
            previous = start;
            assertFalse(finding.message().contains("\n"), finding.message());
        }
    }

    private static void assertCommentsAreTokens(PrototxtDocument document) {
        var expected = Tokens.of(document.source()).stream()
                .filter(token -> token.kind() == TokenKind.COMMENT)
                .map(Tokens.Token::span)
                .toList();
        assertEquals(expected, document.comments());
        assertTrue(expected.stream()
                .map(Span::end)
                .allMatch(end -> end <= document.source().text().length()));
    }
}
