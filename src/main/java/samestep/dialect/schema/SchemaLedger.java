package samestep.dialect.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.ledger.LedgerRow;

/** A ledger beside a schema, with every field in a row of its own: for pages and tests. */
public final class SchemaLedger {
    private SchemaLedger() {}

    /**
     * The rows of all fields of some messages, with the schema's types and defaults, and the rows that have their own. A
     * field that the ledger does not know has no row.
     *
     * @param messages names without the package
     */
    public static Ledger whole(Ledger ledger, Schema schema, List<String> messages) {
        List<LedgerRow> rows = new ArrayList<>();
        for (String message : messages) {
            for (Schema.Field field : schema.message(message).fields().values()) {
                String path = message.substring(message.lastIndexOf('.') + 1) + "." + field.name();
                Optional<LedgerRow> row = ledger.row(path, "");
                if (field.type() != Schema.Type.MESSAGE) {
                    row.ifPresent(r -> rows.add(r.of(path, type(schema, field), field.byDefault())));
                }
            }
        }
        ledger.rows().stream()
                .filter(row -> !row.type().isEmpty() && row.decides() != Decides.SECTION)
                .forEach(rows::add);
        return Ledger.of(ledger.library(), ledger.title(), rows);
    }

    private static String type(Schema schema, Schema.Field field) {
        return switch (field.type()) {
            case FLOAT, DOUBLE -> "number";
            case INT32, INT64, UINT32 -> "integer";
            case BOOL -> "bool";
            case STRING, BYTES -> "text";
            case ENUM -> String.join(" ", schema.enumOf(field).constants().keySet());
            case MESSAGE -> "mapping";
        };
    }
}
