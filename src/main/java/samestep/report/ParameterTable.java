package samestep.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.compare.proof.Partners;
import samestep.recipe.DeclaredPenalty;
import samestep.recipe.IndependentDecay;
import samestep.recipe.Numbers;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;
import samestep.report.terminal.Table;

/** Lists every parameter with its rate and its decay. */
final class ParameterTable {
    private static final int DIGITS = 6;
    private static final int WIDEST = 48;
    private static final int FEW = 4;
    /** More rows than this are put together. */
    private static final int MOST = 80;

    private ParameterTable() {}

    /** The layers of some parameters; empty when they are not known. */
    static String names(List<Parameter> parameters) {
        List<String> layers =
                parameters.stream().map(p -> p.name().layer()).distinct().toList();
        if (layers.equals(List.of(ParameterName.ANY_LAYER))) {
            return "";
        }
        return layers.size() <= FEW
                ? String.join(", ", layers)
                : String.join(", ", layers.subList(0, 2)) + " ... " + layers.get(layers.size() - 1);
    }

    /**
     * The parameters of one file; of more than a screen holds, those with the same numbers in one row.
     *
     * @param all each in a row of its own, however many there are
     * @param width of a line; 0 where lines are not broken
     */
    static List<String> of(Recipe recipe, boolean all, int width) {
        List<ParameterName> names = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        List<List<String>> numbers = new ArrayList<>();
        for (Parameter parameter : recipe.parameters()) {
            List<String> own = List.of(rate(parameter, recipe), decay(parameter));
            names.add(parameter.name());
            numbers.add(own);
            rows.add(List.of(
                    parameter.name().toString(),
                    own.get(0),
                    own.get(1),
                    parameter.place().map(Object::toString).orElse("")));
        }
        return table(List.of("", "first rate", "decay", "said at"), 0, names, numbers, rows, all, width);
    }

    /** The rows with their heading; those with the same role and the same numbers together, where there are too many. */
    private static List<String> table(
            List<String> heading,
            int nameColumn,
            List<ParameterName> names,
            List<List<String>> numbers,
            List<List<String>> rows,
            boolean all,
            int width) {
        List<List<String>> table = new ArrayList<>(List.of(heading));
        boolean together = !all && rows.size() > MOST;
        if (together) {
            table.addAll(RowGroups.of(nameColumn, names, numbers, rows));
        } else {
            table.addAll(rows);
        }
        List<String> lines = new ArrayList<>(Table.of(table, WIDEST, width));
        if (together) {
            lines.add("Those with the same numbers are in one row; --all lists each of the " + rows.size() + ".");
        }
        return lines;
    }

    /** The parameters of two files; what differs has a mark. */
    static List<String> of(Recipe first, Recipe second, boolean all, int width) {
        Partners partners = Partners.byName();
        List<List<String>> rows = new ArrayList<>();
        List<ParameterName> names = new ArrayList<>();
        List<Parameter> found = new ArrayList<>();
        for (Parameter parameter : first.parameters()) {
            Optional<Parameter> partner = partners.of(parameter, second);
            partner.ifPresent(found::add);
            names.add(parameter.name());
            rows.add(row(parameter.name(), side(Optional.of(parameter), first), side(partner, second)));
        }
        for (Parameter parameter : second.parameters()) {
            if (!found.contains(parameter)) {
                names.add(parameter.name());
                rows.add(row(parameter.name(), side(Optional.empty(), first), side(Optional.of(parameter), second)));
            }
        }
        List<List<String>> numbers =
                rows.stream().map(row -> row.subList(2, row.size())).toList();
        List<String> heading = List.of("", "", "first: rate", "decay", "second: rate", "decay");
        return table(heading, 1, names, numbers, rows, all, width);
    }

    private static List<String> row(ParameterName name, List<String> here, List<String> there) {
        String mark = here.equals(there) ? "" : "!";
        return List.of(mark, name.toString(), here.get(0), here.get(1), there.get(0), there.get(1));
    }

    private static List<String> side(Optional<Parameter> parameter, Recipe recipe) {
        return parameter.isEmpty() ? List.of("-", "-") : List.of(rate(parameter.get(), recipe), decay(parameter.get()));
    }

    private static String rate(Parameter parameter, Recipe recipe) {
        if (parameter.name().role() == Role.STATISTICS) {
            return "kept, not trained";
        }
        if (parameter.frozen()) {
            return "frozen";
        }
        if (!recipe.schedule().isFirstKnown()) {
            return ExplanationText.NOT_KNOWN;
        }
        try {
            BigDecimal rate = recipe.schedule()
                    .rateAtStart()
                    .multiply(parameter.rateMultiplier().decimal());
            String number = Numbers.rounded(rate.doubleValue(), DIGITS);
            return parameter.rateMultiplier().isOne()
                    ? number
                    : number + " (x"
                            + Numbers.rounded(parameter.rateMultiplier().doubleValue(), DIGITS) + ")";
        } catch (ArithmeticException e) {
            return "none";
        }
    }

    /** The decays in the gradient's unit, whatever the framework's own is. */
    private static String decay(Parameter parameter) {
        List<String> decays = new ArrayList<>();
        if (parameter.frozen() || parameter.name().role() == Role.STATISTICS) {
            return "none";
        }
        for (Stage stage : parameter.stages()) {
            if (stage instanceof Stage.Penalty penalty) {
                String unit = penalty.norm() == Stage.Penalty.Norm.L1 ? " * sign(w)" : " * w";
                decays.add("g + " + number(penalty.coefficient()) + unit);
            } else if (stage instanceof Stage.DecoupledDecay decay) {
                decays.add("w - eta * " + number(decay.coefficient()) + " * w");
            } else if (stage instanceof IndependentDecay decay) {
                decays.add("w - " + number(decay.share()) + " * w");
            } else if (stage instanceof DeclaredPenalty penalty) {
                decays.add(number(penalty.penalty().coefficient()) + " declared, never added");
            } else if (stage instanceof UnknownStage) {
                decays.add(ExplanationText.NOT_KNOWN);
            }
        }
        return decays.isEmpty()
                ? "none"
                : String.join(", ", decays.stream().distinct().toList());
    }

    private static String number(Quantity quantity) {
        return quantity.isKnown() ? Numbers.rounded(quantity.doubleValue(), DIGITS) : ExplanationText.NOT_KNOWN;
    }
}
