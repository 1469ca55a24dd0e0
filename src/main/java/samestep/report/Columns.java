package samestep.report;

import java.util.ArrayList;
import java.util.List;

/** Lays out plain text in columns. */
final class Columns {
    private static final String GAP = "  ";

    private Columns() {}

    /** Rows as lines: every column as wide as its widest cell, up to a limit; the last is not padded. */
    static List<String> table(List<List<String>> rows, int widest) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = Math.min(widest, row.get(i).length());
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String gap = i + 1 < row.size() ? GAP : "";
            line.append(padded(row.get(i), widths.get(i))).append(gap);
        }
        return line.toString().stripTrailing();
    }

    /** Lines of two texts beside each other. */
    static List<String> beside(List<String> left, List<String> right) {
        int width = left.stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            String here = i < left.size() ? left.get(i) : "";
            String there = i < right.size() ? right.get(i) : "";
            lines.add((padded(here, width) + GAP + "| " + there).stripTrailing());
        }
        return lines;
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(Math.max(0, width - cell.length()));
    }
}
