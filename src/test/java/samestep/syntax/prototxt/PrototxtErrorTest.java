package samestep.syntax.prototxt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;

/** What is reported for broken files, and what is read of them all the same. */
class PrototxtErrorTest {

    /** Each line: the text, what is read of it, the error. A tilde stands for a line end. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lr: = 1~m: 2 | m=2 | 1:5 expected a value after \"lr:\", found \"=\"",
                "lr = 1~m: 2 | m=2 | 1:4 expected \":\" or \"{\" after \"lr\", found \"=\"",
                "lr:~m: 2 | m=2 | 2:1 expected a value after \"lr:\", found \"m\"",
                "lr~m: 2 | m=2 | 2:1 expected \":\" or \"{\" after \"lr\", found \"m\"",
                "lr: +1~m: 2 | m=2 | 1:5 expected a value after \"lr:\", found \"+\"",
                "lr: - x~m: 2 | m=2 | 1:7 expected a value after \"lr: -\", found \"x\"",
                "lr: {{ lr }}~m: 2 | m=2 | 1:5 expected a value after \"lr:\", found the placeholder \"{{ lr }}\"",
                "{% if x %}~m: 2 | m=2 | 1:1 expected a field name, found the placeholder \"{% if x %}\"",
                "lr: ${LR}~m: 2 | m=2 | 1:5 expected a value after \"lr:\", found the placeholder \"${LR}\"",
                "lr: <% x %>~m: 2 | m=2 | 1:5 expected a value after \"lr:\", found the placeholder \"<% x %>\"",
                "lr: \"x~m: 2 | m=2 | 1:5 expected a value after \"lr:\", found a string that is not closed: \"\"x\"",
                "lr: 'x\\~m: 2 | m=2 | 1:5 expected a value after \"lr:\", found a string that is not closed: \"'x\\\"",
                "lr: 1abc~m: 2 | m=2 | 1:5 expected a value after \"lr:\", found \"1abc\", which is not a number",
                "lr: 089~m: 2 | m=2 | 1:5 expected a value after \"lr:\", found \"089\", which is not a number",
                "lr: 1e~m: 2 | m=2 | 1:5 expected a value after \"lr:\", found \"1e\", which is not a number",
                "lr: 1e+~m: 2 | m=2 | 1:5 expected a value after \"lr:\", found \"1e+\", which is not a number",
                "lr: 0x~m: 2 | m=2 | 1:5 expected a value after \"lr:\", found \"0x\", which is not a number",
                "lr: 1.2.3~m: 2 | m=2 | 1:5 expected a value after \"lr:\", found \"1.2.3\", which is not a number",
                "a: 1, 2~m: 2 | a=1 m=2 | 1:7 expected a field name, found \"2\"",
                "a: 1;; b: 2 | a=1 b=2 | 1:6 expected a field name, found \";\"",
                "// old~m: 2 | m=2 | 1:1 expected a field name, found \"/\"",
                "n: x/y~m: 2 | m=2 | 1:4 text must be in quotes, found \"x/y\"",
                "n: C:\\x~m: 2 | m=2 | 1:4 text must be in quotes, found \"C:\\x\"",
                "n: \u201cx\u201d~m: 2 | m=2 | 1:4 expected a value after \"n:\", found \"\u201c\"",
                "n:\u00a0x~m: 2 | m=2 | 1:3 expected a value after \"n:\", found \"U+00A0\"",
                "n: \ud83d\ude80~m: 2 | m=2 | 1:4 expected a value after \"n:\", found \"\ud83d\ude80\"",
                "n: ~x~%~m: 2 | n=x m=2 | 3:1 expected a field name, found \"%\"",
                "}~m: 2 | m=2 | 1:1 \"}\" closes nothing",
                "a { b: 1 >~c: 2 } m: 2 | a={b=1 c=2} m=2 | 1:10 expected \"}\", found \">\"",
                "a { b < c: 1 }~m: 2 | a={b={c=1}} m=2 | 1:7 expected \">\" to close \"b <\", found \"}\"",
                "a { b: >~m: 2 } | a={m=2} | 1:8 expected a value after \"b:\", found \">\"",
                "a < b: >~m: 2 | a={} m=2 | 1:8 expected a value after \"b:\", found \">\"",
                "a { b: 1 | a={b=1} | 1:3 expected \"}\" to close \"a {\", found the end of the file",
                "a { b { c: 1 | a={b={c=1}} | 1:7 expected \"}\" to close \"b {\", found the end of the file",
                "a { b: | a={} | 1:7 expected a value after \"b:\", found the end of the file",
                "a [ { b: 1 | a={b=1} | 1:5 expected \"}\" to close \"a {\", found the end of the file",
                "a: [1, ]~m: 2 | a=1 m=2 | 1:8 expected a value after \"a: [\", found \"]\"",
                "a: [1 2]~m: 2 | a=1 m=2 | 1:7 expected \",\" or \"]\" in the list of \"a\", found \"2\"",
                "a: [1,~m: 2 | a=1 m=2 | 2:1 expected a value after \"a: [\", found \"m\"",
                "a: [[1], 2]~m: 2 | m=2 | 1:5 expected a value after \"a: [\", found \"[\"",
                "a [1]~m: 2 | m=2 | 1:4 expected \":\" after \"a\", or messages in the list, found \"1\"",
                "[foo~m: 2 | m=2 | 2:1 expected \"]\" after \"[foo\", found \"m\"",
                "[]: 1~m: 2 | m=2 | 1:2 expected the name of an extension after \"[\", found \"]\"",
                "x = { y: 1~ z { } }~m: 2 | m=2 | 1:3 expected \":\" or \"{\" after \"x\", found \"=\"",
                "a { x = 1 } m: 2 | a={} m=2 | 1:7 expected \":\" or \"{\" after \"x\", found \"=\"",
                "n: 'a\\dx'~m: 2 | n=a\\dx m=2 | 1:6 a string cannot hold the escape sequence \"\\d\"",
                "n: 'a\\x'~m: 2 | n=a\\x m=2 | 1:6 a string cannot hold the escape sequence \"\\x\"",
                "n: '\\u12'~m: 2 | n=\\u12 m=2 | 1:5 a string cannot hold the escape sequence \"\\u\"",
                "n: '\\UFFFFFFFF'~m: 2 | n=\\UFFFFFFFF m=2 | 1:5 a string cannot hold the escape sequence \"\\U\""
            })
    void oneErrorIsSaidAndTheRestIsRead(String text, String read, String error) {
        String lines = text.replace('~', '\n');
        List<String> errors = Parsed.errors(lines);
        assertEquals(1, errors.size(), errors::toString);
        assertEquals(error, errors.get(0).split(" \\| ")[0]);
        assertEquals(read, Parsed.brief(lines));
        assertTrue(Parsed.outcome(lines).hasErrors());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lr = 1 | write name: value",
                "lr: +1 | leave out the plus sign",
                "lr: {{ x }} | a template: fill in its placeholders first, then translate the result",
                "lr: @X@ | a template? fill in its placeholders first, then translate the result",
                "lr: 089 | a leading 0 makes it octal: leave it out",
                "lr: 1abc | put quotes around it if it is text",
                "n: 'x | close the string with ' before the end of the line",
                "a: 1, 2 | several values are written name: [1, 2], or as one field each",
                "// old | a comment starts with #",
                "n: C:x\\y | Write n: \"C:x\\\\y\"",
                "n: [dir/x, y] | Write \"dir/x\"",
                "n: ../x.prototxt | Write n: \"../x.prototxt\"",
                "n: k=V;l=W; | Write n: \"k=V;l=W\"",
                "n: x~y | Write n: \"x~y\"",
                "n: 'a\\d' | write \\\\ for a backslash itself, or / in a path",
                "a: | is the file cut off?"
            })
    void theLikelyCauseIsNamed(String text, String remedy) {
        assertEquals(remedy, Parsed.errors(text).get(0).split(" \\| ")[1]);
    }

    @Test
    void aMissingBraceIsLookedForWhereTheIndentationEnds() {
        String text = "layer {\n  name: 'a'\n  p {\n    x: 1\n  }\nlayer {\n  name: 'b'\n}\n";
        String error = "1:7 expected \"}\" to close \"layer {\", found the end of the file"
                + " | probably missing before \"layer\" in line 6";
        assertEquals(List.of(error), Parsed.errors(text));
    }

    @Test
    void severalErrorsAreSaidInTheOrderOfTheFile() {
        String text = "a {\n lr = 1\n  b: 'x\\q'\n  c: 1 2\n}\nd: ?\ne {\n";
        List<String> errors = Parsed.errors(text);
        List<String> places = errors.stream().map(error -> error.split(" ")[0]).toList();
        assertEquals(List.of("2:5", "3:8", "4:8", "6:4", "7:3"), places);
        assertEquals("a={b=x\\q c=1} e={}", Parsed.brief(text));
    }

    @Test
    void behindTwentyErrorsTheOthersAreCounted() {
        List<Finding> findings = Parsed.outcome("a = 1\n".repeat(50)).findings();
        assertEquals(20, findings.size());
        assertTrue(findings.get(19).details().contains("30 more in this file; only the first 20 are shown"));
        assertFalse(findings.get(18).details().toString().contains("more in this file"));
    }

    @Test
    void fieldsHiddenByACommentOnOldLineEndsAreWarnedOf() {
        Outcome<PrototxtDocument> outcome = Parsed.outcome("a: 1 # one\rb: 2\r");
        assertFalse(outcome.hasErrors());
        assertEquals(Severity.WARNING, outcome.findings().get(0).severity());
        assertEquals("a=1", Parsed.brief("a: 1 # one\rb: 2\r"));
        assertEquals(List.of(), Parsed.outcome("a: 1\rb: 2 # two\r").findings());
    }
}
