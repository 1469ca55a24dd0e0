package samestep.dialect.pytorch.timm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.Resources;

/** The optimizers that timm has by name, as the resource {@code timm.txt} has them. */
public final class TimmOptimizers {
    /**
     * One of them.
     *
     * @param opt timm's name
     * @param classPath the class that it makes
     * @param takes which of momentum, betas and eps it gets
     * @param sets arguments that timm sets itself
     */
    public record Known(String opt, String classPath, List<String> takes, Map<String, String> sets) {}

    private TimmOptimizers() {}

    /** The optimizer of a name. */
    public static Optional<Known> of(String opt) {
        return Table.ALL.stream().filter(known -> known.opt().equals(opt)).findFirst();
    }

    /** The names. */
    static List<String> names() {
        return Table.ALL.stream().map(Known::opt).toList();
    }

    /** Read at the first use. */
    private static final class Table {
        static final List<Known> ALL =
                Resources.lines("pytorch/timm.txt").map(Table::known).toList();

        private static Known known(String line) {
            String[] cells = line.split(" \\|", -1);
            Map<String, String> sets = new LinkedHashMap<>();
            for (String argument : cells[3].strip().split(", ")) {
                String[] words = argument.split(" ");
                if (words.length == 2) {
                    sets.put(words[0], words[1]);
                }
            }
            return new Known(
                    cells[0].strip(), cells[1].strip(), List.of(cells[2].strip().split(" ")), Map.copyOf(sets));
        }
    }
}
