package samestep.dialect.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import samestep.dialect.MutationJudge;
import samestep.dialect.keras.layer.KerasLedger;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.recipe.ledger.LedgerRow;

/** Every argument of every layer, optimizer and loss, changed: comparing sees it, or the ledger says why not. */
class KerasLedgerTest {
    @ParameterizedTest
    @EnumSource(names = {"KERAS_3", "KERAS_2_15", "KERAS_1"})
    void comparingSeesWhatTheLedgerSays(KerasGeneration generation) {
        KerasMutation mutation = new KerasMutation(generation);
        MutationJudge judge = new MutationJudge(new KerasDialect());
        List<String> wrong = new ArrayList<>();
        for (LedgerRow row : KerasLedger.of(generation).rows()) {
            for (String field : row.fields()) {
                String words = judge.wrong(row.decides(), mutation.of(row, field));
                if (!words.isEmpty()) {
                    wrong.add(row.decides().word() + " " + field + " " + words);
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
    }
}
