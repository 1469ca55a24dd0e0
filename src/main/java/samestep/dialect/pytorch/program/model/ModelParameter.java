package samestep.dialect.pytorch.program.model;

import java.util.Optional;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;

/**
 * A parameter of a model, or what stands for every one of its role in a model that is not in the program.
 *
 * @param id the same for the same parameter, whichever module it is asked of
 * @param model whose it is
 * @param path its name in the model; empty for a parameter that represents every one of its role
 * @param role what it does in its layer
 * @param dimensions how many it has, where that is known; one that represents all kernels has two or more
 */
public record ModelParameter(Object id, Value model, Optional<String> path, Role role, Optional<Integer> dimensions) {

    /** Whether it is made without gradients: {@code nn.Parameter(x, requires_grad=False)} and so is not trained. */
    public boolean isStill() {
        return id instanceof RecordedCall call
                && call.argument("requires_grad", 1)
                        .filter(a -> a.value() instanceof Value.Bool bool && !bool.value())
                        .isPresent();
    }

    /** Whether it stands for every parameter of its role. */
    public boolean isStandIn() {
        return path.isEmpty();
    }

    /** How a recipe calls it. */
    public ParameterName name() {
        if (path.isEmpty()) {
            return new ParameterName(ParameterName.ANY_LAYER, role);
        }
        return named(path.get());
    }

    /** The same, by its name in another module. */
    public ParameterName named(String full) {
        int dot = full.lastIndexOf('.');
        return new ParameterName(dot < 0 ? full : full.substring(0, dot), role);
    }

    /** Whether it has at most so many dimensions; empty where that is not known. */
    public Optional<Boolean> hasAtMost(int number) {
        if (dimensions.isPresent()) {
            return Optional.of(dimensions.get() <= number);
        }
        boolean isMatrix = isStandIn() && role == Role.KERNEL && number < 2;
        return isMatrix ? Optional.of(false) : Optional.empty();
    }
}
