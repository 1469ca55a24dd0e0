package samestep.syntax.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.text.SourceText;

/** What is reported for broken files, and that none costs more than its length. */
class JsonErrorTest {
    private static Finding error(String text) {
        Outcome<JsonValue> outcome = Json.parse(new SourceText("test", text));
        assertEquals(Optional.empty(), outcome.value(), text);
        assertTrue(outcome.hasErrors());
        Finding last = outcome.findings().get(outcome.findings().size() - 1);
        assertEquals(Code.SS001, last.code());
        return last;
    }

    /** Each line: the text, the error, what to do. A tilde stands for a line end. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|1:1 expected a JSON value, found the end of the file|the file is empty",
                "<html>|1:1 expected a JSON value, found \"<\"|a web page? download the raw file",
                "[1, 2,~]|2:1 expected a value after \",\", found \"]\"|remove the comma before it: JSON has none"
                        + " after the last value",
                "{\"a\": 1,}|1:9 expected a name in double quotes after \",\", found \"}\"|remove the comma before it:"
                        + " JSON has none after the last value",
                "{'a': 1}|1:2 expected a name in double quotes or \"}\", found \"'\"|JSON has strings in double quotes"
                        + " only; Python's json.dumps writes them so, print does not",
                "{\"a\": True}|1:7 expected a value after \"a\":, found \"True\"|write true",
                "{\"a\": None}|1:7 expected a value after \"a\":, found \"None\"|write null",
                "{\"a\": nan}|1:7 expected a value after \"a\":, found \"nan\"|write NaN, as Python does; is a missing"
                        + " number what you want?",
                "{\"a\": -inf}|1:7 expected a number, found \"-inf\"|write -Infinity, as Python does",
                "{\"a\": foo}|1:7 expected a value after \"a\":, found \"foo\"|put double quotes around it if it is"
                        + " text",
                "{a: 1}|1:2 expected a name in double quotes or \"}\", found \"a\"|put double quotes around it",
                "{\"a\": 1, b: 2}|1:10 expected a name in double quotes after \",\", found \"b\"|put double quotes"
                        + " around it",
                "{\"a\" 1}|1:6 expected \":\" after \"a\", found \"1\"|``",
                "{\"a\" = 1}|1:6 expected \":\" after \"a\", found \"=\"|write \"name\": value",
                "{\"a\": }|1:7 expected a value after \"a\":, found \"}\"|``",
                "{\"a\": 1~\"b\": 2}|2:1 expected \",\" or \"}\" after the value of \"a\", found \"\"\"|is a comma"
                        + " missing before it?",
                "[1 2]|1:4 expected \",\" or \"]\" after an element, found \"2\"|is a comma missing before it?",
                "[1}|1:3 expected \",\" or \"]\" after an element, found \"}\"|braces and brackets close in the order"
                        + " they open",
                "[1|1:3 expected \",\" or \"]\" after an element, found the end of the file|is the file cut off?",
                "{\"a\": [1, |1:10 expected a value after \",\", found the end of the file|is the file cut off?",
                "[,]|1:2 expected a value or \"]\" after \"[\", found \",\"|``",
                "[1] // x|1:5 expected the end of the file, found \"/\"|JSON has no comments: remove it",
                "# x~[1]|1:1 expected a JSON value, found \"#\"|JSON has no comments: remove it",
                "{}~{}|2:1 expected the end of the file, found \"{\"|one file holds one JSON value: split the file, or"
                        + " find the bracket too many",
                "[\"a~\"]|1:2 expected \" to close the string \"\"a\", found the end of the line|close the string on"
                        + " its line; a line break in it is \\n",
                "[\"a|1:2 expected \" to close the string \"\"a\", found the end of the file|is the file cut off?",
                "[\"a\\|1:2 expected \" to close the string \"\"a\\\", found the end of the file|is the file cut off?",
                "[\"a\tb\"]|1:4 a string cannot hold the control character \"U+0009\"|write \\t",
                "[\"a\u0001b\"]|1:4 a string cannot hold the control character \"U+0001\"|write \\u0001",
                "[\"C:\\data\"]|1:5 a string cannot hold the escape sequence \"\\d\"|write \\\\ for a backslash",
                "[\"\\ud83g\"]|1:3 a string cannot hold the escape sequence \"\\ud83\"|write four hexadecimal digits"
                        + " after \\u",
                "[\"\\u12|1:3 a string cannot hold the escape sequence \"\\u12\"|write four hexadecimal digits after"
                        + " \\u",
                "[01]|1:2 expected a number, found \"01\"|remove the leading 0",
                "[1.]|1:2 expected a number, found \"1.\"|JSON needs a digit on both sides of the point",
                "[-.5]|1:2 expected a number, found \"-.5\"|JSON needs a digit on both sides of the point",
                "[.5]|1:2 expected a value or \"]\" after \"[\", found \".5\"|JSON needs a digit on both sides of the"
                        + " point",
                "[+1]|1:2 expected a value or \"]\" after \"[\", found \"+1\"|leave out the plus sign",
                "[0x1f]|1:2 expected a number, found \"0x1f\"|JSON has no hexadecimal numbers",
                "[1e]|1:2 expected a number, found \"1e\"|put double quotes around it if it is text",
                "[1-2]|1:2 expected a number, found \"1-2\"|put double quotes around it if it is text",
                "[-]|1:2 expected a number, found \"-\"|put double quotes around it if it is text",
                "{\"a\": {{ x }}}|1:8 expected a name in double quotes or \"}\", found \"{\"|a template? fill in its"
                        + " placeholders first",
                "{\"a\": \u201cx\u201d}|1:7 expected a value after \"a\":, found \"\u201c\"|replace the typographic"
                        + " quotes by straight ones",
                "[\u00a01]|1:2 expected a value or \"]\" after \"[\", found \"U+00A0\"|replace the no-break space by a"
                        + " space",
                "[\ud83d\ude80]|1:2 expected a value or \"]\" after \"[\", found \"\ud83d\ude80\"|``"
            })
    void theFirstErrorIsSaidWithItsLikelyCause(String text, String message, String remedy) {
        Finding error = error(text.replace('~', '\n'));
        assertEquals(message, error.place().orElseThrow().position() + " " + error.message());
        assertEquals(remedy, String.join(" | ", error.details()));
    }

    @Test
    void anErrorStandsBehindWhatWasNoticedBefore() {
        Outcome<JsonValue> outcome = Json.parse(new SourceText("test", "{\"a\": 1, \"a\": 2, }"));
        assertEquals(
                List.of(Code.SS005, Code.SS001),
                outcome.findings().stream().map(Finding::code).toList());
    }

    @Test
    void valuesNestToTheLimitAndNoDeeper() {
        assertTrue(Json.parse(new SourceText("test", "[".repeat(200) + "]".repeat(200)))
                .value()
                .isPresent());
        assertTrue(Json.parse(new SourceText("test", "[" + "[],".repeat(500) + "1]"))
                .value()
                .isPresent());
        Finding error = error("[{\"a\":".repeat(1_000_000));
        assertEquals("objects and arrays nest deeper than 200", error.message());
        assertEquals("1:601", error.place().orElseThrow().position().toString());
    }

    @Test
    void moreValuesThanTheLimitAreRefused() {
        assertTrue(new JsonParser(new SourceText("test", "[1, 2, 3]"), 4)
                .parse()
                .value()
                .isPresent());
        Outcome<JsonValue> outcome = new JsonParser(new SourceText("test", "[1, 2, 3, 4]"), 4).parse();
        assertEquals("more than 4 values", outcome.findings().get(0).message());
    }

    @Test
    void aNumberLongerThanTheLimitIsRefused() {
        assertTrue(Json.parse(new SourceText("test", "9".repeat(2000))).value().isPresent());
        assertEquals(
                "a number of 2001 characters; at most 2000 are read",
                error("9".repeat(2001)).message());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "1", "-", "a", "\"", "\\", "{\"", "[],", "1,", "\"\",", "\"\\u0041\",", "\"a\":1,", " "})
    void timeIsProportionalToLength(String part) {
        for (String before : List.of("", "[", "{", "\"")) {
            SourceText source = new SourceText("test", before + part.repeat(500_000 / part.length()));
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Json.parse(source));
        }
    }
}
