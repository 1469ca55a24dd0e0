package samestep.compare.observed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.compare.observed.Observation.Stream;
import samestep.equation.Branch;
import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;
import samestep.recipe.Parameter;
import samestep.recipe.Schedule;
import samestep.trainer.Stepper;

/** Runs parameters of a recipe on what was observed, and measures the distance. */
final class Runs {
    private final Observation observation;
    private final DoubleAlgebra algebra;
    private final long run;

    Runs(Observation observation, OptionalLong run) {
        this.observation = observation;
        this.run = run.orElse(Long.MAX_VALUE);
        this.algebra = new DoubleAlgebra(observation.shipped());
    }

    /** The farthest of all weights, and the first that is farther than rounding. */
    record Distance(double largest, Optional<Verification.First> first) {}

    /**
     * How far the recipe is from what was observed.
     *
     * @param parameters one for each tensor
     * @param only the tensor that is looked at; -1 for all
     */
    Distance distance(List<Parameter> parameters, Schedule schedule, int only) {
        double largest = 0;
        Optional<Verification.First> first = Optional.empty();
        for (Stream stream : observation.streams()) {
            List<List<double[]>> weights = weights(stream, parameters, schedule, algebra);
            Distance one = distance(stream, weights, PowerError.NONE, only);
            if (one.first().isPresent() && observation.powers() > 0) {
                one = distance(stream, weights, powerError(stream, parameters, schedule, weights), only);
            }
            largest = Math.max(largest, one.largest());
            if (first.isEmpty()) {
                first = one.first();
            }
        }
        return new Distance(largest, first);
    }

    private PowerError powerError(
            Stream stream, List<Parameter> parameters, Schedule schedule, List<List<double[]>> weights) {
        List<List<List<double[]>>> others = new ArrayList<>();
        for (double factor : new double[] {1 - observation.powers(), 1 + observation.powers()}) {
            DoubleAlgebra other = new DoubleAlgebra(observation.shipped(), factor);
            others.add(weights(stream, parameters, schedule, other));
        }
        return PowerError.of(weights, others);
    }

    private List<List<double[]>> weights(
            Stream stream, List<Parameter> parameters, Schedule schedule, DoubleAlgebra stepping) {
        List<Stepper.Binding<double[]>> bindings = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            bindings.add(new Stepper.Binding<>(
                    parameters.get(i),
                    observation.tensors().get(i).shape(),
                    stream.initial().get(i)));
        }
        Stepper<double[]> stepper = new Stepper<>(bindings, stepping, Branch.Observer.NONE, 1, 1);
        Formula<double[]> rate = schedule.rate(algebra);
        int from = stream.scheduleFrom();
        int updates = stream.gradients().size();
        double[] highest = {0};
        for (int t = 0; t < updates; t++) {
            highest[0] = Math.max(highest[0], rate.at(new double[] {from + t})[0]);
        }
        double[] start = rate.at(new double[] {from});
        double[] before = start;
        List<List<double[]>> weights = new ArrayList<>();
        for (int t = 0; t < updates; t++) {
            double[] now = rate.at(new double[] {from + t});
            stepper.update(
                    stream.updatesFrom() + t,
                    new Stepper.Rates<>(now, before, start, highest),
                    stream.gradients().get(t));
            before = now;
            List<double[]> after = new ArrayList<>();
            for (int i = 0; i < stepper.size(); i++) {
                after.add(stepper.weights(i).clone());
            }
            weights.add(after);
        }
        return weights;
    }

    /** A weight that was large once has lost the digits that it had before. */
    private Distance distance(Stream stream, List<List<double[]>> weights, PowerError powers, int only) {
        // What comes after the run's last update does not count.
        long compared = Math.min(weights.size(), Math.max(0, run - stream.scheduleFrom()));
        double largest = 0;
        Optional<Verification.First> first = Optional.empty();
        for (int i = 0; i < observation.tensors().size(); i++) {
            double[] highest = absolute(stream.initial().get(i));
            for (int t = 0; t < compared && (only < 0 || only == i); t++) {
                double[] expected = weights.get(t).get(i);
                double[] observed = stream.weights().get(t).get(i);
                for (int j = 0; j < expected.length; j++) {
                    highest[j] = Math.max(highest[j], Math.max(Math.abs(expected[j]), Math.abs(observed[j])));
                    double units = units(expected[j], observed[j], highest[j]);
                    largest = Math.max(largest, units);
                    boolean earlier = first.isEmpty() || first.get().update() > stream.scheduleFrom() + t + 1;
                    double allowed = powers.at(t, i, j, highest[j]) / observation.unit();
                    if (units > observation.limit() + allowed && earlier) {
                        first = Optional.of(new Verification.First(
                                stream.name(),
                                stream.scheduleFrom() + t + 1,
                                observation.tensors().get(i).title(),
                                observed[j],
                                expected[j],
                                units));
                    }
                }
            }
        }
        return new Distance(largest, first);
    }

    private double units(double expected, double observed, double scale) {
        if (expected == observed || !Double.isFinite(expected) && !Double.isFinite(observed)) {
            return 0;
        }
        double units = Math.abs(expected - observed) / (scale * observation.unit());
        return Double.isFinite(units) ? units : Double.MAX_VALUE;
    }

    private static double[] absolute(double[] values) {
        double[] absolute = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            absolute[i] = Math.abs(values[i]);
        }
        return absolute;
    }
}
