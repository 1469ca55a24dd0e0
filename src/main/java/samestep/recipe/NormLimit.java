package samestep.recipe;

import java.util.Map;
import java.util.function.UnaryOperator;
import samestep.equation.Equations;
import samestep.equation.parse.EquationParser;

/**
 * After the update, each column of the weight that is longer than a limit is made as long as the limit. Source:
 * keras/src/constraints/constraints.py, MaxNorm.
 *
 * @param limit the largest length
 */
public record NormLimit(Quantity limit) implements Stage {
    private static final Equations EQUATIONS = EquationParser.parseOwn(
            "norm-limit",
            "optimizer norm-limit\nhyper limit\n"
                    + "w = w * clip(norm(w, columns), 0, limit) / (0.0000001 + norm(w, columns))");

    @Override
    public Equations equations() {
        return EQUATIONS;
    }

    @Override
    public Map<String, Quantity> values() {
        return Map.of("limit", limit);
    }

    @Override
    public Stage mapped(UnaryOperator<Quantity> change) {
        return new NormLimit(change.apply(limit));
    }
}
