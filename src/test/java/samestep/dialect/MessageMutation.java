package samestep.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import samestep.dialect.MutationJudge.Variant;
import samestep.recipe.ledger.ChangedField;
import samestep.recipe.ledger.LedgerRow;
import samestep.syntax.prototxt.Prototxt;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;
import samestep.text.SourceText;

/** A file in a text format of messages, with one field changed at a time wherever a message of its type is. */
public final class MessageMutation {
    private final SourceText source;
    private final PrototxtMessage root;
    private final String rootType;
    private final BinaryOperator<String> inner;
    private final Function<SourceText, Input> input;

    /**
     * A file.
     *
     * @param rootType the message that it is
     * @param inner the type of a message that a field of a type holds; empty where it holds none
     * @param input what a reader is given
     */
    public MessageMutation(
            SourceText source, String rootType, BinaryOperator<String> inner, Function<SourceText, Input> input) {
        this.source = source;
        this.root = Prototxt.parse(source).value().orElseThrow().root();
        this.rootType = rootType;
        this.inner = inner;
        this.input = input;
    }

    /** The changes of a field. */
    public List<Variant> of(LedgerRow row) {
        String path = row.fields().get(0);
        int dot = path.lastIndexOf('.');
        List<Variant> variants = new ArrayList<>();
        // What forks have more is in the message of the same name.
        String type = path.substring(0, dot).replace("ForkSolver", "Solver");
        for (PrototxtMessage message : instances(root, rootType, type, new ArrayList<>())) {
            changes(row, path.substring(dot + 1), message, variants);
        }
        return variants;
    }

    private List<PrototxtMessage> instances(
            PrototxtMessage message, String type, String wanted, List<PrototxtMessage> found) {
        if (type.equals(wanted)) {
            found.add(message);
        }
        for (PrototxtField field : message.fields()) {
            String held = inner.apply(type, field.name());
            if (field.value() instanceof PrototxtMessage within && !held.isEmpty()) {
                instances(within, held, wanted, found);
            }
        }
        return found;
    }

    private void changes(LedgerRow row, String name, PrototxtMessage message, List<Variant> variants) {
        Optional<PrototxtScalar> written = message.last(name)
                .map(PrototxtField::value)
                .filter(PrototxtScalar.class::isInstance)
                .map(PrototxtScalar.class::cast);
        if (written.isPresent()) {
            PrototxtScalar scalar = written.get();
            String other = quoted(row, ChangedField.of(row, scalar.value()));
            add(name, message, source, replaced(scalar, other), variants);
            return;
        }
        String one = ChangedField.of(row, row.fallback());
        SourceText first = inserted(message, name, quoted(row, one));
        add(name, message, source, first, variants);
        if (row.fallback().isEmpty()) {
            SourceText second = inserted(message, name, quoted(row, ChangedField.of(row, one)));
            add(name, message, first, second, variants);
        }
    }

    private void add(
            String name, PrototxtMessage message, SourceText before, SourceText after, List<Variant> variants) {
        long line = source.text().substring(0, message.span().start()).lines().count();
        String where = source.name().substring(source.name().lastIndexOf('/') + 1) + ":" + line;
        Input one = input.apply(before);
        variants.add(new Variant(where, name, one, input.apply(after)));
    }

    private SourceText replaced(PrototxtScalar scalar, String other) {
        String text = source.text();
        return new SourceText(
                source.name(),
                text.substring(0, scalar.span().start())
                        + other
                        + text.substring(scalar.span().end()));
    }

    private SourceText inserted(PrototxtMessage message, String name, String value) {
        String text = source.text();
        int at = message == root ? 0 : text.indexOf('{', message.span().start()) + 1;
        return new SourceText(
                source.name(), text.substring(0, at) + " " + name + ": " + value + " " + text.substring(at));
    }

    private static String quoted(LedgerRow row, String value) {
        return row.type().equals("text") ? '"' + value + '"' : value;
    }
}
