package samestep.dialect;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;

/** Losses of different weights: how much of each reaches a parameter, only the model decides. */
public final class LossMix {
    private static final String START = "losses of weights ";

    private LossMix() {}

    /** The words of what is not known of it; equal for equal weights in the same order. */
    public static String words(List<Quantity> weights) {
        return START
                + weights.stream()
                        .map(w -> w.decimal().stripTrailingZeros().toPlainString())
                        .collect(Collectors.joining(", "));
    }

    /** The weights that a stage's words give; empty where it is not a mix of plain means. */
    public static List<Quantity> weights(Stage stage) {
        if (!(stage instanceof UnknownStage mix)
                || !mix.what().startsWith(START)
                || mix.what().endsWith(")")) {
            return List.of();
        }
        return Arrays.stream(mix.what().substring(START.length()).split(", "))
                .map(number -> Quantity.byDefault(number, "the losses' weights"))
                .toList();
    }
}
