package samestep.dialect.keras.write;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.ParameterList;
import samestep.dialect.keras.document.KerasNumbers;
import samestep.dialect.keras.document.KerasValue;
import samestep.dialect.keras.document.KerasValue.Flag;
import samestep.dialect.keras.document.KerasValue.Instance;
import samestep.dialect.keras.table.KerasGeneration;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage.Penalty;

/** Writes the penalties of each layer, and says what became of the coefficients. */
final class KerasPenaltyWriter {
    private static final Expression TWO = Expression.literal(2);

    private final KerasGeneration generation;
    private final Recipe recipe;
    private final boolean verbatim;
    private final KerasNumbers numbers;
    private final List<Finding> findings;

    /**
     * @param verbatim whether coefficients are copied as they are
     */
    KerasPenaltyWriter(
            KerasGeneration generation, Recipe recipe, boolean verbatim, KerasNumbers numbers, List<Finding> findings) {
        this.generation = generation;
        this.numbers = numbers;
        this.recipe = recipe;
        this.verbatim = verbatim;
        this.findings = findings;
    }

    /**
     * The layers of the configuration.
     *
     * @param withPenalties whether the penalties are written, or said by the optimizer's own decay
     */
    Map<String, Map<String, KerasValue>> layers(boolean withPenalties) {
        Map<String, Map<String, KerasValue>> layers = new LinkedHashMap<>();
        Map<String, List<Parameter>> rewritten = new LinkedHashMap<>();
        List<Parameter> unsaid = new ArrayList<>();
        List<Parameter> scales = new ArrayList<>();
        Map<Role, String> keys = KerasSpelling.regularizers(generation);
        for (Parameter parameter : recipe.parameters()) {
            if (parameter.name().role() == Role.STATISTICS) {
                continue;
            }
            String layer = parameter.name().layer();
            Map<String, KerasValue> members = layers.computeIfAbsent(layer, this::frozenOrNot);
            List<Penalty> penalties = parameter.frozen() ? List.of() : parameter.stages(Penalty.class);
            String key = keys.get(parameter.name().role());
            boolean sayable = key != null && !members.containsKey(key);
            boolean penalized = withPenalties && !penalties.isEmpty();
            if (penalized && !sayable) {
                unsaid.add(parameter);
            } else if (sayable && !penalized) {
                members.put(key, new KerasValue.Nothing());
            }
            if (!penalized || !sayable) {
                continue;
            }
            if (isPerhapsScale(parameter)) {
                scales.add(parameter);
            }
            Instance regularizer = regularizer(penalties);
            members.put(key, regularizer);
            rewritten
                    .computeIfAbsent(change(penalties, regularizer), k -> new ArrayList<>())
                    .add(parameter);
        }
        rewritten.forEach(this::explain);
        frozen(layers);
        unsaid(unsaid);
        scales(scales);
        return layers;
    }

    private boolean isPerhapsScale(Parameter parameter) {
        String layer = parameter.name().layer();
        boolean hasBeta = recipe.parameters().stream()
                .map(Parameter::name)
                .anyMatch(n -> n.role() == Role.BETA && n.layer().equals(layer));
        return parameter.name().role() == Role.GAMMA && KerasSpelling.mayBeRmsNormalization(generation, layer, hasBeta);
    }

    private void frozen(Map<String, Map<String, KerasValue>> layers) {
        List<String> names = layers.entrySet().stream()
                .filter(layer -> layer.getValue().containsKey("trainable"))
                .map(Map.Entry::getKey)
                .toList();
        if (!names.isEmpty()) {
            findings.add(Finding.of(
                    Code.SS302,
                    "not trained in " + recipe.framework() + ", decay included: "
                            + ParameterList.some(List.copyOf(names)) + "; trainable: false is written"));
        }
    }

    private Map<String, KerasValue> frozenOrNot(String layer) {
        Map<String, KerasValue> members = new LinkedHashMap<>();
        boolean frozen = recipe.parameters().stream()
                .filter(p -> p.name().layer().equals(layer))
                .allMatch(Parameter::frozen);
        if (frozen) {
            members.put("trainable", new Flag(false));
        }
        return members;
    }

    private Instance regularizer(List<Penalty> penalties) {
        Optional<Quantity> l1 = coefficient(penalties, Penalty.Norm.L1);
        Optional<Quantity> l2 = coefficient(penalties, Penalty.Norm.L2).map(this::halved);
        Map<String, KerasValue.Num> coefficients = new LinkedHashMap<>();
        l1.ifPresent(q -> coefficients.put("l1", numbers.number(q)));
        l2.ifPresent(q -> coefficients.put("l2", numbers.number(q)));
        return KerasSpelling.regularizer(generation, coefficients);
    }

    /** The gradient of l2 * sum(w^2) is 2 * l2 * w. */
    private Quantity halved(Quantity coefficient) {
        return verbatim ? coefficient : coefficient.derived(coefficient.value().over(TWO), "half the coefficient");
    }

    private static Optional<Quantity> coefficient(List<Penalty> penalties, Penalty.Norm norm) {
        return penalties.stream()
                .filter(p -> p.norm() == norm)
                .map(Penalty::coefficient)
                .reduce((a, b) -> a.derived(a.value().plus(b.value()), "the sum of two penalties"));
    }

    /** What the coefficients were and have become, in words; equal words are one finding. */
    private String change(List<Penalty> penalties, Instance regularizer) {
        List<String> before = penalties.stream()
                .map(p -> "adds " + p.coefficient().written() + (p.norm() == Penalty.Norm.L2 ? "*w" : "*sign(w)")
                        + " to the gradient")
                .toList();
        List<String> arguments = regularizer.arguments().values().stream()
                .map(v -> ((KerasValue.Num) v).text())
                .toList();
        String written = regularizer.className() + "(" + String.join(", ", arguments) + ")";
        String gradient = regularizer.className().equals("L1")
                ? "Keras' penalty adds l1*sign(w), the same"
                : "the gradient of Keras' penalty is 2*l2*w";
        return written + "|" + recipe.framework() + " " + String.join(" and ", before) + ", " + gradient;
    }

    private void explain(String change, List<Parameter> parameters) {
        String written = change.substring(0, change.indexOf('|'));
        String why = change.substring(change.indexOf('|') + 1);
        Penalty first = parameters.get(0).stages(Penalty.class).get(0);
        String source = first.coefficient().origin() instanceof Origin.Derived derived
                ? derived.how() + " = " + first.coefficient().written()
                : "weight_decay " + first.coefficient().written();
        findings.add(Finding.of(
                        Code.SS101, source + " -> " + written + " on " + ParameterList.count(parameters) + "; " + why)
                .at(first.coefficient().place()));
    }

    private void scales(List<Parameter> parameters) {
        if (!parameters.isEmpty()) {
            findings.add(Finding.of(
                            Code.SS103,
                            "RMSNormalization takes no gamma_regularizer: where the layer of "
                                    + ParameterList.count(parameters) + " is one, the decay of "
                                    + ParameterList.penalties(parameters) + " is lost")
                    .at(parameters.get(0).place())
                    .labelled(ParameterList.others(parameters)));
        }
    }

    private void unsaid(List<Parameter> parameters) {
        if (!parameters.isEmpty()) {
            findings.add(Finding.of(
                            Code.SS103,
                            "the decay of " + ParameterList.penalties(parameters) + " on "
                                    + ParameterList.count(parameters)
                                    + " has no regularizer in Keras; nothing is written for it")
                    .at(parameters.get(0).place())
                    .labelled(ParameterList.others(parameters)));
        }
    }
}
