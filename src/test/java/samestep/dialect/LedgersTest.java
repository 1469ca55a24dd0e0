package samestep.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.ledger.LedgerRow;

/** Every field of every ledger, changed: what decides is seen, what decides nothing is quiet. The pages show the ledgers. */
class LedgersTest {
    private static final Path BASES = Path.of("fixtures/ledgers");

    /** Each ledger by its name, with the framework whose it is. */
    private static final Map<String, String> LEDGERS = new TreeMap<>(Map.of(
            "transformers", "pytorch",
            "timm", "pytorch",
            "detectron2", "pytorch",
            "lightning", "pytorch",
            "torchtune", "pytorch",
            "slowfast", "pytorch",
            "pycls", "pytorch",
            "darknet", "darknet",
            "darknet-fork", "darknet"));

    static Set<String> ledgers() {
        return LEDGERS.keySet();
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void comparingSeesWhatTheLedgerSays(String library) throws IOException {
        Ledger ledger = ledger(library);
        LedgerMutation mutation = new LedgerMutation(
                Dialects.named(LEDGERS.getOrDefault(library, "")).orElseThrow(), ledger, bases(library));
        List<String> wrong = new ArrayList<>();
        for (LedgerRow row : ledger.rows()) {
            for (String field : row.fields()) {
                if (!mutation.holds(row, field)) {
                    wrong.add(row.decides().word() + " " + field);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void everyRowHasAReasonWhereItDecidesNothing(String library) {
        for (LedgerRow row : ledger(library).rows()) {
            boolean needed = row.decides() == Decides.NOTHING
                    || row.decides() == Decides.OUTSIDE
                    || row.decides() == Decides.NOT_READ;
            assertFalse(needed && row.reason().isEmpty(), row.fields() + " has no reason");
        }
    }

    @Test
    void thePagesShowTheLedgers() throws IOException {
        List<String> stale = new ArrayList<>();
        for (String library : ledgers()) {
            page(Path.of("docs/ledgers/" + library + ".md"), LedgerPage.of(ledger(library)), stale);
        }
        page(Path.of("docs/settings-score.md"), score(), stale);
        assertEquals(List.of(), stale, "to accept: cp -r target/docs/. docs");
    }

    private static Ledger ledger(String library) {
        String resource = LEDGERS.get(library) + "/ledger-" + library + ".txt";
        try (InputStream in = Dialects.class.getResourceAsStream(resource)) {
            return Ledger.parse(library, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<BaseFile> bases(String library) throws IOException {
        List<BaseFile> bases = new ArrayList<>();
        try (Stream<Path> files = Files.list(BASES.resolve(library))) {
            for (Path file : files.sorted().toList()) {
                bases.add(file.toString().endsWith(".cfg") ? IniBase.read(file) : YamlBase.read(file));
            }
        }
        return bases;
    }

    /** Each number is held by the test above, which fails for a field that is not seen, or not quiet. */
    private static String score() {
        StringBuilder page = new StringBuilder("""
            # Every field changed

            A test takes small files of each form, changes one field of its ledger at a time, and compares the two.
            A field that decides the update must make the comparison fail, or a finding name it. A setting must
            differ. A field that changes the update and is not read must be named. A field outside (the net, the data)
            or without effect must leave "the same training". `LedgersTest` demands all of it: the numbers below are
            fields that were changed, and every one of them behaves as its ledger says.

            | form | fields | the update | settings | not read, named | outside, quiet | nothing, quiet |
            | --- | --- | --- | --- | --- | --- | --- |
            """);
        for (String library : ledgers()) {
            Map<Decides, Integer> counts = new EnumMap<>(Decides.class);
            for (LedgerRow row : ledger(library).rows()) {
                counts.merge(row.decides(), row.fields().size(), Integer::sum);
            }
            page.append("| [%s](ledgers/%s.md) | %d"
                    .formatted(
                            library,
                            library,
                            counts.values().stream().mapToInt(i -> i).sum()));
            for (Decides decides :
                    List.of(Decides.UPDATE, Decides.SETTING, Decides.NOT_READ, Decides.OUTSIDE, Decides.NOTHING)) {
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
