package samestep.dialect.keras.table;

import java.util.List;
import samestep.recipe.OrthogonalPenalty;
import samestep.recipe.Stage;

/** What a regularizer's stage says, whatever number of digits it is written with. */
public final class KerasMeaning {
    private KerasMeaning() {}

    public static List<Object> of(Stage stage) {
        if (stage instanceof Stage.Penalty penalty) {
            return List.of(penalty.norm(), penalty.coefficient().decimal().stripTrailingZeros());
        }
        return stage instanceof OrthogonalPenalty penalty
                ? List.of("orthogonal", penalty.factor().decimal().stripTrailingZeros(), penalty.rows())
                : stage.behaviour();
    }
}
