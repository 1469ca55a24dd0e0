package samestep.dialect.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.MutationJudge;
import samestep.dialect.MutationJudge.Variant;
import samestep.dialect.tensorflow.graph.GraphLedger;
import samestep.finding.Code;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.recipe.Recipe;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.LedgerRow;
import samestep.recipe.setting.Settings;
import samestep.recipe.setting.Unjudged;
import samestep.text.SourceText;

/** Every operation of a graph, and every attribute, changed: comparing sees it, or the ledger says why not. */
class GraphLedgerTest {
    @Test
    void comparingSeesWhatTheLedgerSays() {
        MutationJudge judge = new MutationJudge(new TensorflowDialect());
        List<String> wrong = new ArrayList<>();
        int changed = 0;
        for (LedgerRow row : GraphLedger.whole().rows()) {
            for (String field : row.fields()) {
                List<Variant> variants = GraphMutation.of(row.decides(), field);
                for (Variant v : variants) {
                    assertNotEquals(
                            v.before().source().text(), v.after().source().text(), field);
                    assertTrue(
                            row.decides() == Decides.NOT_READ
                                    || new TensorflowDialect()
                                            .read(v.before())
                                            .value()
                                            .isPresent(),
                            () -> field + ": the first graph is read: "
                                    + new TensorflowDialect()
                                            .read(v.before()).findings().stream()
                                                    .filter(f -> f.severity() == Severity.ERROR)
                                                    .toList());
                }
                String words = judge.wrong(row.decides(), variants);
                if (!words.isEmpty()) {
                    wrong.add(row.decides().word() + " " + field + " " + words);
                }
                changed++;
            }
        }
        assertEquals("", String.join("\n", wrong));
        assertTrue(changed > 5_000, "fields that were changed: " + changed);
    }

    /** An operation of a library beside TensorFlow is named, and no verdict is exact. */
    @Test
    void anOperationThatTensorflowDoesNotHaveIsNamed() {
        Outcome<Recipe> read = new TensorflowDialect()
                .read(GraphMutation.of(Decides.OUTSIDE, "AdvanceFromOracle")
                        .get(0)
                        .after());

        assertTrue(
                read.findings().stream()
                        .anyMatch(f -> f.code() == Code.SS044 && f.message().contains("AdvanceFromOracle")),
                read.findings() + "");
        assertEquals(
                List.of("the operation AdvanceFromOracle"),
                read.value().orElseThrow().unknown());
    }

    /** The same graph as a .meta file, where what is long is a digest, and as text, which protobuf wrote of that file. */
    @Test
    void aFileAndItsTextHaveTheSameFields() throws Exception {
        SourceText binary = Dialects.text(Path.of("fixtures/tensorflow/losses/batch-norm.meta"));
        SourceText text = Dialects.text(Path.of("fixtures/tensorflow/text/batch-norm.pbtxt"));

        assertEquals(List.of(), differences(binary, text));
    }

    /** Functions have another name in every run of a program; what they do is compared. */
    @Test
    void functionsAreComparedByWhatTheyDo() {
        String one = GraphMutation.of(Decides.OUTSIDE, "graph_def.library.function")
                .get(0)
                .before()
                .source()
                .text();

        assertEquals(
                List.of(),
                differences(source(one), source(one.replace("name: \"f\"", "name: \"f_rewritten_true_17\""))));
    }

    /** Two queues of one name are one queue; the name itself may be any. */
    @Test
    void whichOperationsShareAResourceIsCompared() {
        String graph = GraphMutation.of(Decides.OUTSIDE, "Neg")
                .get(0)
                .before()
                .source()
                .text();
        String apart = graph.replace("versions {", queue("a", "one") + queue("b", "two") + "versions {");
        String renamed = graph.replace("versions {", queue("a", "three") + queue("b", "four") + "versions {");
        String together = graph.replace("versions {", queue("a", "one") + queue("b", "one") + "versions {");

        assertEquals(List.of(), differences(source(apart), source(renamed)));
        assertEquals(List.of("b.shared_name"), differences(source(apart), source(together)));
    }

    private static String queue(String name, String shared) {
        return "node { name: \"%s\" op: \"StatefulPartitionedCall\" attr { key: \"shared_name\" value { s: \"%s\" } } }\n"
                .formatted(name, shared);
    }

    private static SourceText source(String text) {
        return new SourceText("graph.pbtxt", text);
    }

    private static List<String> differences(SourceText one, SourceText other) {
        return settings(one).unjudged().differences(settings(other).unjudged()).stream()
                .map(Unjudged.Difference::path)
                .toList();
    }

    private static Settings settings(SourceText source) {
        return new TensorflowDialect()
                .read(Input.of(source))
                .value()
                .orElseThrow()
                .allSettings();
    }
}
