package samestep.dialect.tensorflow;

import java.util.Optional;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Stage;

/** Where RMSProp's mean of squares starts: at 1 in TensorFlow 1 only. */
public final class RmspropStart {
    private RmspropStart() {}

    /** That a source starts elsewhere; empty where it starts at 1 as well. */
    public static Optional<Finding> finding(Stage.Optimizer source) {
        boolean alike = source.equations().traits().getOrDefault("state", "").equals("starts at 1");
        return alike
                ? Optional.empty()
                : Optional.of(Finding.of(
                        Code.SS202,
                        "TensorFlow 1's RMSProp starts its mean of squares at 1, and nothing can tell it to start at"
                                + " 0: its first updates are smaller"));
    }
}
