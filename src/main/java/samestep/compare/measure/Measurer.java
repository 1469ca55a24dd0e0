package samestep.compare.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import samestep.compare.bound.Drift;
import samestep.compare.measure.Measurement.Point;
import samestep.compare.measure.Measurement.Run;
import samestep.compare.measure.Measurement.Spread;
import samestep.compare.proof.Trainees;
import samestep.recipe.Recipe;
import samestep.text.Watcher;
import samestep.trainer.Digits;
import samestep.trainer.Problem;
import samestep.trainer.Problems;
import samestep.trainer.Trajectory;

/** Trains recipes side by side. */
public final class Measurer {
    private static final int POINTS = 100;
    private static final int LAST_PART = 10;

    private final Problem[] problems;
    private final int updates;
    private final Set<Integer> snapshots;
    private List<Trajectory> firsts = List.of();

    private Measurer(IntFunction<Problem> problem, int seeds, int updates) {
        this.problems = new Problem[seeds];
        for (int seed = 0; seed < seeds; seed++) {
            problems[seed] = problem.apply(seed);
        }
        this.updates = updates;
        this.snapshots = new TreeSet<>(Drift.SNAPSHOTS);
        for (int i = 1; i <= POINTS; i++) {
            snapshots.add((int) Math.max(1, (long) updates * i / POINTS));
        }
        snapshots.removeIf(step -> step > updates);
    }

    /**
     * A recipe to be trained.
     *
     * @param name what it is called in results
     */
    public record Named(String name, Recipe recipe) {}

    /**
     * Weights that a framework's own run was recorded with.
     *
     * @param name what it is called in results
     */
    public record Recorded(String name, Trajectory trajectory) {}

    /**
     * On a reference problem, from the weights that recordings of frameworks have.
     *
     * @param name {@code linear} or {@code mlp}
     * @param recorded runs of frameworks on the same problem
     * @return empty when they have no layers in common
     */
    public static Optional<Measurement> onReference(
            String name, List<Named> recipes, List<Recorded> recorded, int updates) {
        Problem problem = Problems.builtIn(name);
        int weights = problem.initial().stream().mapToInt(w -> w.length).sum();
        String words = name + ": " + weights + " weights, 32 samples in batches of " + problem.batchSize();
        Measurer measurer = new Measurer(seed -> problem, 1, updates);
        return measurer.measure(words, recipes, Watcher.NOBODY).map(measured -> {
            List<Run> runs = new ArrayList<>(measured.runs());
            Trajectory first = measurer.firsts.get(0);
            recorded.forEach(r -> runs.add(recorded(r, first)));
            return new Measurement(words, 1, runs);
        });
    }

    /** A recording has weights, and neither rates nor all losses. */
    private static Run recorded(Recorded recorded, Trajectory first) {
        List<Point> points = new ArrayList<>();
        for (Trajectory.Snapshot snapshot : recorded.trajectory().snapshots()) {
            Trajectory one = new Trajectory(List.of(snapshot), List.of(), List.of());
            if (first.weightsAfter(snapshot.step()).isPresent()) {
                double norm = norm(List.copyOf(snapshot.weights().values()));
                points.add(new Point(snapshot.step(), one.largestDifference(first), norm, Double.NaN, Double.NaN));
            }
        }
        Spread unknown = Spread.of(List.of());
        return new Run(recorded.name(), points, unknown, Optional.empty(), Optional.empty());
    }

    /**
     * On handwritten digits.
     *
     * @param seeds how many runs each
     * @param watcher of the runs
     */
    public static Optional<Measurement> onDigits(List<Named> recipes, int updates, int seeds, Watcher watcher) {
        Digits digits = Digits.load();
        return new Measurer(digits::problem, seeds, updates)
                .measure(
                        "digits: handwritten, 8x8; a net of " + Digits.INPUTS + ", " + Digits.HIDDEN + " and "
                                + Digits.OUTPUTS + " units, " + Digits.TRAINED + " images in batches of "
                                + Digits.BATCH + ", " + (digits.size() - Digits.TRAINED) + " held out",
                        recipes,
                        watcher);
    }

    private Optional<Measurement> measure(String words, List<Named> recipes, Watcher watcher) {
        Optional<Trainees> trainees =
                Trainees.of(recipes.stream().map(Named::recipe).toList(), problems[0]);
        return trainees.map(all -> {
            List<List<Trajectory>> runs = new ArrayList<>();
            for (int i = 0; i < recipes.size(); i++) {
                List<Trajectory> seeds = new ArrayList<>();
                for (int seed = 0; seed < problems.length; seed++) {
                    long run = (long) i * problems.length + seed;
                    watcher.at("training on digits", run, (long) recipes.size() * problems.length);
                    seeds.add(all.run(i, problems[seed], updates, snapshots));
                }
                runs.add(seeds);
            }
            firsts = runs.get(0);
            List<Run> results = new ArrayList<>();
            for (int i = 0; i < runs.size(); i++) {
                results.add(run(recipes.get(i).name(), runs.get(i), runs.get(0)));
            }
            return new Measurement(words, problems.length, results);
        });
    }

    private Run run(String name, List<Trajectory> runs, List<Trajectory> first) {
        List<Double> accuracies = accuracies(runs);
        List<Double> firsts = accuracies(first);
        List<Double> better = new ArrayList<>();
        for (int i = 0; i < accuracies.size(); i++) {
            better.add(accuracies.get(i) - firsts.get(i));
        }
        return new Run(
                name,
                points(runs, first),
                Spread.of(runs.stream()
                        .map(r -> meanLoss(r, updates - Math.max(1, updates / LAST_PART), updates))
                        .toList()),
                accuracies.isEmpty() ? Optional.empty() : Optional.of(Spread.of(accuracies)),
                accuracies.isEmpty() ? Optional.empty() : Optional.of(Spread.of(better)));
    }

    private List<Double> accuracies(List<Trajectory> runs) {
        List<Double> accuracies = new ArrayList<>();
        for (int seed = 0; seed < runs.size(); seed++) {
            problems[seed]
                    .accuracy(runs.get(seed).weightsAfter(updates).orElseThrow())
                    .ifPresent(accuracies::add);
        }
        return accuracies;
    }

    private static double meanLoss(Trajectory run, int from, int to) {
        return run.losses().subList(from, to).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    private List<Point> points(List<Trajectory> runs, List<Trajectory> first) {
        List<Point> points = new ArrayList<>();
        int before = 0;
        for (int update : snapshots) {
            int from = before;
            double drift = 0;
            double norm = 0;
            double loss = 0;
            for (int seed = 0; seed < runs.size(); seed++) {
                List<double[]> weights = runs.get(seed).weightsAfter(update).orElseThrow();
                drift = Measurement.worse(
                        drift,
                        difference(weights, first.get(seed).weightsAfter(update).orElseThrow()));
                norm += norm(weights) / runs.size();
                loss += meanLoss(runs.get(seed), from, update) / runs.size();
            }
            points.add(new Point(
                    update, drift, norm, loss, runs.get(0).learningRates().get(update - 1)));
            before = update;
        }
        return points;
    }

    private static double norm(List<double[]> weights) {
        double squares = 0;
        for (double[] tensor : weights) {
            for (double w : tensor) {
                squares += w * w;
            }
        }
        return Math.sqrt(squares);
    }

    private static double difference(List<double[]> here, List<double[]> there) {
        double largest = 0;
        for (int tensor = 0; tensor < here.size(); tensor++) {
            for (int i = 0; i < here.get(tensor).length; i++) {
                largest = Measurement.worse(largest, Math.abs(here.get(tensor)[i] - there.get(tensor)[i]));
            }
        }
        return largest;
    }
}
