package samestep.syntax.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import samestep.syntax.python.token.Token;
import samestep.syntax.python.token.TokenKind;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Statement;
import samestep.text.SourceText;
import samestep.text.Span;

/** What holds for any text. */
final class PythonLaws {
    private PythonLaws() {}

    static void assertLaws(String text) {
        PythonFile file = Python.parse(new SourceText("any.py", text));
        assertLossless(file);
        Span all = new Span(0, text.length());
        Trees.eachStatement(file.body(), statement -> assertInside(file, all, statement));
    }

    /** The tokens are the text, but for blanks and backslashes at line ends between them. */
    static void assertLossless(PythonFile file) {
        String text = file.source().text();
        int at = 0;
        for (Token token : file.tokens()) {
            assertTrue(token.start() >= at, () -> "tokens overlap at " + token);
            assertGap(text, at, token.start());
            assertTrue(text.startsWith(token.text(), token.start()), () -> "not in the text: " + token);
            at = token.end();
        }
        assertEquals(text.length(), at, "the text goes on after its last token");
        assertEquals(TokenKind.END, file.tokens().get(file.tokens().size() - 1).kind());
    }

    private static void assertGap(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            assertTrue(" \t\f\\\r\n\ufeff".indexOf(text.charAt(i)) >= 0, "left out: " + text.substring(from, to));
        }
    }

    private static void assertInside(PythonFile file, Span all, Statement statement) {
        assertTrue(contains(all, statement.span()), () -> "outside of the text: " + statement);
        for (Expression expression : Trees.expressions(statement)) {
            Trees.eachExpression(expression, e -> assertTrue(contains(all, e.span()), () -> "outside: " + e));
        }
        for (var block : Trees.blocks(statement)) {
            for (Statement inner : block) {
                assertTrue(
                        contains(statement.span(), inner.span()),
                        () -> statement.span() + " does not hold " + inner.span());
            }
        }
    }

    private static boolean contains(Span outer, Span inner) {
        return outer.start() <= inner.start() && inner.end() <= outer.end();
    }
}
