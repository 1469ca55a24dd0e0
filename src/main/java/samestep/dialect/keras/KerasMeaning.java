package samestep.dialect.keras;

import java.util.List;
import samestep.recipe.OrthogonalPenalty;
import samestep.recipe.Stage;

/** What a regularizer's stage says, whatever number of digits it is written with. */
final class KerasMeaning {
    private KerasMeaning() {}

    static List<Object> of(Stage stage) {
        if (stage instanceof Stage.Penalty penalty) {
            return List.of(penalty.norm(), penalty.coefficient().decimal().stripTrailingZeros());
        }
        return stage instanceof OrthogonalPenalty penalty
                ? List.of("orthogonal", penalty.factor().decimal().stripTrailingZeros(), penalty.rows())
                : stage.behaviour();
    }
}
