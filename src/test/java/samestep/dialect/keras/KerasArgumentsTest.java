package samestep.dialect.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.dialect.MutationJudge;
import samestep.dialect.keras.layer.KerasLedger;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.recipe.ledger.LedgerRow;

/** Arguments of layers that were passed over once, changed: comparing sees what the ledger says. */
class KerasArgumentsTest {
    @ParameterizedTest
    @CsvSource({
        "KERAS_3, Dense.kernel_constraint",
        "KERAS_3, LSTM.recurrent_constraint",
        "KERAS_2_15, Conv2D.bias_constraint",
        "KERAS_2_15, ConvLSTM2D.unit_forget_bias",
        "KERAS_2_15, CuDNNLSTM.unit_forget_bias",
        "KERAS_1, Dense.bias",
        "KERAS_1, Dense.W_constraint",
        "KERAS_1, Embedding.W_regularizer",
        "KERAS_3, Dense.units",
        "KERAS_3, Dropout.seed"
    })
    void comparingSeesWhatTheLedgerSays(KerasGeneration generation, String field) {
        LedgerRow row = KerasLedger.of(generation).row(field, "").orElseThrow();
        String wrong = new MutationJudge(new KerasDialect())
                .wrong(row.decides(), new KerasMutation(generation).of(row, field));
        assertEquals("", wrong, field);
    }
}
