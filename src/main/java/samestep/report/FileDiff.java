package samestep.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.Arrays;
import java.util.List;
import samestep.text.Visible;

/** What changes in a file, as a unified diff. */
public final class FileDiff {
    private static final int CONTEXT = 3;

    private FileDiff() {}

    /** The diff with its line end; empty where nothing changes. */
    public static String of(String file, String before, String after) {
        List<String> old = lines(before);
        String name = Visible.of(file);
        List<String> diff =
                UnifiedDiffUtils.generateUnifiedDiff(name, name, old, DiffUtils.diff(old, lines(after)), CONTEXT);
        return diff.isEmpty() ? "" : String.join("\n", diff) + "\n";
    }

    private static List<String> lines(String text) {
        return Arrays.asList(text.split("\n", -1));
    }
}
