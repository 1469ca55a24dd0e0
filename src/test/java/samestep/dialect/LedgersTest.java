package samestep.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.ledger.LedgerRow;

/** Every field of every ledger, changed: what decides is seen, what decides nothing is quiet. */
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
            "deepspeed", "pytorch",
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
}
