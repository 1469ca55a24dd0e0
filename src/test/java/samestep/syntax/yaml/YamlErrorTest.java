package samestep.syntax.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.text.SourceText;

/** What is reported for broken and hostile files, and that none costs more than its length. */
class YamlErrorTest {
    private static Finding error(String text) {
        Outcome<YamlValue> outcome = Yaml.parse(new SourceText("test", text));
        assertEquals(Optional.empty(), outcome.value(), text);
        assertTrue(outcome.hasErrors());
        Finding last = outcome.findings().get(outcome.findings().size() - 1);
        assertEquals(Code.SS001, last.code());
        return last;
    }

    /** Each line: the text, the error, what to do. A tilde stands for a line end, a bang for a tab. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "a:~!b: 1;`2:1 found character '\\t(TAB)' that cannot start any token`;`indent with spaces: YAML"
                        + " allows no tabs there`",
                "a: b: 1;`1:5 mapping values are not allowed here`;`put quotes around a text that holds a colon and a"
                        + " space; or does the indentation not fit?`",
                "a: {b: 1;`1:9 expected ',' or '}', found the end of the file`;`is the file cut off?`",
                "a: [1, 2~b: 3;`2:2 expected ',' or ']', found :`;``",
                "a: \"x;`1:6 found the end of the file`;`is the file cut off?`",
                "a: @x;`1:4 found character '@' that cannot start any token`;`put quotes around a text that starts so`",
                "a: %x;`1:4 found character '%' that cannot start any token`;`put quotes around a text that starts so`",
                "lr: {{ lr }};`1:6 expected a word as a key`;`a template? fill in its placeholders first`",
                "{% if a %}~b: 1;`1:2 found character '%' that cannot start any token`;`a template? fill in its"
                        + " placeholders first`",
                "a: *b;`1:4 there is no anchor \"b\" before this`;`put quotes around a text that starts with *`",
                "a: &b [*b];`1:8 \"b\" would contain itself`;``",
                "a: &b 1~c: &b 2;`2:4 the anchor \"b\" is given twice`;`give each its own name`",
                "a: 1~  b: 2;`2:4 mapping values are not allowed here`;`put quotes around a text that holds a colon"
                        + " and a space; or does the indentation not fit?`",
                "a:~  b: 1~ c: 2;`3:2 expected the end of the block, found a deeper block`;`does the indentation fit"
                        + " that of the lines before?`",
                "a: 1~b;`2:2 could not find expected ':', at the end of the file`;`is a colon missing, or the space"
                        + " after it?`",
                "- a~b: 1;`2:1 expected the end of the block, found a name`;`does the indentation fit that of the"
                        + " lines before?`",
                "<<: 1;`1:5 expected a mapping, or a list of mappings, to merge`;`put quotes around << if it is a"
                        + " name`",
                "a: \\x00;`1:4 YAML cannot hold the character \"U+0000\"`;`remove it, or write it as an escape`",
                "a: \"\\z\";`1:6 found unknown escape character z(122)`;`write two backslashes, or single quotes`",
                "[a]: 1;`1:1 expected a word as a key`;``",
                "%YAML 9.9~--- a;`1:1 found incompatible YAML document (version 1.* is required)`;``"
            })
    void errorsHaveAPlaceAndARemedy(String text, String message, String remedy) {
        Finding error = error(text.replace('~', '\n').replace('!', '\t').replace("\\x00", "\0"));
        SourceText source = error.place().orElseThrow().source();
        assertEquals(
                message + ";" + remedy,
                source.position(error.place().orElseThrow().span().start()) + " " + error.message() + ";"
                        + String.join("; ", error.details()));
    }

    @Test
    void nestingIsLimited() {
        String inner = "[".repeat(Yaml.MAX_DEPTH) + "]".repeat(Yaml.MAX_DEPTH);
        assertTrue(Yaml.parse(new SourceText("test", inner)).value().isPresent());
        assertEquals(
                "mappings and sequences nest deeper than 200",
                error("[" + inner + "]").message());
        assertEquals(
                "mappings and sequences nest deeper than 200",
                error("a: &a " + inner + "\nb: [*a]").message());
        error("[".repeat(100_000));
        error("- ".repeat(100_000));
    }

    @Test
    void aliasesAreCountedAsWhatTheyStandFor() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [" + (before + ", ").repeat(8) + before + "]\n");
        }
        Finding error = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> error(bomb.toString()));
        assertEquals("more than 500000 values", error.message());
    }

    @Test
    void mergesAreCountedToo() {
        StringBuilder bomb = new StringBuilder("a0: &a0 {x: 1}\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a" + i + ": &a" + i + " {<<: [*a" + (i - 1) + ", *a" + (i - 1) + "]}\n");
        }
        assertEquals("more than 500000 values", error(bomb.toString()).message());
    }

    @Test
    void longFilesAreReadInTheirLength() {
        String words = "key: value\n".repeat(40_000);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Yaml.parse(new SourceText("test", words)));
        assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> error("a: " + "1:".repeat(500_000) + "\n" + "x".repeat(2_000_000)));
    }
}
