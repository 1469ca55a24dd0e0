package samestep.syntax.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import samestep.finding.Outcome;
import samestep.text.SourceText;

/** Laws over many texts, with Gson for a second opinion. */
class JsonPropertyTest {
    private static final com.google.gson.Gson STRICT =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private static final String MODEL = """
            {"class_name": "Sequential", "config": [{"l2": 9.99e-05, "l1": null, "b": [true, false, -1.0E+2]},
              {"name": "caf\\u00e9 \\"x\\" \ud83d\ude80"}], "keras_version": "2.0.6", "e": {}, "f": []}
            """;

    @Property
    void whatGsonWritesIsReadBack(@ForAll("elements") JsonElement element, @ForAll boolean pretty) {
        GsonBuilder builder = new GsonBuilder().serializeNulls();
        String text = (pretty ? builder.setPrettyPrinting() : builder).create().toJson(element);
        SourceText source = new SourceText("test", text);
        Outcome<JsonValue> outcome = Json.parse(source);
        assertEquals(List.of(), outcome.findings(), text);
        JsonSpans.assertHold(source, outcome.value().orElseThrow());
        assertEquals(
                com.google.gson.JsonParser.parseString(text),
                Gson.of(outcome.value().orElseThrow()));
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
        assertLaws(new String(bytes, StandardCharsets.ISO_8859_1));
        assertLaws('"' + new String(bytes, StandardCharsets.UTF_8) + '"');
    }

    @Property
    void aSequenceOfTokensIsReadIfGsonReadsIt(@ForAll("tokens") String text) {
        assertAgreement(text);
        assertAgreement("[" + text + "]");
        assertAgreement("{\"a\":" + text + "}");
    }

    @Property
    void aFileWithAnythingPutInAnywhereIsReadIfGsonReadsIt(
            @ForAll @IntRange(max = 220) int from,
            @ForAll @IntRange(max = 3) int length,
            @ForAll("tokens") String put) {
        int start = Math.min(from, MODEL.length());
        int end = Math.min(start + length, MODEL.length());
        assertAgreement(MODEL.substring(0, start) + put + MODEL.substring(end));
    }

    private static void assertAgreement(String text) {
        Outcome<JsonValue> outcome = assertLaws(text);
        boolean repeated = outcome.findings().size() > (outcome.hasErrors() ? 1 : 0);
        if (!repeated && !onlyPythonReads(text)) {
            assertEquals(gsonReads(text), outcome.value().isPresent(), () -> text + ": " + outcome.findings());
        }
    }

    /** Gson refuses half of a surrogate pair, as an escape or as a character; Python does not. */
    private static boolean onlyPythonReads(String text) {
        boolean words = text.contains("NaN") || text.contains("Infinity");
        boolean half =
                text.contains("\\ud83d") || !StandardCharsets.UTF_8.newEncoder().canEncode(text);
        return words || half;
    }

    static Outcome<JsonValue> assertLaws(String text) {
        SourceText source = new SourceText("test", text);
        Outcome<JsonValue> outcome = Json.parse(source);
        assertEquals(outcome.hasErrors(), outcome.value().isEmpty());
        outcome.value().ifPresent(value -> JsonSpans.assertHold(source, value));
        outcome.findings().forEach(finding -> assertTrue(finding.place().isPresent()));
        return outcome;
    }

    private static boolean gsonReads(String text) {
        try {
            JsonElement element = STRICT.fromJson(text, JsonElement.class);
            return element != null;
        } catch (com.google.gson.JsonParseException e) {
            return false;
        }
    }

    @Provide
    Arbitrary<String> tokens() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"",
                        "'",
                        "\\",
                        "\n",
                        " ",
                        "\t",
                        "\0",
                        "1",
                        "-",
                        "-0",
                        "01",
                        "1.",
                        "1.5",
                        "1e5",
                        "1e",
                        "+",
                        ".",
                        "true",
                        "null",
                        "nul",
                        "True",
                        "\"a\"",
                        "\"\\u00\"",
                        "\"\\ud83d\"",
                        "\"\\'\"",
                        "\"a\":",
                        "[]",
                        "{}",
                        "#",
                        "/",
                        "\u00a0",
                        "\ud83d\ude80",
                        "1e999999999")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<JsonElement> elements() {
        return elements(3);
    }

    private static Arbitrary<JsonElement> elements(int depth) {
        Arbitrary<JsonElement> scalar = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12).map(JsonPrimitive::new),
                Arbitraries.doubles().map(JsonPrimitive::new),
                Arbitraries.bigDecimals().ofScale(20).map(JsonPrimitive::new),
                Arbitraries.of(true, false).map(JsonPrimitive::new),
                Arbitraries.just(com.google.gson.JsonNull.INSTANCE));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<JsonElement> array = elements(depth - 1).list().ofMaxSize(4).map(all -> {
            com.google.gson.JsonArray built = new com.google.gson.JsonArray();
            all.forEach(built::add);
            return built;
        });
        Arbitrary<JsonElement> object = Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), elements(depth - 1))
                .ofMaxSize(4)
                .map(all -> {
                    com.google.gson.JsonObject built = new com.google.gson.JsonObject();
                    all.forEach(built::add);
                    return built;
                });
        return Arbitraries.oneOf(scalar, array, object);
    }
}
