package samestep.dialect.tensorflow.write;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import samestep.dialect.ParameterList;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.recipe.Stage.Penalty;

/** Writes the penalties: as regularizers of layers, or after the clip where the source has them there. */
final class ProgramPenalties {
    private final Recipe recipe;
    private final ProgramApi api;
    private final boolean verbatim;
    private final WrittenNumbers numbers;
    private final List<Finding> findings;
    private final Map<ParameterName, Map<String, String>> regularizers = new LinkedHashMap<>();
    private final Map<ParameterName, Map<String, String>> added = new LinkedHashMap<>();
    private final Map<String, List<Parameter>> said = new LinkedHashMap<>();
    private final List<Parameter> unsaid = new ArrayList<>();

    ProgramPenalties(Recipe recipe, ProgramApi api, boolean verbatim, WrittenNumbers numbers, List<Finding> findings) {
        this.recipe = recipe;
        this.api = api;
        this.verbatim = verbatim;
        this.numbers = numbers;
        this.findings = findings;
    }

    Map<ParameterName, Map<String, String>> regularizers() {
        return regularizers;
    }

    Map<ParameterName, Map<String, String>> added() {
        return added;
    }

    void write() {
        for (Parameter parameter : recipe.parameters()) {
            if (parameter.name().role() == Role.STATISTICS) {
                continue;
            }
            List<Penalty> penalties = parameter.frozen() ? List.of() : parameter.stages(Penalty.class);
            regularizers.put(parameter.name(), Map.of());
            if (penalties.isEmpty()) {
                continue;
            }
            if (isBehindClip(parameter, penalties.get(0))) {
                added.put(parameter.name(), coefficients(penalties, false));
            } else if (api.argument(parameter.name().role()).isEmpty()) {
                unsaid.add(parameter);
            } else {
                Map<String, String> coefficients = coefficients(penalties, !api.hasHalf() && !verbatim);
                regularizers.put(parameter.name(), coefficients);
                said.computeIfAbsent(words(penalties, coefficients), w -> new ArrayList<>())
                        .add(parameter);
            }
        }
        explain();
    }

    private static boolean isBehindClip(Parameter parameter, Penalty penalty) {
        int place = parameter.stages().indexOf(penalty);
        return parameter.stages(Stage.Clip.class).stream()
                .anyMatch(clip -> parameter.stages().indexOf(clip) < place);
    }

    private Map<String, String> coefficients(List<Penalty> penalties, boolean halved) {
        Map<Penalty.Norm, Quantity> sums = new EnumMap<>(Penalty.Norm.class);
        penalties.forEach(p -> sums.merge(
                p.norm(), p.coefficient(), (a, b) -> a.derived(a.value().plus(b.value()), "the sum of two penalties")));
        Map<String, String> coefficients = new TreeMap<>();
        sums.forEach((norm, coefficient) -> {
            boolean l2 = norm == Penalty.Norm.L2;
            Quantity written = l2 && halved
                    ? coefficient.derived(coefficient.value().over(Expression.literal(2)), "half the coefficient")
                    : coefficient;
            coefficients.put(l2 ? "l2" : "l1", numbers.number(written));
        });
        return coefficients;
    }

    private String words(List<Penalty> penalties, Map<String, String> coefficients) {
        Penalty first = penalties.get(0);
        String source = first.coefficient().origin() instanceof Origin.Derived derived
                ? derived.how() + " = " + first.coefficient().written()
                : "decay " + first.coefficient().written();
        String why = !coefficients.containsKey("l2")
                ? "its gradient is l1*sign(w), the same"
                : api.hasHalf()
                        ? "scale * l2_loss(w) has the half, so that its gradient is scale*w, the same"
                        : "l2*sum(w^2) has no half, so that its gradient is 2*l2*w";
        return source + " -> " + ProgramPython.regularizer(coefficients, api) + "|" + why;
    }

    private void explain() {
        said.forEach((words, parameters) -> {
            String[] parts = words.split("\\|", 2);
            findings.add(Finding.of(Code.SS101, parts[0] + " on " + ParameterList.count(parameters) + "; " + parts[1])
                    .at(parameters
                            .get(0)
                            .stages(Penalty.class)
                            .get(0)
                            .coefficient()
                            .place()));
        });
        if (!unsaid.isEmpty()) {
            findings.add(Finding.of(
                            Code.SS103,
                            "the decay of " + ParameterList.penalties(unsaid) + " on " + ParameterList.count(unsaid)
                                    + " has no regularizer in these layers; nothing is written for it")
                    .at(unsaid.get(0).place())
                    .labelled(ParameterList.others(unsaid)));
        }
        if (!added.isEmpty()) {
            findings.add(Finding.of(
                    Code.SS501,
                    recipe.framework() + " adds the decay after the clip, and so does train_op; regularizers would be"
                            + " clipped"));
        }
    }
}
