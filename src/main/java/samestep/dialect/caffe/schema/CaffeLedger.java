package samestep.dialect.caffe.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.Resources;
import samestep.dialect.schema.Schema;
import samestep.dialect.schema.SchemaLedger;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.ledger.LedgerRow;

/**
 * What the fields of solvers and nets decide. Names, types and defaults are the schema's; so is what a solver's field is
 * for. The resource {@code ledger.txt} has the rest.
 */
public final class CaffeLedger {
    private static final List<String> SOLVERS = List.of("SolverParameter", "ForkSolverParameter");

    private CaffeLedger() {}

    private static final class Holder {
        static final Ledger LEDGER = made();
    }

    /** Made at the first use. */
    public static Ledger ledger() {
        return Holder.LEDGER;
    }

    /** With a row for every field. */
    public static Ledger whole() {
        return SchemaLedger.whole(ledger(), CaffeSchema.schema(), messages());
    }

    /** The messages of a solver and its net. */
    static List<String> messages() {
        List<String> messages = new ArrayList<>(SOLVERS);
        within("NetParameter", messages);
        return messages;
    }

    private static void within(String message, List<String> messages) {
        messages.add(message);
        for (Schema.Field field : CaffeSchema.schema().message(message).fields().values()) {
            if (field.type() == Schema.Type.MESSAGE) {
                String inner = CaffeSchema.schema().messageOf(field).name();
                if (!messages.contains(inner)) {
                    within(inner, messages);
                }
            }
        }
    }

    private static Ledger made() {
        Ledger text = Ledger.parse("Caffe", Resources.text("caffe/ledger.txt"));
        List<LedgerRow> rows = new ArrayList<>();
        for (String message : SOLVERS) {
            for (Schema.Field field :
                    CaffeSchema.schema().message(message).fields().values()) {
                String path = message + "." + field.name();
                if (field.type() != Schema.Type.MESSAGE && text.row(path, "").isEmpty()) {
                    rows.add(row(path, field));
                }
            }
        }
        return text.and(rows);
    }

    private static LedgerRow row(String path, Schema.Field field) {
        Decides decides = switch (field.use()) {
            case TRAINING -> field.fork().isEmpty() ? Decides.UPDATE : Decides.NOT_READ;
            case NET -> Decides.OUTSIDE;
            case BESIDE -> Decides.NOTHING;
        };
        String reason = switch (field.use()) {
            case TRAINING -> field.meaning();
            case NET -> "which net is trained; the net itself is compared where it is read";
            case BESIDE -> "display, tests, snapshots or the device: no weight depends on it";
        };
        String fork = field.fork().isEmpty() ? "" : " (of forks: " + field.fork() + ")";
        return new LedgerRow(List.of(path), "", "", decides, Optional.empty(), (reason + fork).strip());
    }
}
