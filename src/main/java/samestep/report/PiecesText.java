package samestep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.compare.proof.PiecewiseConstant;
import samestep.recipe.Numbers;
import samestep.recipe.Schedule;
import samestep.report.terminal.Table;
import samestep.text.Visible;

/** Writes a learning rate in constant pieces. */
public final class PiecesText {
    private static final int DIGITS = 8;
    private static final int WIDEST = 30;

    private PiecesText() {}

    /** The pieces, or why there are none. */
    public static String print(String name, Schedule schedule, int pieces) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(Visible.of("The learning rate of " + name + " in constant pieces"));
        if (schedule.horizon().isEmpty() || schedule.horizon().getAsLong() > PiecewiseConstant.MOST_UPDATES) {
            lines.add("    how long the run is must be known, and be at most " + PiecewiseConstant.MOST_UPDATES
                    + " updates");
            return String.join("\n", lines) + "\n";
        }
        Optional<PiecewiseConstant> found =
                PiecewiseConstant.of(schedule, (int) schedule.horizon().getAsLong(), pieces);
        if (found.isEmpty()) {
            lines.add("    " + pieces + " do not come near it: it has other signs, no value, or zeros between");
            return String.join("\n", lines) + "\n";
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("from update", "rate"));
        for (int i = 0; i < found.get().starts().size(); i++) {
            rows.add(List.of(
                    Integer.toString(found.get().starts().get(i)),
                    Numbers.rounded(found.get().values().get(i), DIGITS)));
        }
        Table.of(rows, WIDEST, 0).forEach(row -> lines.add("    " + row));
        lines.add("    no update's rate differs by more than "
                + Numbers.rounded(100 * found.get().largest(), 3) + " %; "
                + found.get().starts().size() + " other pieces are never nearer");
        return String.join("\n", lines) + "\n";
    }
}
