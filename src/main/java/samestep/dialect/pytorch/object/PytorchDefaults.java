package samestep.dialect.pytorch.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import samestep.dialect.Resources;

/** The optimizers of PyTorch and of libraries on top of it, as the resource {@code optimizers.txt} has them. */
public final class PytorchDefaults {
    /**
     * A class.
     *
     * @param library the package it is of, {@code torch} for PyTorch's own
     * @param className its name there
     * @param equations the equation file it follows
     * @param values its defaults, by argument; an argument that is a list has one entry for each of its members
     * @param only of some arguments, the only value whose equations are written
     */
    public record Known(
            String library, String className, String equations, Map<String, String> values, Map<String, String> only) {
        /** What messages call whose defaults these are. */
        String owner() {
            return library.equals("torch") ? "PyTorch" : library;
        }
    }

    /** Arguments that decide how fast an update is computed, or name parameters, and change no number of it. */
    public static final Set<String> WITHOUT_EFFECT = Set.of(
            "params",
            "param_names",
            "foreach",
            "fused",
            "capturable",
            "differentiable",
            "initial_lr",
            "max_lr_snapshot",
            "name",
            "group_name",
            "defaults",
            "lookahead_step",
            "opt",
            "exclude_from_weight_decay",
            "filter_bias_and_bn");

    private PytorchDefaults() {}

    /** The class that a path names, {@code torch.optim.adam.Adam}; a bare name is one of PyTorch's own. */
    public static Optional<Known> of(String classPath) {
        int dot = classPath.indexOf('.');
        String library = dot < 0 ? "torch" : classPath.substring(0, dot);
        String className = classPath.substring(classPath.lastIndexOf('.') + 1);
        return Table.CLASSES.stream()
                .filter(known ->
                        known.library().equals(library) && known.className().equals(className))
                .findFirst();
    }

    /** Whether any library has an optimizer class of that name. */
    public static boolean isOptimizer(String classPath) {
        String className = classPath.substring(classPath.lastIndexOf('.') + 1);
        return Table.CLASSES.stream().anyMatch(known -> known.className().equals(className));
    }

    /** The names of all classes, for messages. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>();
        Table.CLASSES.forEach(known -> names.add(known.className()));
        return names;
    }

    /** Read at the first use. */
    private static final class Table {
        private static final List<Known> CLASSES =
                Resources.lines("pytorch/optimizers.txt").map(Table::known).toList();

        private static Known known(String line) {
            String[] cells = line.split(" \\| ");
            Map<String, String> values = new LinkedHashMap<>();
            Map<String, String> only = new LinkedHashMap<>();
            for (String argument : cells[3].split(", ")) {
                String[] words = argument.split(" ");
                int mark = words[1].indexOf('!');
                String last = words[1].substring(mark + 1);
                values.put(words[0], mark > 0 ? words[1].substring(0, mark) : last);
                if (mark >= 0) {
                    only.put(words[0], last);
                }
            }
            return new Known(cells[0], cells[1], cells[2], Map.copyOf(values), Map.copyOf(only));
        }
    }
}
