package samestep.dialect.pytorch.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;

/**
 * A group of parameters with arguments of its own, which win over the optimizer's.
 *
 * @param members which parameters
 * @param arguments by name, {@code lr} and {@code weight_decay} among them
 */
public record ParameterGroup(Members members, Map<String, PytorchValue> arguments) {
    /** Copies the arguments. */
    public ParameterGroup {
        arguments = new LinkedHashMap<>(arguments);
    }

    /** Which parameters belong to a group. A parameter belongs to the first group that has it. */
    public sealed interface Members {

        /** Whether a parameter is one of them. */
        boolean have(ParameterName name);

        /** Those with these names, where the file names them. */
        record Named(List<ParameterName> names) implements Members {
            /** Copies the list. */
            public Named {
                names = List.copyOf(names);
            }

            @Override
            public boolean have(ParameterName name) {
                return names.contains(name);
            }
        }

        /** Those that do this in their layer, where a framework sorts them by a rule of its own. */
        record OfRole(Set<Role> roles) implements Members {
            /** Copies the set. */
            public OfRole {
                roles = Set.copyOf(roles);
            }

            @Override
            public boolean have(ParameterName name) {
                return roles.contains(name.role());
            }
        }

        /** All that no other group has. */
        record Rest() implements Members {
            @Override
            public boolean have(ParameterName name) {
                return true;
            }
        }
    }
}
