package samestep.dialect.jax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.jax.chain.Rate;
import samestep.dialect.jax.chain.Update;
import samestep.dialect.jax.chain.Updates;
import samestep.dialect.jax.value.Argument;
import samestep.dialect.jax.value.JaxRoles;
import samestep.dialect.jax.value.OptaxCall;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Stage;

/** From a chain of Optax' transformations to a recipe. The parameters are not known: each stands for every one of its kind. */
public final class JaxReader {
    private JaxReader() {}

    /**
     * The recipe.
     *
     * @param before what happens to the gradient before the chain
     * @return empty where the chain is not a known update
     */
    public static Outcome<Recipe> read(OptaxCall chain, List<Stage> before) {
        List<Finding> findings = new ArrayList<>();
        List<ParameterName> names = names(chain);
        Map<ParameterName, Update> updates = new LinkedHashMap<>();
        for (ParameterName name : names) {
            Updates.of(chain, name, findings).ifPresent(update -> updates.put(name, update));
        }
        List<Finding> once = List.copyOf(new LinkedHashSet<>(findings));
        boolean isKnown =
                updates.size() == names.size() && once.stream().noneMatch(f -> f.severity() == Severity.ERROR);
        if (!isKnown) {
            return Outcome.failed(once);
        }
        return recipe(chain, before, updates, new ArrayList<>(once));
    }

    /** Those that masks and labels name; where none does, what stands for every layer. */
    private static List<ParameterName> names(OptaxCall chain) {
        Set<ParameterName> named = new LinkedHashSet<>();
        collect(new Argument.Given(chain), named);
        named.removeIf(name -> name.layer().equals(ParameterName.ANY_LAYER));
        return named.isEmpty()
                ? JaxRoles.ALL.stream()
                        .map(role -> new ParameterName(ParameterName.ANY_LAYER, role))
                        .toList()
                : List.copyOf(named);
    }

    private static void collect(Argument argument, Set<ParameterName> names) {
        if (argument instanceof Argument.Tree tree) {
            names.addAll(tree.of().keySet());
        } else if (argument instanceof Argument.Many many) {
            many.values().forEach(value -> collect(value, names));
        } else if (argument instanceof Argument.Table table) {
            table.entries().values().forEach(value -> collect(value, names));
        } else if (argument instanceof Argument.Given given) {
            given.call().positional().forEach(value -> collect(value, names));
            given.call().named().values().forEach(value -> collect(value, names));
        }
    }

    private static Outcome<Recipe> recipe(
            OptaxCall chain, List<Stage> before, Map<ParameterName, Update> updates, List<Finding> findings) {
        Optional<Update> first =
                updates.values().stream().filter(update -> !update.isFrozen()).findFirst();
        if (first.isEmpty()) {
            findings.add(Finding.at(chain.place(), Code.SS010, "the chain leaves every parameter as it is"));
            return Outcome.failed(findings);
        }
        Rate base = first.get().rate();
        List<Parameter> parameters = new ArrayList<>();
        for (Map.Entry<ParameterName, Update> entry : updates.entrySet()) {
            Update update = entry.getValue();
            Optional<Quantity> multiplier = update.isFrozen()
                    ? Optional.of(Quantity.byDefault("1", "nothing, for it does not move"))
                    : update.rate().over(base);
            if (multiplier.isEmpty()) {
                findings.add(Finding.at(
                        chain.place(),
                        Code.SS010,
                        "parameters with schedules of their own cannot be read yet: "
                                + entry.getKey().role().word(2)));
                return Outcome.failed(findings);
            }
            List<Stage> stages = new ArrayList<>(before);
            stages.addAll(update.stages());
            parameters.add(new Parameter(
                    entry.getKey(), multiplier.get(), update.isFrozen(), stages, Optional.of(chain.place())));
        }
        return Outcome.of(new Recipe("Optax", parameters, base.schedule(), counting(parameters)), findings);
    }

    /** A call of update() is an update, unless optax.MultiSteps makes one of several. */
    private static Recipe.Counting counting(List<Parameter> parameters) {
        boolean accumulates = parameters.stream()
                .anyMatch(p -> !p.stages(Stage.Accumulation.class).isEmpty());
        return accumulates ? Recipe.Counting.MICRO_STEPS : Recipe.Counting.UPDATES;
    }
}
