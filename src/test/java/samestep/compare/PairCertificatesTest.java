package samestep.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import samestep.compare.certificate.CertificateCheck;
import samestep.text.SourceText;

/**
 * Every pair of docs/pairs.md that is exact, or exact while the rate is constant, has a certificate that holds. All of them take
 * minutes: {@value #HOW}, which writes them to target/certificates too. A build makes every tenth, and those of fixtures/certificates.
 */
class PairCertificatesTest {
    static final String HOW = "mvn test -Dtest=PairCertificatesTest -Dsamestep.certificates=true";

    /** Products of factors that depend on the update: no relation of the forms that are looked for. */
    private static final Set<String> WITHOUT =
            Set.of("keras.NadamLegacy-pytorch.NAdam", "pytorch.NAdam-keras.NadamLegacy");

    private static final Path WRITTEN = Path.of("target/certificates");
    private static final Path FIXTURES = Path.of("fixtures/certificates");
    private static final boolean ALL = Boolean.getBoolean("samestep.certificates");
    private static final int OF_EACH = 10;
    private static final long SEED = 20261129;

    @Test
    void everyPairHasACertificateThatHolds() throws IOException {
        List<String> wrong = new ArrayList<>();
        Set<String> without = new TreeSet<>();
        List<ProvenPair> pairs = ProvenPair.all();
        assertTrue(pairs.size() > 150, "the page has " + pairs.size());
        Files.createDirectories(WRITTEN);
        for (int i = 0; i < pairs.size(); i++) {
            ProvenPair pair = pairs.get(i);
            if (!ALL && i % OF_EACH != 0) {
                continue;
            }
            if (WITHOUT.contains(pair.fileName())) {
                without.add(pair.fileName());
                continue;
            }
            String text = pair.certificate().orElse("");
            CertificateCheck.Result result =
                    CertificateCheck.of(new SourceText(pair.fileName(), text), new Random(SEED));
            if (result.evidence().isEmpty()) {
                wrong.add(pair + ": " + result.why());
            } else if (ALL) {
                Files.writeString(WRITTEN.resolve(pair.fileName() + ".json"), text);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(!ALL || without.equals(WITHOUT), "no certificate is expected of " + WITHOUT);
    }

    @Test
    void thoseThatAreKeptAreWhatIsMade() throws IOException {
        int kept = 0;
        for (ProvenPair pair : ProvenPair.all()) {
            Path fixture = FIXTURES.resolve(pair.fileName() + ".json");
            if (Files.exists(fixture)) {
                kept++;
                assertEquals(
                        Files.readString(fixture),
                        pair.certificate().orElse(""),
                        "if this is right: " + HOW + " and cp " + WRITTEN.resolve(fixture.getFileName()) + " "
                                + fixture);
            }
        }
        assertEquals(5, kept);
    }
}
