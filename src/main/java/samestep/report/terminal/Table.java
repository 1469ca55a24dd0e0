package samestep.report.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays out rows of cells so that a screen holds them. */
public final class Table {
    private static final String GAP = "  ";
    private static final String SEPARATOR = "| ";
    /** No column becomes narrower than this while another is wider. */
    private static final int NARROW = 8;

    private Table() {}

    /**
     * Rows as lines.
     *
     * @param widest where lines are not broken, columns are padded to this width at most
     * @param width of a line; 0 where lines are not broken
     */
    public static List<String> of(List<List<String>> rows, int widest, int width) {
        int[] natural = widths(rows, width == 0 ? widest : Integer.MAX_VALUE);
        if (width == 0) {
            return rows.stream().map(row -> line(row, natural)).toList();
        }
        int[] words = words(rows, natural.length);
        int[] fitting = fitted(fitted(natural, words, width), new int[natural.length], width);
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.addAll(broken(row, fitting)));
        return lines;
    }

    /** How wide each column is. */
    private static int[] widths(List<List<String>> rows, int widest) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], Math.min(widest, Wrapping.length(row.get(i))));
            }
        }
        return widths;
    }

    /** The longest word of each column. */
    private static int[] words(List<List<String>> rows, int columns) {
        int[] longest = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                for (String word : row.get(i).split(" ")) {
                    longest[i] = Math.max(longest[i], Wrapping.length(word));
                }
            }
        }
        return longest;
    }

    /** Takes from the widest column that is wider than its least width, until all fit or none is. */
    private static int[] fitted(int[] natural, int[] least, int width) {
        int[] widths = natural.clone();
        int gaps = GAP.length() * (widths.length - 1);
        while (Arrays.stream(widths).sum() + gaps > width) {
            int most = -1;
            for (int i = 0; i < widths.length; i++) {
                boolean canShrink = widths[i] > Math.max(NARROW, least[i]);
                most = canShrink && (most < 0 || widths[i] > widths[most]) ? i : most;
            }
            if (most < 0) {
                break;
            }
            widths[most]--;
        }
        return widths;
    }

    private static List<String> broken(List<String> row, int[] widths) {
        List<List<String>> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            cells.add(Wrapping.cell(row.get(i), Math.max(1, widths[i])));
        }
        int height = cells.stream().mapToInt(List::size).max().orElse(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < height; i++) {
            int at = i;
            lines.add(line(
                    cells.stream()
                            .map(cell -> at < cell.size() ? cell.get(at) : "")
                            .toList(),
                    widths));
        }
        return lines;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(padded(row.get(i), widths[i])).append(i + 1 < row.size() ? GAP : "");
        }
        return line.toString().stripTrailing();
    }

    /**
     * Lines of two texts beside each other; one above the other where a screen is too narrow for both.
     *
     * @param width of a line; 0 where both are always beside each other
     */
    public static List<String> beside(List<String> left, List<String> right, int width) {
        int here = widest(left);
        List<String> lines = new ArrayList<>();
        if (!fitsBeside(left, right, width)) {
            lines.add("first");
            left.forEach(line -> lines.add((GAP + line).stripTrailing()));
            lines.add("second");
            right.forEach(line -> lines.add((GAP + line).stripTrailing()));
            return lines;
        }
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            String first = i < left.size() ? left.get(i) : "";
            String second = i < right.size() ? right.get(i) : "";
            lines.add((padded(first, here) + GAP + SEPARATOR + second).stripTrailing());
        }
        return lines;
    }

    /** Whether two texts have room beside each other; they have where lines are not broken. */
    public static boolean fitsBeside(List<String> left, List<String> right, int width) {
        return width == 0 || widest(left) + GAP.length() + SEPARATOR.length() + widest(right) <= width;
    }

    private static int widest(List<String> lines) {
        return lines.stream().mapToInt(Wrapping::length).max().orElse(0);
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(Math.max(0, width - Wrapping.length(cell)));
    }
}
