package samestep.trainer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import samestep.equation.Branch;
import samestep.equation.Expressions;
import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;
import samestep.recipe.ActivityPenalty;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Recipe.Counting;
import samestep.recipe.Rounding;
import samestep.recipe.Stage;

/** Runs a recipe on a problem, step by step as its framework counts them. */
public final class Trainer {
    private final Recipe recipe;
    private final Problem problem;
    private final int microSteps;
    private final Stepper<double[]> stepper;
    private final Formula<double[]> rate;
    private final Formula<double[]> rateOfMicroStep;
    private final List<Problem.OutputPenalty> outputPenalties;
    private final boolean isConstant;
    private double[] largestRate = {0};
    private double[] first = {0};
    private double[] current = {0};

    /**
     * Prepares a run; numbers are rounded to single precision wherever the recipe says so, see {@link Rounding}.
     *
     * @param parameters what each of the problem's tensors is, in order
     */
    public Trainer(Recipe recipe, List<Parameter> parameters, Problem problem) {
        this.recipe = recipe;
        this.problem = problem;
        this.microSteps = recipe.microSteps();
        DoubleAlgebra algebra = new DoubleAlgebra(true);
        List<Stepper.Binding<double[]>> bindings = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            bindings.add(new Stepper.Binding<>(
                    parameters.get(i),
                    problem.shapes().get(i),
                    problem.initial().get(i)));
        }
        this.stepper = new Stepper<>(bindings, algebra, Branch.Observer.NONE, problem.batchSize(), problem.outputs());
        this.rate = recipe.schedule().rate(algebra);
        this.rateOfMicroStep = Formula.compile(recipe.schedule().formula(), algebra);
        this.isConstant = Expressions.names(recipe.schedule().formula()).isEmpty();
        this.outputPenalties = outputPenalties(recipe, parameters, algebra);
    }

    private static List<Problem.OutputPenalty> outputPenalties(
            Recipe recipe, List<Parameter> parameters, DoubleAlgebra algebra) {
        List<Problem.OutputPenalty> penalties = new ArrayList<>();
        for (ActivityPenalty penalty : recipe.activityPenalties()) {
            double coefficient =
                    Formula.compile(penalty.coefficient().value(), algebra).at(new double[] {0})[0];
            boolean absolute = penalty.norm() == Stage.Penalty.Norm.L1;
            for (int i = 0; i < parameters.size(); i += 2) {
                if (parameters.get(i).name().layer().equals(penalty.layer())) {
                    penalties.add(
                            new Problem.OutputPenalty(i / 2, absolute ? coefficient : 0, absolute ? 0 : coefficient));
                }
            }
        }
        return penalties;
    }

    /**
     * Trains.
     *
     * @param steps how many steps, as the framework counts them
     * @param snapshotSteps after which steps the weights are kept
     */
    public Trajectory run(int steps, Set<Integer> snapshotSteps) {
        boolean inUpdates = recipe.counting() == Counting.UPDATES;
        int perStep = inUpdates ? microSteps : 1;
        largestRate = new double[] {largestRate(steps * perStep / microSteps)};
        List<Trajectory.Snapshot> snapshots = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        List<List<double[]>> gradients = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            double loss = 0;
            for (int part = 0; part < perStep; part++) {
                double[][] gradient = new double[stepper.size()][];
                loss += problem.lossAndGradients(weights(), step * perStep + part, gradient);
                if (!outputPenalties.isEmpty()) {
                    problem.addOutputPenalties(outputPenalties, weights(), step * perStep + part, gradient);
                }
                gradients.add(List.of(gradient));
            }
            losses.add(loss / perStep);
            if (gradients.size() == microSteps) {
                update((step + 1) * perStep / microSteps - 1, gradients);
                gradients.clear();
            }
            rates.add(inUpdates ? current[0] : rateAt(rateOfMicroStep, step));
            if (snapshotSteps.contains(step + 1)) {
                snapshots.add(new Trajectory.Snapshot(step + 1, namedWeights()));
            }
        }
        return new Trajectory(snapshots, losses, rates);
    }

    private void update(int t, List<List<double[]>> gradients) {
        double[] previous = current;
        current = isConstant && t > 0 ? current : new double[] {rateAt(rate, t)};
        if (t == 0) {
            first = current;
            previous = current;
        }
        stepper.update(t, new Stepper.Rates<>(current, previous, first, largestRate), gradients);
    }

    private double largestRate(int updates) {
        double largest = rateAt(rate, 0);
        for (int t = 1; t < updates && !isConstant; t++) {
            largest = Math.max(largest, rateAt(rate, t));
        }
        return largest;
    }

    private static double rateAt(Formula<double[]> formula, int t) {
        return formula.at(new double[] {t})[0];
    }

    private List<double[]> weights() {
        List<double[]> weights = new ArrayList<>(stepper.size());
        for (int i = 0; i < stepper.size(); i++) {
            weights.add(stepper.weights(i));
        }
        return weights;
    }

    private Map<String, double[]> namedWeights() {
        Map<String, double[]> named = new LinkedHashMap<>();
        for (int i = 0; i < stepper.size(); i++) {
            named.put(problem.tensors().get(i), stepper.weights(i).clone());
        }
        return named;
    }
}
