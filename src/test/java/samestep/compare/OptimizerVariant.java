package samestep.compare;

import static samestep.trainer.EquationRun.number;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.equation.EquationResources;
import samestep.equation.Equations;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Schedule;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;
import samestep.trainer.TraitProbe;

/**
 * An optimizer that a framework can express: an equation file with its flags on or off.
 *
 * @param framework its folder
 * @param flags what is on
 */
record OptimizerVariant(String framework, Equations equations, List<String> flags) {

    /** All of all frameworks, by listing. */
    static List<OptimizerVariant> all() throws IOException {
        List<OptimizerVariant> all = new ArrayList<>();
        for (EquationResources.EquationFile file : EquationResources.all()) {
            String framework = file.name().split("/")[0];
            Equations equations = file.equations();
            List<String> flags = equations.hypers().stream()
                    .filter(Equations.Hyper::flag)
                    .map(Equations.Hyper::name)
                    .toList();
            for (int on = 0; on < 1 << flags.size(); on++) {
                List<String> chosen = new ArrayList<>();
                for (int i = 0; i < flags.size(); i++) {
                    if ((on >> i & 1) == 1) {
                        chosen.add(flags.get(i));
                    }
                }
                all.add(new OptimizerVariant(framework, equations, chosen));
            }
        }
        return all;
    }

    /** Such as {@code keras.SGD nesterov}. */
    String name() {
        return equations.name() + (flags.isEmpty() ? "" : " " + String.join(" ", flags));
    }

    /** Moderate numbers. */
    Map<String, String> ordinaryValues() {
        Map<String, String> values = new LinkedHashMap<>();
        for (Equations.Hyper hyper : equations.hypers()) {
            if (!hyper.flag()) {
                String value = TraitProbe.ordinary().get(hyper.name());
                if (value == null) {
                    throw new IllegalStateException(
                            "no ordinary value for " + hyper.name() + ": add one to TraitProbe");
                }
                values.put(hyper.name(), value);
            }
        }
        return values;
    }

    /**
     * What you would try to get the other's update: its numbers where there are such, epsilon squared and its root
     * too, and a moderate number or 0 for what the other does not have.
     */
    List<Map<String, String>> valuesLike(Map<String, String> others) {
        List<Map<String, String>> all = new ArrayList<>();
        all.add(new LinkedHashMap<>());
        ordinaryValues().forEach((name, ordinary) -> {
            List<String> candidates = others.containsKey(name)
                    ? (name.equals("epsilon") ? List.of("1e-4", "1e-8", "1e-2") : List.of(others.get(name)))
                    : ordinary.equals("0") ? List.of("0") : List.of(ordinary, "0");
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> before : all) {
                for (String candidate : candidates) {
                    Map<String, String> with = new LinkedHashMap<>(before);
                    with.put(name, candidate);
                    longer.add(with);
                }
            }
            all.clear();
            all.addAll(longer);
        });
        return all;
    }

    /** The optimizer's stage. */
    Stage.Optimizer stage(Map<String, String> values) {
        Map<String, Quantity> quantities = new HashMap<>();
        values.forEach((name, value) -> quantities.put(name, number(value)));
        equations.hypers().stream()
                .filter(Equations.Hyper::flag)
                .forEach(h -> quantities.put(h.name(), number(flags.contains(h.name()) ? "1" : "0")));
        return new Stage.Optimizer(equations, quantities);
    }

    /** Kernels and biases that these stages train, at a rate that falls or not. */
    static Recipe recipe(boolean falling, Stage... stages) {
        ScheduleForm form = falling
                ? new ScheduleForm.Exponential(Recipes.decimal("0.01"), Recipes.decimal("0.5"), Recipes.decimal("40"))
                : new ScheduleForm.Constant(Recipes.decimal("0.01"));
        List<Parameter> parameters = new ArrayList<>();
        for (Role role : List.of(Role.KERNEL, Role.BIAS)) {
            parameters.add(new Parameter(
                    new ParameterName(ParameterName.ANY_LAYER, role),
                    number("1"),
                    false,
                    List.of(stages),
                    Optional.empty()));
        }
        return new Recipe(
                "test",
                parameters,
                Schedule.of(form, 1, OptionalLong.empty(), falling ? "falling" : "constant"),
                Recipe.Counting.UPDATES);
    }
}
