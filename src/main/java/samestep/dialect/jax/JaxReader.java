package samestep.dialect.jax;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.jax.chain.Rate;
import samestep.dialect.jax.chain.Update;
import samestep.dialect.jax.chain.Updates;
import samestep.dialect.jax.value.OptaxCall;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;

/** From a chain of Optax' transformations to a recipe. The parameters are not known: each stands for every one of its kind. */
public final class JaxReader {
    /** What stands for every layer of a model that is not known. */
    public static final List<Role> ROLES = List.of(Role.KERNEL, Role.BIAS, Role.GAMMA, Role.BETA);

    private JaxReader() {}

    /**
     * The recipe.
     *
     * @param before what happens to the gradient before the chain
     * @return empty where the chain is no update that is known
     */
    public static Outcome<Recipe> read(OptaxCall chain, List<Stage> before) {
        List<Finding> findings = new ArrayList<>();
        Map<Role, Update> updates = new EnumMap<>(Role.class);
        for (Role role : ROLES) {
            Updates.of(chain, role, findings).ifPresent(update -> updates.put(role, update));
        }
        List<Finding> once = List.copyOf(new LinkedHashSet<>(findings));
        boolean isKnown =
                updates.size() == ROLES.size() && once.stream().noneMatch(f -> f.severity() == Severity.ERROR);
        if (!isKnown) {
            return Outcome.failed(once);
        }
        return recipe(chain, before, updates, new ArrayList<>(once));
    }

    private static Outcome<Recipe> recipe(
            OptaxCall chain, List<Stage> before, Map<Role, Update> updates, List<Finding> findings) {
        Optional<Update> first = ROLES.stream()
                .map(role -> Optional.ofNullable(updates.get(role)).orElseThrow())
                .filter(update -> !update.isFrozen())
                .findFirst();
        if (first.isEmpty()) {
            findings.add(Finding.at(chain.place(), Code.SS010, "the chain leaves every parameter as it is"));
            return Outcome.failed(findings);
        }
        Rate base = first.get().rate();
        List<Parameter> parameters = new ArrayList<>();
        for (Role role : ROLES) {
            Update update = Optional.ofNullable(updates.get(role)).orElseThrow();
            Optional<Quantity> multiplier = update.isFrozen()
                    ? Optional.of(Quantity.byDefault("1", "nothing, for it does not move"))
                    : update.rate().over(base);
            if (multiplier.isEmpty()) {
                findings.add(Finding.at(
                        chain.place(),
                        Code.SS010,
                        "parameters with schedules of their own cannot be read yet: " + role.word(2)));
                return Outcome.failed(findings);
            }
            List<Stage> stages = new ArrayList<>(before);
            stages.addAll(update.stages());
            parameters.add(new Parameter(
                    new ParameterName(ParameterName.ANY_LAYER, role),
                    multiplier.get(),
                    update.isFrozen(),
                    stages,
                    Optional.of(chain.place())));
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
