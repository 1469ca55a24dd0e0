package samestep.trainer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.equation.Branch;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.equation.Shape;
import samestep.equation.parse.EquationParser;
import samestep.equation.run.DoubleAlgebra;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.Stage;

/** Runs equations in doubles, on weights, gradients and rates that a test chooses. */
public final class EquationRun {
    private final List<Stage> stages = new ArrayList<>();
    private final List<Stepper.Binding<double[]>> bindings = new ArrayList<>();
    private boolean roundsToFloat;
    private Optional<Stepper<double[]>> started = Optional.empty();
    private final List<Double> rates = new ArrayList<>();
    private double largestRate = 1;

    /** An optimizer, with names and values of its hyper-parameters in turns. */
    public static EquationRun of(Equations equations, Object... namesAndValues) {
        return new EquationRun().then(optimizer(equations, namesAndValues));
    }

    /** An optimizer of which only the lines below its name are given. */
    public static EquationRun of(String body, Object... namesAndValues) {
        return of(EquationParser.parseOwn("test.eq", "optimizer test\n" + body), namesAndValues);
    }

    /** The stage of an optimizer, with names and values of its hyper-parameters in turns. */
    public static Stage.Optimizer optimizer(Equations equations, Object... namesAndValues) {
        Map<String, Quantity> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], number(namesAndValues[i + 1].toString()));
        }
        return new Stage.Optimizer(equations, values);
    }

    /** A number as if it stood in a file. */
    public static Quantity number(String decimal) {
        return new Quantity(Expression.literal(new BigDecimal(decimal)), decimal, new Origin.Default("a test"));
    }

    /** One more stage for the tensors that follow. */
    public EquationRun then(Stage stage) {
        stages.add(stage);
        return this;
    }

    /** Other stages for the tensors that follow. */
    public EquationRun stages(Stage... others) {
        stages.clear();
        stages.addAll(List.of(others));
        return this;
    }

    /** Rounds where the equations say {@code f32}. */
    public EquationRun asShipped() {
        roundsToFloat = true;
        return this;
    }

    /** Sets the largest rate of the run that the equations see. */
    public EquationRun largestRate(double rate) {
        largestRate = rate;
        return this;
    }

    /** One more tensor: a vector in a layer of its own. */
    public EquationRun tensor(double... w) {
        return tensor("layer" + bindings.size(), new Shape(1, w.length), w);
    }

    /** One more tensor. */
    public EquationRun tensor(String layer, Shape shape, double... w) {
        return tensor(layer, shape, "1", false, w);
    }

    /** One more tensor, with its learning-rate multiplier. */
    public EquationRun tensor(String layer, Shape shape, String multiplier, boolean frozen, double... w) {
        Parameter parameter = new Parameter(
                new ParameterName(layer, Role.KERNEL), number(multiplier), frozen, stages, Optional.empty());
        bindings.add(new Stepper.Binding<>(parameter, shape, w));
        return this;
    }

    /** One update of one micro-step; a gradient for each tensor, in order. */
    public EquationRun update(double rate, double[]... gradients) {
        return update(rate, List.of(List.of(gradients)));
    }

    /** One update; for each micro-step a gradient for each tensor. */
    public EquationRun update(double rate, List<List<double[]>> gradients) {
        if (started.isEmpty()) {
            started =
                    Optional.of(new Stepper<>(bindings, new DoubleAlgebra(roundsToFloat), Branch.Observer.NONE, 8, 4));
        }
        int t = rates.size();
        rates.add(rate);
        double previous = rates.get(Math.max(0, t - 1));
        started.orElseThrow()
                .update(
                        t,
                        new Stepper.Rates<>(array(rate), array(previous), array(rates.get(0)), array(largestRate)),
                        gradients);
        return this;
    }

    /** Updates of the first tensor's only entry, one for each gradient. */
    public EquationRun updates(double rate, double... gradients) {
        for (double gradient : gradients) {
            update(rate, array(gradient));
        }
        return this;
    }

    /** The weights of a tensor. */
    public double[] weights(int tensor) {
        return started.orElseThrow().weights(tensor).clone();
    }

    /** The only entry of the only tensor. */
    public double weight() {
        return started.orElseThrow().weights(0)[0];
    }

    /** Numbers. */
    public static double[] array(double... values) {
        return Arrays.copyOf(values, values.length);
    }
}
