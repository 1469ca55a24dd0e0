package samestep.dialect.schema;

import java.util.List;
import java.util.Optional;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.ledger.LedgerRow;
import samestep.recipe.setting.Unjudged;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.text.SourceText;

/**
 * The fields of messages in a text format that change the training and are not judged: those that a ledger calls outside,
 * and those that it does not know. Rows of the ledger are called {@code Message.field}.
 */
public final class MessageFields {
    private final SourceText source;
    private final Ledger ledger;
    private final Schema schema;
    private final List<Unjudged.Field> found;

    /**
     * A walk.
     *
     * @param schema has the types and defaults of rows that give none
     * @param found where the fields go
     */
    public MessageFields(SourceText source, Ledger ledger, Schema schema, List<Unjudged.Field> found) {
        this.source = source;
        this.ledger = ledger;
        this.schema = schema;
        this.found = found;
    }

    /** Adds the fields of a message of a type, and of all within. */
    public void message(PrototxtMessage message, String type, String path) {
        message.fields().forEach(field -> field(field, type, path));
    }

    /** Adds a field of a message of a type, and all within it. */
    public void field(PrototxtField field, String type, String path) {
        String where = path.isEmpty() ? field.name() : path + "." + field.name();
        String name = type + "." + field.name();
        if (field.value() instanceof PrototxtMessage inner) {
            within(inner, inner(type, field.name(), ledger.named(name)), ledger.named(name), where);
            return;
        }
        Optional<LedgerRow> row = ledger.row(name, "");
        if (row.map(LedgerRow::decides).orElse(Decides.OUTSIDE) == Decides.OUTSIDE) {
            add(where, (PrototxtScalar) field.value(), fallback(type, field.name(), row));
        }
    }

    /** A message has a row of its own where all within it decide the same; else its fields have rows. */
    private void within(PrototxtMessage inner, Optional<String> type, Optional<LedgerRow> row, String path) {
        Optional<Decides> decides = row.map(LedgerRow::decides).filter(d -> d != Decides.SECTION);
        if (decides.isEmpty() && type.isPresent()) {
            message(inner, type.get(), path);
        } else if (decides.orElse(Decides.OUTSIDE) == Decides.OUTSIDE) {
            everything(inner, path);
        }
    }

    /** Adds one value. */
    private void add(String path, PrototxtScalar value, String fallback) {
        found.add(new Unjudged.Field(path, said(value), fallback));
    }

    private void everything(PrototxtMessage message, String path) {
        for (PrototxtField field : message.fields()) {
            String where = path + "." + field.name();
            if (field.value() instanceof PrototxtMessage inner) {
                everything(inner, where);
            } else {
                add(where, (PrototxtScalar) field.value(), "");
            }
        }
    }

    /** What is written; a flag by its name, however it is spelled. */
    private String said(PrototxtScalar value) {
        return value.kind() == PrototxtScalar.Kind.STRING
                ? value.value()
                : source.slice(value.span()).strip();
    }

    private Optional<String> inner(String type, String name, Optional<LedgerRow> row) {
        return row.filter(r -> r.decides() == Decides.SECTION && !r.type().isEmpty())
                .map(LedgerRow::type)
                .or(() -> known(type, name)
                        .filter(field -> field.type() == Schema.Type.MESSAGE)
                        .map(field -> schema.messageOf(field).name()));
    }

    private String fallback(String type, String name, Optional<LedgerRow> row) {
        return row.map(LedgerRow::fallback)
                .filter(text -> !text.isEmpty())
                .or(() -> known(type, name).map(Schema.Field::byDefault))
                .orElse("");
    }

    private Optional<Schema.Field> known(String type, String name) {
        return schema.has(type) ? schema.message(type).field(name) : Optional.empty();
    }
}
