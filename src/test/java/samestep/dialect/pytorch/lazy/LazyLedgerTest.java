package samestep.dialect.pytorch.lazy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import samestep.dialect.YamlMutation;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.dialect.pytorch.form.Ledgers;

/** Every field of a configuration, changed: comparing sees it, or the ledger says why not. */
class LazyLedgerTest {
    @Test
    void comparingSeesWhatTheLedgerSays() throws IOException {
        YamlMutation mutation = new YamlMutation(Path.of("fixtures/ledgers/lazyconfig"), new PytorchDialect());
        assertEquals("", mutation.wrong(Ledgers.of("lazyconfig")));
    }
}
