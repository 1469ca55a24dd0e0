package samestep.syntax.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.syntax.json.Json;
import samestep.text.SourceText;

/** What is read, and where it is. */
class YamlValueTest {
    private static YamlMapping parse(String text) {
        Outcome<YamlValue> outcome = Yaml.parse(new SourceText("test", text));
        assertEquals(List.of(), outcome.findings(), text);
        return (YamlMapping) outcome.value().orElseThrow();
    }

    private static YamlScalar scalar(YamlMapping mapping, String name) {
        return (YamlScalar) mapping.get(name).orElseThrow();
    }

    /** The table is what PyYAML said; src/test/python/yaml_scalars.py writes it. */
    @TestFactory
    Stream<DynamicTest> scalarsAreOfTheKindsThatPyYamlGivesThem() throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("pyyaml.tsv"))) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertTrue(lines.size() > 100);
            return lines.stream()
                    .map(line -> line.split("\t", -1))
                    .map(row -> DynamicTest.dynamicTest(
                            row[0], () -> assertScalar(scalar(parse("a: " + row[0]), "a"), row[1], row[2])));
        }
    }

    private static void assertScalar(YamlScalar scalar, String kind, String value) {
        assertEquals(kind, scalar.kind().name());
        switch (scalar.kind()) {
            case STRING -> assertEquals(value, scalar.text());
            case BOOLEAN -> assertEquals(value.equals("True"), scalar.isTrue());
            case INTEGER ->
                assertEquals(0, new BigDecimal(value).compareTo(scalar.decimal().orElseThrow()));
            case FLOAT ->
                assertEquals(
                        Double.parseDouble(value.replace("inf", "Infinity").replace("nan", "NaN")),
                        scalar.doubleValue() == 0 ? Double.parseDouble(value) : scalar.doubleValue());
            default -> assertEquals(Optional.empty(), scalar.decimal());
        }
    }

    @Test
    void aNumberForThoseWhoCastIt() {
        assertEquals(
                Optional.of(new BigDecimal("1E-4")),
                scalar(parse("a: 1e-4"), "a").castDecimal());
        assertEquals(Optional.empty(), scalar(parse("a: 1e-4"), "a").decimal());
        assertEquals(
                Optional.of(new BigDecimal("0.1")),
                scalar(parse("a: '0.1'"), "a").castDecimal());
        assertEquals(
                Optional.of(BigDecimal.valueOf(8)), scalar(parse("a: 010"), "a").castDecimal());
        assertEquals(Optional.empty(), scalar(parse("a: ${lr}"), "a").castDecimal());
    }

    @Test
    void spansCoverWhatWasWritten() {
        String text =
                "\ufeff# \ud83d\ude80\r\na\ud83d\ude80 : {b: 'x''y', c: [1, 2]} # end\r\nd:\r\n- &n  0.5   # half\r\n"
                        + "- !!str\r\n  7\r\ne:\r\nf: &m # why\r\n  g: *n\r\n\r\n# last\r\n";
        SourceText source = new SourceText("test", text);
        YamlMapping root = parse(text);
        assertEquals(
                List.of(
                        "a\ud83d\ude80 : {b: 'x''y', c: [1, 2]}",
                        "d:\r\n- &n  0.5   # half\r\n- !!str\r\n  7",
                        "e:",
                        "f: &m # why\r\n  g: *n"),
                root.entries().stream().map(entry -> source.slice(entry.span())).toList());
        YamlSequence list = (YamlSequence) root.get("d").orElseThrow();
        assertEquals(
                List.of("0.5", "7"),
                list.elements().stream().map(one -> source.slice(one.span())).toList());
        assertEquals("!!str", list.elements().get(1).tag());
        assertTrue(root.get("e").orElseThrow().isNull());
        YamlMapping last = (YamlMapping) root.get("f").orElseThrow();
        assertEquals("g: *n", source.slice(last.span()));
        assertEquals("*n", source.slice(last.entry("g").orElseThrow().value().span()));
        assertEquals("0.5", scalar(last, "g").text());
    }

    /** A mapping's own anchor ends its line; those of its first key are the key's. */
    @Test
    void anchorsAndTagsOfTheFirstPartAreItsOwn() {
        for (String text : new String[] {"&a \u0085!!str :", "&a\n!!str k: 1\n", "!<x>\n&b : 2", "&a\n- !!str x\n"}) {
            YamlLaws.assertReadOrRefused(text);
        }
    }

    @Test
    void tagsAreData() {
        YamlMapping root =
                parse("shape: !!python/tuple [1, 2]\nwhat: !!python/object:a.B {c: 1}\nmine: !Mine {d: 2}\n");
        assertEquals("!!python/tuple", root.get("shape").orElseThrow().tag());
        assertEquals(
                2, ((YamlSequence) root.get("shape").orElseThrow()).values().size());
        assertEquals("!!python/object:a.B", root.get("what").orElseThrow().tag());
        assertEquals("!Mine", root.get("mine").orElseThrow().tag());
    }

    @Test
    void mergedMappingsStandBehindOwnEntries() {
        YamlMapping root = parse("""
                a: &a {lr: 1, wd: 2}
                b: &b {lr: 3, mu: 4}
                own: {lr: 5, <<: *a}
                list: {<<: [*a, *b]}
                twice:
                  <<: *a
                  <<: *b
                """);
        YamlMapping own = (YamlMapping) root.get("own").orElseThrow();
        assertEquals(
                List.of("5", "2"),
                List.of(scalar(own, "lr").text(), scalar(own, "wd").text()));
        assertEquals(
                "1", scalar((YamlMapping) root.get("list").orElseThrow(), "lr").text());
        assertEquals(
                "4", scalar((YamlMapping) root.get("list").orElseThrow(), "mu").text());
        YamlMapping twice = (YamlMapping) root.get("twice").orElseThrow();
        assertEquals("3", scalar(twice, "lr").text());
        assertEquals(
                List.of("lr", "wd", "mu"),
                twice.visible().stream().map(YamlEntry::name).toList());
        assertEquals(Optional.empty(), twice.get("<<"));
    }

    @Test
    void aNameGivenAgainIsSaid() {
        Outcome<YamlValue> outcome = Yaml.parse(new SourceText("test", "a: 1\nb: {c: 1, c: 2}\na: 3\n1: x\n'1': y\n"));
        assertEquals(2, outcome.findings().size());
        assertTrue(
                outcome.findings().stream().allMatch(f -> f.code() == Code.SS005 && f.severity() == Severity.WARNING));
        assertEquals(
                "3", scalar((YamlMapping) outcome.value().orElseThrow(), "a").text());
    }

    @Test
    void oneDocumentOrMany() {
        SourceText two = new SourceText("test", "---\na: 1\n...\n---\nb: 2\n");
        assertEquals(2, Yaml.parseAll(two).value().orElseThrow().size());
        Outcome<YamlValue> one = Yaml.parse(two);
        assertTrue(one.hasErrors());
        assertEquals(
                "expected the end of the file, found another document",
                one.findings().get(0).message());
        assertTrue(Yaml.parse(new SourceText("test", "# nothing\n"))
                .value()
                .orElseThrow()
                .isNull());
        assertTrue(Yaml.parse(new SourceText("test", "")).value().orElseThrow().isNull());
    }

    @Test
    void jsonIsSeenTheSameWay() {
        String text = "{\"lr\": 1e-4, \"nesterov\": true, \"betas\": [0.9, 1], \"x\": null, \"n\": \"12\"}";
        SourceText source = new SourceText("test", text);
        YamlMapping root = (YamlMapping) Yaml.of(Json.parse(source).value().orElseThrow());
        assertEquals(
                Optional.of(new BigDecimal("0.0001")),
                scalar(root, "lr").decimal().map(BigDecimal::stripTrailingZeros));
        assertTrue(scalar(root, "nesterov").isTrue());
        assertTrue(root.get("x").orElseThrow().isNull());
        assertEquals(YamlScalar.Kind.STRING, scalar(root, "n").kind());
        assertFalse(scalar(root, "n").isNumber());
        YamlLaws.assertSpansHold(source, root);
    }
}
