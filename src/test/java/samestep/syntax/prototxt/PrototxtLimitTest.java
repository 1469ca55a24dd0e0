package samestep.syntax.prototxt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.finding.Outcome;
import samestep.text.SourceText;

/** No file may cost more than its length. */
class PrototxtLimitTest {

    @Test
    void messagesNestToTheLimitAndNoDeeper() {
        assertEquals(List.of(), Parsed.errors(nested(100)));
        List<String> errors = Parsed.errors(nested(101) + " b: 1");
        assertEquals(List.of("1:303 messages nest deeper than 100 | is a closing brace missing?"), errors);
        assertTrue(Parsed.brief(nested(101) + " b: 1").endsWith(" b=1"));
    }

    @Test
    void messagesSideBySideDoNotNest() {
        assertEquals(List.of(), Parsed.errors("a {} b <> c [{}, <>] ".repeat(150)));
    }

    private static String nested(int depth) {
        return "a {".repeat(depth) + "}".repeat(depth);
    }

    @Test
    void moreValuesThanTheLimitAreNotRead() {
        assertEquals(List.of(), limited("a: 1 ".repeat(10)).findings());
        for (String text : List.of("a: 1 ".repeat(11), "a { b { a: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] } }")) {
            Outcome<PrototxtDocument> outcome = limited(text);
            assertEquals(1, outcome.findings().size(), outcome::toString);
            assertEquals(
                    "more than 10 values or comments", outcome.findings().get(0).message());
        }
    }

    @Test
    void moreCommentsThanTheLimitAreNotRead() {
        assertEquals(List.of(), limited("#\n".repeat(10)).findings());
        Outcome<PrototxtDocument> outcome = limited("#\n".repeat(11) + "a {");
        assertEquals(
                "more than 10 values or comments", outcome.findings().get(0).message());
        assertEquals(10, outcome.value().orElseThrow().comments().size());
    }

    private static Outcome<PrototxtDocument> limited(String text) {
        return new Parser(new SourceText("test", text), 10).parse();
    }

    @Test
    void aNumberLongerThanTheLimitIsAnError() {
        String message = "1:4 a number of 2001 characters; at most 2000 are read | write it shorter";
        assertEquals(List.of(message), Parsed.errors("a: " + "9".repeat(2001) + "\nb: 1"));
        assertEquals("b=1", Parsed.brief("a: " + "9".repeat(2001) + "\nb: 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "<",
                ">",
                "[",
                "]",
                "{{",
                "a{",
                "a<",
                "a:<>",
                "a<}",
                "a{<",
                "a:[{",
                "'",
                "\"\\",
                "\\",
                "#",
                "a",
                "1",
                "a:",
                "a:1",
                "a: -",
                "${",
                "<%",
                "a:[",
                "a = {",
                "a:\n",
                "a:\n \t",
                "a{a<}}",
                ";",
                "\r",
                "\ud83d",
                ".",
                "[a",
                "\ufeff",
                "a:'\\x41'",
                "a b{\n"
            })
    void timeIsProportionalToLength(String part) {
        String text = part.repeat(1_000_000 / part.length());
        SourceText source = new SourceText("test", text);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Prototxt.parse(source));
    }
}
