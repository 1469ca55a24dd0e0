package samestep.dialect.tensorflow.garden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import samestep.dialect.YamlMutation;
import samestep.dialect.tensorflow.TensorflowDialect;

/** Every field of an experiment, changed: comparing sees it, or the ledger says why not. */
class GardenLedgerTest {
    @Test
    void comparingSeesWhatTheLedgerSays() throws IOException {
        YamlMutation mutation = new YamlMutation(Path.of("fixtures/ledgers/garden"), new TensorflowDialect());
        assertEquals("", mutation.wrong(GardenLedger.ledger()));
    }

    @Test
    void comparingSeesWhatTheLedgerOfTheOlderImageClassificationSays() throws IOException {
        YamlMutation mutation = new YamlMutation(Path.of("fixtures/ledgers/classifier"), new TensorflowDialect());
        assertEquals("", mutation.wrong(ClassifierLedger.ledger()));
    }
}
