package samestep.check.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.ParameterList;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.recipe.Numbers;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;

/** Biases and normalisations that get the class's default decay, unwritten, beside kernels with another decay. */
final class DecayByDefault extends RecipeRule {
    private static final List<Role> ROLES = List.of(Role.BIAS, Role.GAMMA, Role.BETA);

    @Override
    public Code code() {
        return Code.SS610;
    }

    @Override
    List<Finding> check(Recipe recipe, Subject subject) {
        List<Parameter> silent = new ArrayList<>();
        Optional<Quantity> byDefault = Optional.empty();
        Optional<Quantity> given = Optional.empty();
        for (Parameter parameter : recipe.trained()) {
            Optional<Quantity> decay = Decays.beside(parameter).stream().findFirst();
            boolean isDefault =
                    decay.filter(d -> d.origin() instanceof Origin.Default).isPresent();
            if (isDefault && ROLES.contains(parameter.name().role())) {
                silent.add(parameter);
                byDefault = decay;
            } else if (!isDefault && parameter.name().role() == Role.KERNEL) {
                given = given.or(() -> decay);
            }
        }
        if (byDefault.isEmpty() || given.isEmpty()) {
            return List.of();
        }
        double factor = byDefault.get().doubleValue() / given.get().doubleValue();
        if (factor == 1) {
            return List.of();
        }
        return List.of(Finding.at(
                        given.get().place().orElseGet(() -> Place.start(subject.source())),
                        Code.SS610,
                        ParameterList.count(silent) + " decayed by "
                                + Decays.written(byDefault.get())
                                + ", which is a default and not in the file; kernels by "
                                + Decays.written(given.get()) + ": that is " + Numbers.rounded(factor, 3)
                                + " times as much")
                .detail("Write their decay, 0 if none is meant."));
    }
}
