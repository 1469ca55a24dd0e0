package samestep.dialect.jax.value;

import java.util.List;
import samestep.recipe.Role;

/** What stands for every layer of a model that is not known. */
public final class JaxRoles {
    /** One parameter of each usual kind. */
    public static final List<Role> ALL = List.of(Role.KERNEL, Role.BIAS, Role.GAMMA, Role.BETA);

    private JaxRoles() {}
}
