package samestep.syntax.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import samestep.finding.Outcome;
import samestep.text.Edit;
import samestep.text.Edits;
import samestep.text.SourceText;
import samestep.text.Span;

/** What holds for every text: it is read or refused, spans nest, and an edit of a scalar changes that scalar only. */
final class YamlLaws {
    private YamlLaws() {}

    static Outcome<List<YamlValue>> assertReadOrRefused(String text) {
        SourceText source = new SourceText("test", text);
        Outcome<List<YamlValue>> outcome = Yaml.parseAll(source);
        assertEquals(outcome.hasErrors(), outcome.value().isEmpty());
        outcome.findings()
                .forEach(finding ->
                        assertTrue(finding.place().orElseThrow().span().end() <= text.length()));
        outcome.value().ifPresent(documents -> {
            int previous = 0;
            for (YamlValue document : documents) {
                previous = assertWithin(document.span(), previous, text.length());
                assertSpansHold(source, document);
            }
        });
        return outcome;
    }

    static void assertSpansHold(SourceText source, YamlValue value) {
        String text = source.slice(value.span());
        if (value instanceof YamlMapping mapping) {
            int previous = value.span().start();
            for (YamlEntry entry : mapping.entries()) {
                previous =
                        assertWithin(entry.key().span(), previous, value.span().end());
                previous = assertWithin(
                        entry.value().span(), previous, value.span().end());
                assertSpansHold(source, entry.value());
            }
        } else if (value instanceof YamlSequence sequence) {
            int previous = value.span().start();
            for (YamlValue element : sequence.elements()) {
                previous = assertWithin(element.span(), previous, value.span().end());
                assertSpansHold(source, element);
            }
            assertTrue(sequence.flow() ? text.startsWith("[") && text.endsWith("]") : text.startsWith("-"), text);
        } else if (value instanceof YamlScalar scalar) {
            assertScalar(scalar, text);
        } else {
            assertTrue(text.startsWith("*" + ((YamlAlias) value).name()), text);
        }
    }

    private static void assertScalar(YamlScalar scalar, String text) {
        switch (scalar.style()) {
            case PLAIN ->
                assertTrue(
                        isOneLine(text)
                                ? scalar.text().equals(text)
                                : scalar.text().length() <= text.length(),
                        () -> scalar + " is not " + text);
            case QUOTED -> assertTrue(text.length() > 1 && text.charAt(0) == text.charAt(text.length() - 1), text);
            case BLOCK -> assertTrue(text.startsWith("|") || text.startsWith(">"), text);
        }
    }

    private static boolean isOneLine(String text) {
        return text.chars().noneMatch(c -> c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029');
    }

    private static int assertWithin(Span span, int previous, int end) {
        assertTrue(previous <= span.start() && span.end() <= end, () -> span + " not within " + previous + ".." + end);
        return span.end();
    }

    /** Edits plain scalars that are not keys: every one, or as many as given, spread over the file. */
    static void assertEditsHold(SourceText source, int most) {
        List<YamlScalar> before = scalars(source);
        int stride = Math.max(1, before.size() / most);
        for (int i = 0; i < before.size(); i += stride) {
            if (before.get(i).style() == YamlScalar.Style.PLAIN
                    && before.get(i).span().length() > 0) {
                Edit edit = new Edit(source, before.get(i).span(), "4711.5", Edit.Certainty.EXACT);
                List<YamlScalar> after = scalars(Edits.apply(source, List.of(edit)));
                assertEquals(before.size(), after.size(), edit::toString);
                for (int j = 0; j < before.size(); j++) {
                    String expected = j == i ? "4711.5" : before.get(j).text();
                    assertEquals(expected, after.get(j).text(), edit::toString);
                }
            }
        }
    }

    private static List<YamlScalar> scalars(SourceText source) {
        List<YamlScalar> scalars = new ArrayList<>();
        Yaml.parseAll(source).value().orElseThrow().forEach(document -> collect(document, scalars));
        return scalars;
    }

    private static void collect(YamlValue value, List<YamlScalar> scalars) {
        if (value instanceof YamlMapping mapping) {
            mapping.entries().forEach(entry -> collect(entry.value(), scalars));
        } else if (value instanceof YamlSequence sequence) {
            sequence.elements().forEach(element -> collect(element, scalars));
        } else if (value instanceof YamlScalar scalar) {
            scalars.add(scalar);
        }
    }
}
