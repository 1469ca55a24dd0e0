package samestep.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.report.terminal.Table;

/**
 * For each pair of frameworks, how many optimizers of the first have an exact counterpart in the second. The counts are those
 * of docs/pairs.md, which a proof makes.
 */
public final class PairMatrix {
    private static final String COUNTS = "pairs.txt";

    private PairMatrix() {}

    /**
     * The lines of the table and of what it means.
     *
     * @param width of a line
     */
    public static List<String> lines(int width) {
        Map<String, String> cells = cells();
        List<String> names = Dialects.all().stream().map(Dialect::name).toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("from \\ to"));
        head.addAll(names);
        rows.add(head);
        for (String from : names) {
            List<String> row = new ArrayList<>(List.of(from));
            names.forEach(to -> row.add(cells.getOrDefault(from + " " + to, "-")));
            rows.add(row);
        }
        List<String> lines = new ArrayList<>(Table.of(rows, width, width));
        lines.add("");
        lines.add("5+1/9: of 9 optimizers 5 have an exact counterpart, and 1 has one while");
        lines.add("the learning rate is constant. What is within a bound does not count.");
        lines.add("docs/pairs.md names each pair, docs/one-name.md what to write.");
        return lines;
    }

    /** By {@code from to}. */
    private static Map<String, String> cells() {
        Map<String, String> cells = new LinkedHashMap<>();
        for (String line : Packaged.text(COUNTS).lines().toList()) {
            String[] words = line.split(" ");
            String constant = words[3].equals("0") ? "" : "+" + words[3];
            cells.put(words[0] + " " + words[1], words[2] + constant + "/" + words[4]);
        }
        return cells;
    }
}
