package samestep.trainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.text.SourceReader;
import samestep.translate.Recording;

/** Steps a second on the reference perceptron, from recordings that stand in the repository. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TrainerBenchmark {
    private static final int STEPS = 1_000;

    private final Problem problem = Problems.builtIn("mlp");
    private final Problem digits = Digits.load().problem(0);

    /** What is trained. */
    @State(Scope.Benchmark)
    public static class Trained {
        /** Which recording's configuration. */
        @Param({"caffe/caffe-sgd-momentum-l2", "caffe/caffe-adam-l2", "keras3/keras3-adam-l2"})
        public String recording = "";

        private Recipe recipe;

        /** Reads the recording. */
        @Setup(Level.Trial)
        public void read() throws IOException {
            Path file = Path.of("fixtures/goldens", recording + ".json");
            recipe = Recording.read(SourceReader.read(file))
                    .value()
                    .orElseThrow()
                    .recipe()
                    .value()
                    .orElseThrow();
        }
    }

    /** A thousand steps, each with its gradient, its update and its loss. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public Trajectory train(Trained trained) {
        List<Parameter> parameters = Tensors.of(trained.recipe, problem).orElseThrow();
        return new Trainer(trained.recipe, parameters, problem).run(STEPS, Set.of(STEPS));
    }

    /** The same on handwritten digits; src/test/python/time_digits_with_numpy.py is its like in numpy. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public Trajectory trainOnDigits(Trained trained) {
        List<Parameter> parameters = Tensors.of(trained.recipe, digits).orElseThrow();
        return new Trainer(trained.recipe, parameters, digits).run(STEPS, Set.of(STEPS));
    }

    /** The part of it that no equation has a share in. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public double gradientsAlone() {
        double[][] gradients = new double[problem.tensors().size()][];
        double loss = 0;
        for (int step = 0; step < STEPS; step++) {
            loss += problem.lossAndGradients(problem.initial(), step, gradients);
        }
        return loss;
    }
}
