package samestep.syntax.prototxt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import samestep.text.Edit;
import samestep.text.Edits;
import samestep.text.SourceText;

/** An edit of a value's span, parsed again, changes that value and no other. */
final class PrototxtEditLaws {
    private PrototxtEditLaws() {}

    /** Edits scalars of a text without errors: every one, or as many as given, spread over the file. */
    static void assertHold(String text, int most) {
        SourceText source = new SourceText("test", text);
        List<PrototxtScalar> before = scalars(source);
        int stride = Math.max(1, before.size() / most);
        for (int i = 0; i < before.size(); i += stride) {
            String written = before.get(i).kind() == PrototxtScalar.Kind.STRING ? "\"edited\"" : "4711";
            Edit edit = new Edit(source, before.get(i).span(), written, Edit.Certainty.EXACT);
            List<PrototxtScalar> after = scalars(Edits.apply(source, List.of(edit)));
            assertEquals(before.size(), after.size(), edit::toString);
            for (int j = 0; j < before.size(); j++) {
                assertEquals(
                        j == i ? written : before.get(j).text(), after.get(j).text(), edit::toString);
            }
        }
    }

    private static List<PrototxtScalar> scalars(SourceText source) {
        var outcome = Prototxt.parse(source);
        assertEquals(List.of(), outcome.findings(), source::text);
        List<PrototxtScalar> scalars = new ArrayList<>();
        collect(outcome.value().orElseThrow().root(), scalars);
        return scalars;
    }

    private static void collect(PrototxtMessage message, List<PrototxtScalar> scalars) {
        for (PrototxtField field : message.fields()) {
            if (field.value() instanceof PrototxtScalar scalar) {
                scalars.add(scalar);
            } else if (field.value() instanceof PrototxtMessage inner) {
                collect(inner, scalars);
            }
        }
    }
}
