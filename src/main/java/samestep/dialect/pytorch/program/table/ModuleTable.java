package samestep.dialect.pytorch.program.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.Resources;
import samestep.dialect.pytorch.object.ParameterNames;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.Role;

/** The parameters of PyTorch's own layers, as the resources {@code modules.txt} and {@code plain.txt} have them. */
public final class ModuleTable {
    private static final String PACKAGE = "torch.nn.";
    private static final Set<String> CONTAINERS = Set.of("Sequential", "ModuleList", "ModuleDict");
    private static final Set<String> RECURRENT = Set.of("RNN", "LSTM", "GRU");

    /** A parameter of a layer: its name in the layer, its role, its dimensions. */
    public record Own(String name, Role role, int dimensions) {}

    private record Row(Own own, String option, int position, boolean byDefault) {}

    private ModuleTable() {}

    /** Whether it is a class directly in {@code torch.nn}. */
    public static boolean isModule(RecordedCall call) {
        return className(call).isPresent();
    }

    private static Optional<String> className(RecordedCall call) {
        String name = call.name();
        String last = name.substring(name.lastIndexOf('.') + 1);
        boolean isClass = !last.isEmpty() && Character.isUpperCase(last.charAt(0));
        boolean isDirect = name.equals(PACKAGE + last) || name.equals(PACKAGE + "modules." + last);
        return isClass && isDirect && !last.equals("Parameter") ? Optional.of(last) : Optional.empty();
    }

    /**
     * A layer's class and those that it inherits from, without packages; empty of what is not a layer of PyTorch, or not in these
     * tables.
     */
    public static Optional<Set<String>> kinds(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        boolean isDirect = name.equals(PACKAGE + last) || name.startsWith(PACKAGE + "modules.");
        boolean isKnown = last.equals("Module")
                || CONTAINERS.contains(last)
                || RECURRENT.contains(last)
                || Table.PLAIN.contains(last)
                || Table.ROWS.containsKey(last);
        if (!isDirect || !isKnown) {
            return Optional.empty();
        }
        Set<String> kinds = new HashSet<>(Table.BASES.getOrDefault(last, Set.of()));
        kinds.add(last);
        kinds.add("Module");
        return Optional.of(kinds);
    }

    /** The parameters that a call of a layer's class makes; empty where they are not known. */
    public static Optional<List<Own>> parameters(RecordedCall call) {
        String name = className(call).orElse("");
        if (Table.PLAIN.contains(name)) {
            return Optional.of(List.of());
        }
        List<Row> rows = Table.ROWS.get(name);
        if (rows == null) {
            return recurrent(name, call);
        }
        List<Own> own = new ArrayList<>();
        for (Row row : rows) {
            Optional<Boolean> isOn = row.option.isEmpty() ? Optional.of(true) : flag(call, row);
            if (isOn.isEmpty()) {
                return Optional.empty();
            }
            if (isOn.get()) {
                own.add(name.equals("LayerNorm") ? sized(row.own, call) : row.own);
            }
        }
        return Optional.of(own);
    }

    /** A layer normalisation over several dimensions has parameters of as many. */
    private static Own sized(Own own, RecordedCall call) {
        return call.argument("normalized_shape", 0)
                .map(RecordedCall.Argument::value)
                .filter(Sequence.class::isInstance)
                .map(shape -> new Own(
                        own.name, own.role, ((Sequence) shape).elements().size()))
                .orElse(own);
    }

    private static Optional<Boolean> flag(RecordedCall call, Row row) {
        Optional<RecordedCall.Argument> given = call.argument(row.option, row.position);
        if (given.isEmpty()) {
            return call.isOpen() ? Optional.empty() : Optional.of(row.byDefault);
        }
        Value value = given.get().value();
        if (value instanceof Value.Bool bool) {
            return Optional.of(bool.value());
        }
        return value instanceof Value.Number number ? Optional.of(number.value() != 0) : Optional.empty();
    }

    /** Source: torch/nn/modules/rnn.py: two matrices and two vectors for each layer and direction. */
    private static Optional<List<Own>> recurrent(String name, RecordedCall call) {
        if (!RECURRENT.contains(name)) {
            return Optional.empty();
        }
        Optional<Integer> layers = call.argument("num_layers", 2)
                .map(a -> a.value() instanceof Value.Number n ? n.small() : Optional.<Integer>empty())
                .orElse(Optional.of(1));
        Optional<Boolean> bias = flag(call, new Row(new Own("", Role.BIAS, 1), "bias", 3, true));
        Optional<Boolean> both = flag(call, new Row(new Own("", Role.BIAS, 1), "bidirectional", 6, false));
        boolean isKnown = layers.isPresent() && bias.isPresent() && both.isPresent();
        if (!isKnown
                || layers.get() < 1
                || layers.get() > 100
                || call.keyword("proj_size").isPresent()) {
            return Optional.empty();
        }
        List<Own> own = new ArrayList<>();
        for (int layer = 0; layer < layers.get(); layer++) {
            for (String direction : both.get() ? List.of("", "_reverse") : List.of("")) {
                own.add(new Own("weight_ih_l" + layer + direction, Role.KERNEL, 2));
                own.add(new Own("weight_hh_l" + layer + direction, Role.RECURRENT_KERNEL, 2));
                if (bias.get()) {
                    own.add(new Own("bias_ih_l" + layer + direction, Role.BIAS, 1));
                    own.add(new Own("bias_hh_l" + layer + direction, Role.BIAS, 1));
                }
            }
        }
        return Optional.of(own);
    }

    /** Read at the first use. */
    private static final class Table {
        private static final Set<String> PLAIN = new HashSet<>();
        private static final Map<String, List<Row>> ROWS = new HashMap<>();
        private static final Map<String, Set<String>> BASES = new HashMap<>();

        static {
            Resources.lines("pytorch/program/plain.txt").forEach(line -> PLAIN.addAll(Arrays.asList(line.split(" "))));
            Resources.lines("pytorch/program/bases.txt").forEach(line -> {
                String[] cells = line.split(" \\| ");
                BASES.put(cells[0], Set.of(cells[1].split(" ")));
            });
            Resources.lines("pytorch/program/modules.txt").forEach(line -> {
                String[] cells = line.split(" \\| ");
                ROWS.put(
                        cells[0],
                        Arrays.stream(cells[1].split(", ")).map(Table::row).toList());
            });
        }

        private static Row row(String text) {
            String[] words = text.split(" ");
            Role role = ParameterNames.role(words[1]).orElseThrow();
            Own own = new Own(words[0], role, Integer.parseInt(words[2]));
            if (words.length == 3) {
                return new Row(own, "", -1, true);
            }
            String[] option = words[3].substring(1).split(":");
            return new Row(own, option[0], Integer.parseInt(option[1]), option[2].equals("True"));
        }
    }
}
