package samestep.syntax.prototxt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.text.SourceText;
import samestep.text.Span;

/** Everything that protobuf's text format allows, and where it is. */
class PrototxtSyntaxTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1 b { c: x }",
                "a: 1\nb {\n  c: x\n}\n",
                "a: 1\r\nb {\r\n\tc: x\r\n}",
                "a: 1\rb {\rc: x\r}",
                "\ufeffa: 1 b { c: x }",
                "a:1;b:{c:x;};",
                "a : 1, b : < c : x, >,",
                "a: 1 # one\nb { # two }\n c: 'x' #\n}#",
                "a:1 b{c:\"x\"}",
                "a: 1\u000b\fb<c: x>",
                "a: [1] b [{c: x}]",
                "a: [ 1 # first\n ] b: [ <c: [x]> ]",
                "a: 1 b{c:'\\170'}"
            })
    void oneMeaningInManySpellings(String text) {
        assertEquals("a=1 b={c=x}", Parsed.brief(Parsed.message(text)));
    }

    @Test
    void aShortListIsOneFieldForEachValue() {
        String text = "stepvalue: [10, -20,\n 3.] l [{a: 1}, <>] e: [] f [] s: ['x' 'y', z];";
        PrototxtMessage message = Parsed.message(text);
        assertEquals("stepvalue=10 stepvalue=-20 stepvalue=3. l={a=1} l={} s=xy s=z", Parsed.brief(message));
        List<PrototxtField> steps = message.fields("stepvalue");
        assertEquals(new Span(0, 9), steps.get(2).nameSpan());
        assertEquals(
                "3.",
                text.substring(steps.get(2).span().start(), steps.get(2).span().end()));
        assertTrue(steps.get(0).inList());
        assertFalse(Parsed.message("a: 1").fields().get(0).inList());
    }

    @Test
    void namesInBracketsKeepTheirBrackets() {
        String text = "[foo.bar]: 1 [ type.googleapis.com / a.B ] { c: 2 } [a-b.x5.5]: 3";
        assertEquals("[foo.bar]=1 [type.googleapis.com/a.B]={c=2} [a-b.x5.5]=3", Parsed.brief(Parsed.message(text)));
    }

    @Test
    void namesThatLookLikeWordsOrLettersAreNames() {
        assertEquals("inf=true True=inf e=e f=f _a1=_1", Parsed.brief("inf: true True: inf e: e f: f _a1: _1"));
    }

    @Test
    void spansCoverWhatWasWritten() {
        String text = "# \ud83d\ude80\n  layer {\n    name: 'c\ud83d\ude80' \"x\"  # here\n    lr: - 5. ,\n  }\n";
        SourceText source = new SourceText("test", text);
        PrototxtDocument document = Parsed.outcome(text).value().orElseThrow();
        PrototxtField layer = document.root().fields().get(0);
        assertTrue(source.slice(layer.span()).startsWith("layer {")
                && source.slice(layer.span()).endsWith("}"));
        PrototxtMessage inner = (PrototxtMessage) layer.value();
        assertEquals(
                "name: 'c\ud83d\ude80' \"x\"",
                source.slice(inner.fields().get(0).span()));
        assertEquals("lr: - 5.", source.slice(inner.fields().get(1).span()));
        assertEquals("- 5.", source.slice(inner.fields().get(1).value().span()));
        assertEquals(
                "4:9",
                source.position(inner.fields().get(1).value().span().start()).toString());
        assertEquals(
                List.of("# \ud83d\ude80", "# here"),
                document.comments().stream().map(source::slice).toList());
    }

    @Test
    void commentsEndBeforeTheirLineEnd() {
        String text = "#a\r\n#\n  # b\r\n#c";
        SourceText source = new SourceText("test", text);
        List<Span> comments = Parsed.outcome(text).value().orElseThrow().comments();
        assertEquals(
                List.of("#a", "#", "# b", "#c"),
                comments.stream().map(source::slice).toList());
    }

    @Test
    void theLastOfRepeatedFieldsIsFound() {
        PrototxtMessage message = Parsed.message("a: 1 b: 2 a: 3");
        assertEquals(2, message.fields("a").size());
        assertEquals("3", ((PrototxtScalar) message.last("a").orElseThrow().value()).text());
        assertEquals(Optional.empty(), message.last("c"));
        assertEquals(List.of(), message.fields("c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\ufeff", "# only a comment", "\r\n\r\n"})
    void nothingIsADocumentWithoutFields(String text) {
        PrototxtMessage root = Parsed.message(text);
        assertEquals(List.of(), root.fields());
        assertEquals(new Span(0, text.length()), root.span());
    }
}
