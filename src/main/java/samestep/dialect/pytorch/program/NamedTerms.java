package samestep.dialect.pytorch.program;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import samestep.dialect.pytorch.program.model.ModelParameter;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.Keys;
import samestep.program.value.Sequence;
import samestep.program.value.Value;
import samestep.recipe.ParameterName;

/**
 * Which parameters a sum has whose terms are picked by whole names, {@code for n, p in model.named_parameters() if n in
 * ('fc.weight',)}, where the model is not in the program: every one of its parameters was asked the same.
 */
final class NamedTerms {
    private final ModelWorld world;
    private final Function<String, List<ParameterName>> named;

    /**
     * @param named the parameters that have a name
     */
    NamedTerms(ModelWorld world, Function<String, List<ParameterName>> named) {
        this.world = world;
        this.named = named;
    }

    /** The parameters; empty where the terms are not picked so. */
    Optional<List<ModelParameter>> of(Sequence terms) {
        Set<Object> asked = new HashSet<>();
        Set<List<String>> lists = new HashSet<>();
        Set<Value> models = new HashSet<>();
        for (Value term : terms.elements()) {
            List<Value> operands = test(term).map(Value.Computed::operands).orElse(List.of());
            Optional<ModelParameter> parameter = operands.isEmpty() ? Optional.empty() : world.named(operands.get(0));
            Optional<List<String>> names = operands.isEmpty() ? Optional.empty() : WrittenGroups.texts(operands.get(1));
            if (parameter.isEmpty() || !parameter.get().isStandIn() || names.isEmpty()) {
                return Optional.empty();
            }
            lists.add(names.get());
            models.add(parameter.get().model());
            asked.add(parameter.get().id());
        }
        if (lists.size() != 1 || models.size() != 1) {
            return Optional.empty();
        }
        Value model = models.iterator().next();
        Set<Object> all = new HashSet<>();
        world.ofModel(model).forEach(p -> all.add(p.id()));
        return asked.equals(all)
                ? Optional.of(lists.iterator().next().stream()
                        .flatMap(name -> named.apply(name).stream())
                        .distinct()
                        .map(name -> parameter(model, name))
                        .toList())
                : Optional.empty();
    }

    /** {@code n in (...)}, the only condition of a term. */
    private static Optional<Value.Computed> test(Value term) {
        List<Condition> conditions =
                term instanceof Value.Guarded guarded ? guarded.when().conditions() : List.of();
        return conditions.size() == 1
                        && conditions.get(0).holds()
                        && conditions.get(0).test() instanceof Value.Computed test
                        && test.operator().equals("in")
                ? Optional.of(test)
                : Optional.empty();
    }

    private static ModelParameter parameter(Value model, ParameterName name) {
        return new ModelParameter(
                List.of(Keys.of(model), name),
                model,
                Optional.of(name.layer() + "." + name.role().word()),
                name.role(),
                Optional.empty());
    }
}
