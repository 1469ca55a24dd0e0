package samestep.dialect.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import samestep.equation.Equations;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/** Reports what the source has and the target has no argument for, so that it is not dropped silently. */
public final class LeftOver {
    /** Said by the class, by another argument, or by the model. */
    private static final Set<String> SAID_OTHERWISE =
            Set.of("nesterov", "place", "variables", "matrix", "sma_threshold", "schedule_decay", "undamped");

    private LeftOver() {}

    /**
     * The hyper-parameters of an optimizer that another has no argument for, and that are not 0.
     *
     * @param target what messages call the optimizer, such as {@code Caffe's Adam}
     * @param equations its equations
     */
    public static List<Finding> hypers(String target, Equations equations, Stage.Optimizer source) {
        List<Finding> findings = new ArrayList<>();
        for (Equations.Hyper hyper : source.equations().hypers()) {
            Quantity value = source.values().getOrDefault(hyper.name(), Quantity.byDefault("0", ""));
            boolean said = equations.hyper(hyper.name()).isPresent() || SAID_OTHERWISE.contains(hyper.name());
            if (!said && !value.isZero() && !(hyper.name().equals("dampening") && isUndamped(source))) {
                findings.add(Finding.of(
                                Code.SS204,
                                target + " has no " + hyper.field() + ", which is " + value.written()
                                        + " here; it is as if it were 0")
                        .at(value.place()));
            }
        }
        return findings;
    }

    /** Whether a dampening is written that the source does not look at. */
    private static boolean isUndamped(Stage.Optimizer source) {
        Quantity undamped = source.values().get("undamped");
        return undamped != null && !undamped.isZero();
    }
}
