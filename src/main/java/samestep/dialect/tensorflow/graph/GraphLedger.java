package samestep.dialect.tensorflow.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import samestep.dialect.Resources;
import samestep.recipe.ledger.Decides;
import samestep.recipe.ledger.Ledger;
import samestep.recipe.ledger.LedgerRow;

/**
 * What the operations of a graph and their attributes decide: the resource {@code ledger-graph.txt}, and for operations
 * that it does not name the tables of updates and of operations.
 */
public final class GraphLedger {
    /** The ledger's name. */
    public static final String NAME = "graph";

    private GraphLedger() {}

    private static final class Holder {
        static final Ledger LEDGER = Ledger.parse(NAME, Resources.text("tensorflow/ledger-graph.txt"));
    }

    /** What an operation decides; an operation that is not TensorFlow's is not known. */
    public static Optional<Decides> of(String operation) {
        Optional<Decides> named = Holder.LEDGER.named(operation).map(LedgerRow::decides);
        return named.or(() -> byTable(operation));
    }

    private static Optional<Decides> byTable(String operation) {
        if (UpdateOps.isUpdate(operation)) {
            return Optional.of(UpdateOps.of(operation).isPresent() ? Decides.UPDATE : Decides.NOT_READ);
        }
        return Operations.isKnown(operation) ? Optional.of(Decides.OUTSIDE) : Optional.empty();
    }

    /** What an attribute of an operation decides; one that is in no row is outside of what is judged. */
    public static Decides of(String operation, String attribute) {
        return Holder.LEDGER
                .row(operation + "." + attribute, "")
                .map(LedgerRow::decides)
                .orElseGet(() -> ofUpdate(operation, attribute));
    }

    private static Decides ofUpdate(String operation, String attribute) {
        boolean read = attribute.equals("use_nesterov") || attribute.equals("multiply_linear_by_lr");
        return UpdateOps.isUpdate(operation) && (read || UpdateOps.of(operation).isEmpty())
                ? of(operation).orElseThrow()
                : Decides.OUTSIDE;
    }

    /** What a field of the file decides, where the field is not an operation. */
    static Optional<LedgerRow> field(String path) {
        return Holder.LEDGER.row(path, "");
    }

    /** With a row for every operation, and one for those of its attributes that decide something else. */
    public static Ledger whole() {
        List<LedgerRow> rows = new ArrayList<>();
        Operations.all().forEach((operation, attributes) -> {
            Optional<LedgerRow> own = Holder.LEDGER.named(operation);
            Map<Decides, List<String>> sorted = new LinkedHashMap<>();
            Decides decides = of(operation).orElseThrow();
            if (own.isEmpty()) {
                sorted.computeIfAbsent(decides, d -> new ArrayList<>()).add("");
            }
            attributes.keySet().stream()
                    .filter(a -> own.isEmpty())
                    .filter(a -> Holder.LEDGER.row(operation + "." + a, "").isEmpty())
                    .forEach(a -> sorted.computeIfAbsent(of(operation, a), d -> new ArrayList<>())
                            .add(a));
            sorted.forEach((d, names) -> rows.add(row(operation, attributes, d, names)));
        });
        return Holder.LEDGER.and(rows);
    }

    /** A row of an operation, whose name is empty among the names, and of attributes. */
    private static LedgerRow row(
            String operation, Map<String, Operations.Attribute> attributes, Decides decides, List<String> names) {
        List<String> fields = names.stream()
                .map(name -> name.isEmpty() ? operation : operation + "." + name)
                .toList();
        Map<String, Operations.Attribute> own = new LinkedHashMap<>(attributes);
        own.keySet().retainAll(names);
        String types = own.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue().type())
                .collect(Collectors.joining(", "));
        String fallbacks = own.entrySet().stream()
                .filter(e -> !e.getValue().fallback().isEmpty())
                .map(e -> e.getKey() + " " + e.getValue().fallback())
                .collect(Collectors.joining(", "));
        String reason = switch (decides) {
            case OUTSIDE -> "the net or the data";
            case NOT_READ -> "the equations of this optimizer are not known";
            default -> "";
        };
        return new LedgerRow(
                fields, types.isEmpty() ? "operation" : types, fallbacks, decides, Optional.empty(), reason);
    }
}
