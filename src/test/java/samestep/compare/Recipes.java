package samestep.compare;

import static samestep.trainer.EquationRun.number;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.equation.EquationResources;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.parse.EquationParser;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;
import samestep.trainer.EquationRun;

/** Recipes of one kernel for every layer, for comparisons. */
public final class Recipes {
    private Recipes() {}

    /** A shipped optimizer, such as {@code caffe/SGD}; flags that are not named are off. */
    static Stage shipped(String name, Object... namesAndValues) {
        return optimizer(equations(name), namesAndValues);
    }

    /** The equations of a shipped file. */
    static Equations equations(String name) {
        try {
            return EquationResources.all().stream()
                    .filter(f -> f.name().equals(name + ".eq"))
                    .findFirst()
                    .orElseThrow()
                    .equations();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An optimizer written in a test. */
    public static Stage written(String body, Object... namesAndValues) {
        return optimizer(EquationParser.parseOwn("written.eq", "optimizer written\n" + body), namesAndValues);
    }

    private static Stage optimizer(Equations equations, Object... namesAndValues) {
        List<Object> all = new ArrayList<>(List.of(namesAndValues));
        for (Equations.Hyper hyper : equations.hypers()) {
            if (hyper.flag() && !all.contains(hyper.name())) {
                all.add(hyper.name());
                all.add("0");
            }
        }
        return EquationRun.optimizer(equations, all.toArray());
    }

    static Stage l2(String coefficient) {
        return new Stage.Penalty(Stage.Penalty.Norm.L2, number(coefficient));
    }

    static Stage decay(String coefficient) {
        return new Stage.DecoupledDecay(number(coefficient));
    }

    static Stage clip(Stage.Clip.Kind kind, String threshold) {
        return new Stage.Clip(kind, number(threshold));
    }

    static Quantity decimalQuantity(String text) {
        return number(text);
    }

    public static Expression decimal(String text) {
        return number(text).value();
    }

    /** A kernel under a constant rate. */
    public static Recipe of(Stage... stages) {
        return of(kernel("1", stages));
    }

    /** Parameters under a constant rate. */
    public static Recipe of(Parameter... parameters) {
        Schedule constant =
                Schedule.of(new ScheduleForm.Constant(decimal("0.01")), 1, OptionalLong.empty(), "constant");
        return new Recipe("test", List.of(parameters), constant, Recipe.Counting.UPDATES);
    }

    /** The same under a rate that falls. */
    static Recipe falling(Recipe recipe) {
        ScheduleForm form = new ScheduleForm.Exponential(decimal("0.01"), decimal("0.9"), decimal("100"));
        Schedule schedule = Schedule.of(form, 1, OptionalLong.empty(), "falling");
        return new Recipe("test", recipe.parameters(), schedule, Recipe.Counting.UPDATES);
    }

    static Parameter kernel(String multiplier, Stage... stages) {
        return parameter(Role.KERNEL, multiplier, false, stages);
    }

    static Parameter parameter(Role role, String multiplier, boolean frozen, Stage... stages) {
        return new Parameter(
                new ParameterName(ParameterName.ANY_LAYER, role),
                number(multiplier),
                frozen,
                List.of(stages),
                Optional.empty());
    }
}
