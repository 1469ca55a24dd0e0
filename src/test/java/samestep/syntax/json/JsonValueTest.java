package samestep.syntax.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.text.SourceText;
import samestep.text.Span;

/** Everything that Python's reader accepts, and where it is. */
class JsonValueTest {
    private static JsonValue parse(String text) {
        SourceText source = new SourceText("test", text);
        Outcome<JsonValue> outcome = Json.parse(source);
        assertEquals(List.of(), outcome.findings(), text);
        JsonSpans.assertHold(source, outcome.value().orElseThrow());
        return outcome.value().orElseThrow();
    }

    @Test
    void spansCoverWhatWasWritten() {
        String text = "\ufeff \r\n{ \"a\ud83d\ude80\" :\t[1, {}, \"x\\\"\"] , \"b\": null }\n";
        SourceText source = new SourceText("test", text);
        JsonObject object = (JsonObject) parse(text);
        assertEquals(text.strip().substring(4), source.slice(object.span()));
        JsonMember first = object.members().get(0);
        assertEquals("a\ud83d\ude80", first.name());
        assertEquals("\"a\ud83d\ude80\"", source.slice(first.nameSpan()));
        assertEquals("\"a\ud83d\ude80\" :\t[1, {}, \"x\\\"\"]", source.slice(first.span()));
        JsonArray array = (JsonArray) first.value();
        assertEquals(
                List.of("1", "{}", "\"x\\\"\""),
                array.elements().stream().map(one -> source.slice(one.span())).toList());
        assertEquals(
                "2:27",
                source.position(object.member("b").orElseThrow().span().start()).toString());
        assertTrue(object.get("b").orElseThrow().isNull());
        assertFalse(first.value().isNull());
        assertEquals(Optional.empty(), object.get("c"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, true",
        "-0, 0, true",
        "10, 10, true",
        "-1.5, -1.5, false",
        "1e-4, 0.0001, false",
        "1E+2, 100, false",
        "9.999999747378752e-05, 0.00009999999747378752, false",
        "0.0005000000237487257, 0.0005000000237487257, false",
        "123456789012345678901234567890, 123456789012345678901234567890, true"
    })
    void numbersAreExact(String text, BigDecimal decimal, boolean integer) {
        JsonNumber number = (JsonNumber) parse(text);
        assertEquals(text, number.text());
        assertEquals(0, decimal.compareTo(number.decimal().orElseThrow()));
        assertEquals(decimal.doubleValue(), Math.abs(number.doubleValue()) == 0 ? 0 : number.doubleValue());
        assertEquals(integer, number.isInteger());
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, NaN",
        "Infinity, Infinity",
        "-Infinity, -Infinity",
        "1e999999999, Infinity",
        "-1e999999999, -Infinity",
        "1e-999999999, 0",
        "1e99999999999999999999, Infinity",
        "-1e-99999999999999999999, -0.0"
    })
    void numbersThatNoDecimalHoldsAreDoubles(String text, double value) {
        JsonNumber number = (JsonNumber) parse(text);
        assertEquals(Optional.empty(), number.decimal());
        assertEquals(value, number.doubleValue());
        assertFalse(number.isInteger());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"\",``",
                "\"a b\",a b",
                "\"'\",'",
                "\"\\u00fc\\u00FC\u00fc\",\u00fc\u00fc\u00fc",
                "\"\\ud83d\\ude80\",\ud83d\ude80",
                "\"a\\\"b\\\\c\\/d\",a\"b\\c/d",
                "\"x\\u0041y\\u0042z\",xAyBz"
            })
    void stringsAreDecoded(String text, String value) {
        assertEquals(value, ((JsonString) parse(text)).value());
    }

    @Test
    void controlCharactersAndHalvesOfPairsHaveEscapes() {
        assertEquals("\b\f\n\r\t\0", ((JsonString) parse("\"\\b\\f\\n\\r\\t\\u0000\"")).value());
        assertEquals("\ud83d", ((JsonString) parse("\"\\ud83d\"")).value());
        assertEquals("\u007f\u2028", ((JsonString) parse("\"\u007f\u2028\"")).value());
    }

    @Test
    void wordsAreBooleansAndNull() {
        assertEquals(
                new JsonArray(
                        List.of(
                                new JsonBoolean(true, new Span(1, 5)),
                                new JsonBoolean(false, new Span(6, 11)),
                                new JsonNull(new Span(12, 16))),
                        new Span(0, 17)),
                parse("[true,false,null]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", " [ ] ", "\n{\t}\r", "[[],{}]", "\ufeff0"})
    void emptyContainersAndBlanksAreAccepted(String text) {
        parse(text);
    }

    @Test
    void ofANameGivenAgainTheLastCounts() {
        Outcome<JsonValue> outcome =
                Json.parse(new SourceText("test", "{\"l2\": 1,\n \"l\\u0032\": 2, \"o\": {\"l2\": 3}}"));
        JsonObject object = (JsonObject) outcome.value().orElseThrow();
        assertEquals("2", ((JsonNumber) object.get("l2").orElseThrow()).text());
        assertEquals(3, object.members().size());
        assertEquals(1, outcome.findings().size());
        Finding finding = outcome.findings().get(0);
        assertEquals(Code.SS005, finding.code());
        assertEquals(Severity.WARNING, finding.severity());
        assertEquals("test:2:2", finding.place().orElseThrow().toString());
        assertEquals("\"l2\" is given again in the same object; Python takes the last", finding.message());
        assertFalse(outcome.hasErrors());
    }

    @Test
    void namesGivenAgainAreCountedBehindTwenty() {
        String text = "{" + "\"a\": 1, ".repeat(40) + "\"b\": 2}";
        List<Finding> findings = Json.parse(new SourceText("test", text)).findings();
        assertEquals(20, findings.size());
        assertTrue(findings.get(19).details().contains("19 more in this file; only the first 20 are shown"));
    }
}
