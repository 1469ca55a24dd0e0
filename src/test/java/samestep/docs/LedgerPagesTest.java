package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import samestep.dialect.caffe.schema.CaffeLedger;
import samestep.dialect.darknet.DarknetLedgers;
import samestep.dialect.keras.layer.KerasLedger;
import samestep.dialect.pytorch.form.Ledgers;
import samestep.dialect.tensorflow.garden.ClassifierLedger;
import samestep.dialect.tensorflow.garden.GardenLedger;
import samestep.dialect.tensorflow.graph.GraphLedger;
import samestep.dialect.tensorflow.pipeline.PipelineLedger;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.ledger.LedgerRow;

/** The pages show the ledgers of all forms, and how many fields of each decide what. */
class LedgerPagesTest {
    private static final List<Decides> COLUMNS =
            List.of(Decides.UPDATE, Decides.SETTING, Decides.NOT_READ, Decides.OUTSIDE, Decides.NOTHING);

    @Test
    void thePagesShowTheLedgers() throws IOException {
        List<String> stale = new ArrayList<>();
        for (Ledger ledger : ledgers()) {
            page(Path.of("docs/ledgers/" + file(ledger)), LedgerPage.of(ledger), stale);
        }
        page(Path.of("docs/settings-score.md"), score(), stale);
        assertEquals(List.of(), stale, "to accept: cp -r target/docs/. docs");
    }

    /** A field that decides nothing, and one that is not judged or not read, says why. */
    @Test
    void everyRowHasAReasonWhereItNeedsOne() {
        List<String> silent = new ArrayList<>();
        for (Ledger ledger : ledgers()) {
            for (LedgerRow row : ledger.rows()) {
                boolean needed = row.decides() == Decides.NOTHING
                        || row.decides() == Decides.OUTSIDE
                        || row.decides() == Decides.NOT_READ;
                if (needed && row.reason().isEmpty()) {
                    silent.add(ledger.library() + " " + row.fields());
                }
            }
        }
        assertEquals(List.of(), silent);
    }

    private static List<Ledger> ledgers() {
        List<Ledger> all = new ArrayList<>(List.of(CaffeLedger.whole()));
        all.addAll(Ledgers.all());
        all.add(Ledgers.of("mmengine"));
        all.add(Ledgers.of("lazyconfig"));
        all.addAll(KerasLedger.all());
        all.addAll(
                List.of(PipelineLedger.whole(), GardenLedger.ledger(), ClassifierLedger.ledger(), GraphLedger.whole()));
        all.addAll(DarknetLedgers.all());
        return all;
    }

    private static String file(Ledger ledger) {
        return ledger.library().toLowerCase(Locale.ROOT).replace(' ', '-') + ".md";
    }

    /** Each number is held by the test of its form, which fails for a field that is not seen, or not quiet. */
    private static String score() {
        StringBuilder page = new StringBuilder("""
            # Every field changed

            A test takes small files of each form, changes one field of its ledger at a time, and compares the two.
            A field that decides the update must make the comparison fail, or a finding name it. A setting must
            differ. A field that changes the update and is not read must be named by a finding. A field outside
            (the net, the data) is not judged, and must be named as not the same. A field without effect must leave
            "the same training". The tests of the ledgers demand all of it: the numbers below are fields that were
            changed, and every one of them behaves as its ledger says.

            | form | fields | the update | settings | not read, named | outside, named | nothing, quiet |
            | --- | --- | --- | --- | --- | --- | --- |
            """);
        for (Ledger ledger : ledgers()) {
            Map<Decides, Integer> counts = new EnumMap<>(Decides.class);
            for (LedgerRow row : ledger.rows()) {
                counts.merge(row.decides(), row.fields().size(), Integer::sum);
            }
            page.append("| [%s](ledgers/%s) | %d"
                    .formatted(
                            ledger.library(),
                            file(ledger),
                            counts.values().stream().mapToInt(i -> i).sum()));
            for (Decides decides : COLUMNS) {
                page.append(" | ").append(counts.getOrDefault(decides, 0));
            }
            page.append(" |\n");
        }
        page.append("""

            A pattern of names, such as `logging_*`, is changed once.
            Optimizers and schedules that are described by their classes (Lightning, Hydra, torchtune) are not in the
            ledgers: their arguments are read by the optimizer's own equations.
            """);
        return page.toString();
    }

    private static void page(Path path, String expected, List<String> stale) throws IOException {
        String committed = Files.exists(path) ? Files.readString(path) : "";
        if (!committed.equals(expected)) {
            Path made = Path.of("target").resolve(path);
            Files.createDirectories(made.toAbsolutePath().getParent());
            Files.write(made, expected.getBytes(StandardCharsets.UTF_8));
            stale.add(path.toString());
        }
    }
}
