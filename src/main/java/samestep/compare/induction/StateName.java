package samestep.compare.induction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import samestep.equation.Equations;
import samestep.equation.Extent;
import samestep.recipe.Parameter;
import samestep.recipe.Stage;

/**
 * What a state is called.
 *
 * @param tensor whose it is; -1 of a group's and the run's
 * @param name as the equations declare it
 * @param extent one value for each entry, or one number
 */
public record StateName(int tensor, String name, Extent extent) {
    /** All of one side, in the order of {@link samestep.trainer.Stepper#states()}. */
    public static List<StateName> of(List<Parameter> parameters) {
        List<StateName> names = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            List<Object> group = new ArrayList<>();
            parameter.stages().forEach(stage -> group.add(stage.behaviour()));
            for (Stage stage : parameter.frozen() ? List.<Stage>of() : parameter.stages()) {
                for (Equations.State state : stage.equations().states()) {
                    Object owner = state.extent() == Extent.ALL ? "run" : state.extent() == Extent.GROUP ? group : i;
                    if (seen.add(List.of(owner, stage.behaviour(), state.name()))) {
                        names.add(new StateName(owner.equals(i) ? i : -1, state.name(), state.extent()));
                    }
                }
            }
        }
        return names;
    }
}
