package samestep.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.Instantiation;
import samestep.equation.print.EquationPrinter;
import samestep.equation.print.ExpressionPrinter;
import samestep.equation.run.Exact;
import samestep.explain.Explanation.Line;
import samestep.recipe.DeclaredPenalty;
import samestep.recipe.IndependentDecay;
import samestep.recipe.NormLimit;
import samestep.recipe.OrthogonalPenalty;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;
import samestep.recipe.UnknownStage;

/** Writes the stages of an update as equations with their numbers put in. */
final class UpdateLines {
    private static final MathContext DIGITS = new MathContext(12);

    private UpdateLines() {}

    /** The lines of all stages, in order. */
    static List<Line> of(List<Stage> stages) {
        List<Line> lines = new ArrayList<>();
        for (Stage stage : stages) {
            String name = name(stage);
            for (String equation : equations(stage)) {
                lines.add(new Line(equation, name));
                name = "";
            }
        }
        return lines;
    }

    /** The states of all stages before the first update. */
    static List<String> starts(List<Stage> stages) {
        List<String> starts = new ArrayList<>();
        for (Stage stage : stages) {
            String body = String.join("\n", equations(stage));
            for (Equations.State state : stage.equations().states()) {
                boolean used = body.matches("(?s).*\\b" + state.name() + "\\b.*");
                if (used) {
                    Expression initial = Instantiation.of(state.initial(), values(stage));
                    starts.add(state.name() + " = " + ExpressionPrinter.print(initial));
                }
            }
        }
        return starts;
    }

    private static List<String> equations(Stage stage) {
        if (stage instanceof Stage.Accumulation accumulation) {
            String how = accumulation.mean() ? "mean" : "sum";
            return List.of("g = " + how + " of g over " + accumulation.microSteps() + " batches");
        }
        if (stage instanceof UnknownStage unknown) {
            return List.of("? " + unknown.what());
        }
        if (stage instanceof DeclaredPenalty penalty) {
            return List.of("left in " + penalty.where() + ": "
                    + penalty.penalty().coefficient().written() + " * w is not in the gradient");
        }
        Equations equations = stage.equations();
        List<String> lines = new ArrayList<>();
        for (var statements : List.of(equations.step(), equations.parameter(), equations.body())) {
            EquationPrinter.statements(Instantiation.of(statements, values(stage)), "")
                    .lines()
                    .forEach(lines::add);
        }
        return lines;
    }

    private static Map<String, Expression> values(Stage stage) {
        Map<String, Expression> values = new HashMap<>();
        for (Map.Entry<String, Quantity> value : stage.values().entrySet()) {
            Expression ideal = value.getValue().withoutRounding().value();
            BigDecimal number =
                    Exact.decimal(ideal).orElseGet(() -> Exact.value(ideal).round(DIGITS));
            values.put(value.getKey(), Expression.literal(number));
        }
        return values;
    }

    private static String name(Stage stage) {
        if (stage instanceof Stage.Penalty penalty) {
            return penalty.norm() + " penalty";
        }
        if (stage instanceof Stage.Clip clip) {
            return "clip by " + clip.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
        if (stage instanceof Stage.DecoupledDecay) {
            return "decoupled decay";
        }
        if (stage instanceof IndependentDecay) {
            return "decay beside the learning rate";
        }
        if (stage instanceof UnknownStage) {
            return "not known here";
        }
        if (stage instanceof NormLimit) {
            return "limit of the norm";
        }
        if (stage instanceof OrthogonalPenalty) {
            return "orthogonal penalty";
        }
        if (stage instanceof DeclaredPenalty penalty) {
            return penalty.penalty().norm() + " penalty, declared and never added";
        }
        if (stage instanceof Stage.LossScale) {
            return "the loss's own factor";
        }
        if (stage instanceof Stage.Scale scale) {
            return scale.factor().origin() instanceof samestep.recipe.Origin.Derived derived ? derived.how() : "scale";
        }
        return stage instanceof Stage.Optimizer optimizer
                ? optimizer.equations().name()
                : "accumulation";
    }
}
