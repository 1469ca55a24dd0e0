package samestep.recipe;

import java.util.Map;
import java.util.function.UnaryOperator;
import samestep.equation.Equations;
import samestep.equation.parse.EquationParser;

/**
 * A penalty on lines of a matrix that are not orthogonal: half the factor times the mean of the absolute inner products of
 * its normalized rows, or columns. Source: keras/src/regularizers/regularizers.py, OrthogonalRegularizer.
 *
 * @param factor what the mean is multiplied by, twice
 * @param rows whether its rows are meant, or its columns
 */
public record OrthogonalPenalty(Quantity factor, boolean rows) implements Stage {
    private static final Equations OF_ROWS = equations("rows", "columns");
    private static final Equations OF_COLUMNS = equations("columns", "rows");

    private static Equations equations(String lines, String across) {
        return EquationParser.parseOwn("orthogonal." + lines, """
            optimizer orthogonal.%1$s
            hyper factor
            n = w / norm(w, %1$s)
            count = sum(1 + 0 * w, %2$s)
            pull = factor / (count * (count - 1) / 2) * signed_others(n, %1$s)
            g = g + (pull - n * sum(pull * n, %1$s)) / norm(w, %1$s)
            """.formatted(lines, across));
    }

    @Override
    public Equations equations() {
        return rows ? OF_ROWS : OF_COLUMNS;
    }

    @Override
    public Map<String, Quantity> values() {
        return Map.of("factor", factor);
    }

    @Override
    public Stage mapped(UnaryOperator<Quantity> change) {
        return new OrthogonalPenalty(change.apply(factor), rows);
    }
}
