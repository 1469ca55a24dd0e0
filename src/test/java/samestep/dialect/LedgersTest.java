package samestep.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.dialect.darknet.DarknetLedgers;
import samestep.dialect.pytorch.form.Ledgers;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.ledger.LedgerRow;

/** Every field of every ledger, changed: what decides is seen, what decides nothing is quiet. */
class LedgersTest {
    private static final Path BASES = Path.of("fixtures/ledgers");

    /** Each ledger by its name. */
    private static final Map<String, Ledger> LEDGERS = new TreeMap<>();

    static {
        // JSON's documents have a test of their own, JsonLedgerTest.
        Ledgers.all().stream()
                .filter(ledger -> !ledger.library().equals("torch-json"))
                .forEach(ledger -> LEDGERS.put(ledger.library(), ledger));
        DarknetLedgers.all().forEach(ledger -> LEDGERS.put(ledger.library(), ledger));
    }

    static Set<String> ledgers() {
        return LEDGERS.keySet();
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void comparingSeesWhatTheLedgerSays(String library) throws IOException {
        Ledger ledger = Objects.requireNonNull(LEDGERS.get(library));
        String framework = library.startsWith("darknet") ? "darknet" : "pytorch";
        LedgerMutation mutation = new LedgerMutation(Dialects.named(framework).orElseThrow(), ledger, bases(library));
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

    private static List<BaseFile> bases(String library) throws IOException {
        List<BaseFile> bases = new ArrayList<>();
        try (Stream<Path> files = Files.list(BASES.resolve(library))) {
            for (Path file : files.sorted().toList()) {
                bases.add(file.toString().endsWith(".cfg") ? IniBase.read(file) : YamlBase.read(file));
            }
        }
        return bases;
    }
}
