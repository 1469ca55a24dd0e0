import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import samestep.recipe.Recipe;
import samestep.text.SourceReader;
import samestep.trainer.Digits;
import samestep.trainer.Problem;
import samestep.trainer.Problems;
import samestep.trainer.Tensors;
import samestep.trainer.Trainer;
import samestep.translate.Recording;

/**
 * Steps a CPU second of the trainer, for machines on which other work runs, where a clock on the wall says little. From the
 * root of the repository: java -XX:+UseSerialGC -cp target/samestep-*-all.jar src/jmh/start/Steps.java
 */
final class Steps {
    private static final long WARM_NANOSECONDS = 8_000_000_000L;

    public static void main(String[] arguments) throws Exception {
        for (String name : List.of("caffe-sgd-momentum-l2", "caffe-adam-l2")) {
            Path file = Path.of("fixtures/goldens/caffe", name + ".json");
            Recipe recipe = Recording.read(SourceReader.read(file))
                    .value()
                    .orElseThrow()
                    .recipe()
                    .value()
                    .orElseThrow();
            report(name + " on mlp", recipe, Problems.builtIn("mlp"), 20_000);
            report(name + " on digits", recipe, Digits.load().problem(0), 1_000);
        }
    }

    private static void report(String what, Recipe recipe, Problem problem, int steps) {
        long end = System.nanoTime() + WARM_NANOSECONDS;
        double best = 0;
        while (System.nanoTime() < end) {
            long start = cpu();
            new Trainer(recipe, Tensors.of(recipe, problem).orElseThrow(), problem).run(steps, Set.of(steps));
            best = Math.max(best, steps / ((cpu() - start) / 1e9));
        }
        System.out.printf("%s: %.0f steps a CPU second%n", what, best);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
