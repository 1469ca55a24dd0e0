package samestep.syntax.prototxt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import samestep.finding.Outcome;
import samestep.text.SourceText;

/** Shorthand of the tests. */
final class Parsed {
    private Parsed() {}

    static Outcome<PrototxtDocument> outcome(String text) {
        Outcome<PrototxtDocument> outcome = Prototxt.parse(new SourceText("test", text));
        Tiling.assertSpansNest(outcome.value().orElseThrow());
        return outcome;
    }

    /** The fields of a text without errors. */
    static PrototxtMessage message(String text) {
        Outcome<PrototxtDocument> outcome = outcome(text);
        assertEquals(List.of(), outcome.findings(), text);
        return outcome.value().orElseThrow().root();
    }

    /** What was read in one line, such as {@code a=1 b={c=x}}, errors or not. */
    static String brief(String text) {
        return brief(outcome(text).value().orElseThrow().root());
    }

    static String brief(PrototxtMessage message) {
        return message.fields().stream()
                .map(field -> field.name() + "=" + brief(field.value()))
                .collect(Collectors.joining(" "));
    }

    private static String brief(PrototxtValue value) {
        return value instanceof PrototxtScalar scalar ? scalar.value() : "{" + brief((PrototxtMessage) value) + "}";
    }

    /** The value of a text {@code a: ...} without errors. */
    static PrototxtScalar scalar(String value) {
        return (PrototxtScalar) message("a: " + value).last("a").orElseThrow().value();
    }

    /** The errors, each as {@code line:column message | what to do}. */
    static List<String> errors(String text) {
        return outcome(text).findings().stream()
                .map(finding -> finding.place().orElseThrow().position() + " " + finding.message()
                        + finding.details().stream()
                                .map(detail -> " | " + detail)
                                .collect(Collectors.joining()))
                .toList();
    }
}
