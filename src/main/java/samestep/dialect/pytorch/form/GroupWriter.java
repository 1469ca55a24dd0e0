package samestep.dialect.pytorch.form;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.ParameterGroup.Members;
import samestep.dialect.pytorch.object.ParameterNames;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchNumbers;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.equation.Expression;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;

/** Sorts parameters into groups of one rate and one decay. */
public final class GroupWriter {
    private record Key(BigDecimal multiplier, BigDecimal decay) {}

    private final Recipe recipe;
    private final DecayWriter decays;
    private final PytorchNumbers numbers;
    private final Map<Key, List<Parameter>> sorted = new LinkedHashMap<>();

    public GroupWriter(Recipe recipe, DecayWriter decays, PytorchNumbers numbers) {
        this.recipe = recipe;
        this.decays = decays;
        this.numbers = numbers;
        for (Parameter parameter : recipe.trained()) {
            if (parameter.name().role() == Role.OTHER && !parameter.isKnown()) {
                // What a layer of a class that is not known has: the text refuses whatever the model has there.
                continue;
            }
            Key key = new Key(
                    parameter.rateMultiplier().decimal().stripTrailingZeros(),
                    decays.ofOptimizer(parameter).decimal().stripTrailingZeros());
            sorted.computeIfAbsent(key, k -> new ArrayList<>()).add(parameter);
        }
    }

    /** Whether there are rates of more than one size. */
    public boolean ratesDiffer() {
        return sorted.keySet().stream().map(Key::multiplier).distinct().count() > 1;
    }

    /** How many groups there are. */
    public int count() {
        return sorted.size();
    }

    /** What every rate is multiplied by where all are multiplied by the same. */
    public Expression commonMultiplier() {
        return ratesDiffer() || sorted.isEmpty()
                ? Expression.literal(1)
                : first(sorted.values().iterator().next()).rateMultiplier().value();
    }

    /**
     * The optimizer with its groups. One group of parameters that every model has needs no names.
     *
     * @param rate the optimizer's lr, before multipliers
     */
    public PytorchConfiguration write(PytorchConfiguration configuration, Expression rate) {
        boolean plain = sorted.size() == 1
                && !decays.namesParameters()
                && recipe.trained().stream()
                        .allMatch(p ->
                                ParameterNames.USUAL_ROLES.contains(p.name().role()));
        if (plain) {
            return withDecay(configuration, first(sorted.values().iterator().next()));
        }
        List<ParameterGroup> groups = new ArrayList<>();
        for (List<Parameter> members : sorted.values()) {
            Map<String, PytorchValue> arguments = new LinkedHashMap<>();
            Quantity multiplier = first(members).rateMultiplier();
            if (ratesDiffer() && !multiplier.isOne()) {
                arguments.put(
                        "lr", numbers.number(multiplier.derived(rate.times(multiplier.value()), "lr * multiplier")));
            }
            arguments.put("weight_decay", numbers.number(decays.ofOptimizer(first(members))));
            members(members).forEach(m -> groups.add(new ParameterGroup(m, arguments)));
        }
        return configuration.withGroups(groups);
    }

    private PytorchConfiguration withDecay(PytorchConfiguration configuration, Parameter parameter) {
        Quantity decay = decays.ofOptimizer(parameter);
        boolean silent =
                decay.isZero() && !configuration.optimizer().className().equals("AdamW");
        return silent
                ? configuration
                : configuration.with(configuration.optimizer().with("weight_decay", numbers.number(decay)));
    }

    private static Parameter first(List<Parameter> parameters) {
        return parameters.get(0);
    }

    /** By name where the model is known, else by what they are for. */
    static List<Members> members(List<Parameter> parameters) {
        List<ParameterName> names = new ArrayList<>();
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Parameter parameter : parameters) {
            if (parameter.name().layer().equals(ParameterName.ANY_LAYER)) {
                roles.add(parameter.name().role());
            } else {
                names.add(parameter.name());
            }
        }
        List<Members> members = new ArrayList<>();
        if (!names.isEmpty()) {
            members.add(new Members.Named(names));
        }
        if (!roles.isEmpty()) {
            members.add(new Members.OfRole(roles));
        }
        return members;
    }
}
