import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How long one {@code translate check} takes over folders of 100 to 10,000 configurations, a start included, and how much
 * memory it has at most. Run from the checkout, on Linux: {@code java src/jmh/start/ManyFiles.java [rounds]}.
 *
 * <p>A folder holds a solver, its net, a Keras port of them, and a YAML file; the numbers of each are its own, so that nothing
 * is found by remembering it.
 */
final class ManyFiles {
    private static final int[] COUNTS = {100, 1_000, 10_000};
    private static final int FILES = 4;

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
        System.out.println(" files  seconds (least of " + rounds + ")  median  us a file  MB at most");
        for (int count : COUNTS) {
            Path folder = Files.createTempDirectory("configurations");
            for (int i = 0; i < count / FILES; i++) {
                write(Files.createDirectories(folder.resolve("model" + i)), i);
            }
            double[] seconds = new double[rounds];
            long most = 0;
            for (int round = 0; round < rounds; round++) {
                long start = System.nanoTime();
                most = Math.max(most, run(folder));
                seconds[round] = (System.nanoTime() - start) / 1e9;
            }
            java.util.Arrays.sort(seconds);
            System.out.printf(
                    Locale.ROOT,
                    "%6d  %7.2f  %23.2f  %9.0f  %10d%n",
                    count,
                    seconds[0],
                    seconds[rounds / 2],
                    seconds[0] * 1e6 / count,
                    most / 1024);
            delete(folder);
        }
    }

    private static void write(Path folder, int i) throws IOException {
        String rate = "0.0" + (10_000 + i);
        String decay = "0.000" + (10_000 + i);
        Files.writeString(
                folder.resolve("solver.prototxt"),
                "net: \"net.prototxt\"\ntest_iter: 100\ntest_interval: 500\nbase_lr: " + rate
                        + "\nmomentum: 0.9\nweight_decay: " + decay
                        + "\nlr_policy: \"step\"\ngamma: 0.1\nstepsize: 5000\nmax_iter: 20000\nsolver_mode: GPU\n");
        StringBuilder net = new StringBuilder("name: \"net" + i + "\"\n");
        StringBuilder layers = new StringBuilder();
        for (int layer = 0; layer < 8; layer++) {
            net.append("layer {\n  name: \"conv")
                    .append(layer)
                    .append("\"\n  type: \"Convolution\"\n")
                    .append("  param { lr_mult: 1 decay_mult: 1 }\n  param { lr_mult: 2 decay_mult: 0 }\n")
                    .append("  convolution_param { num_output: 64 kernel_size: 3 }\n}\n");
            layers.append(layer == 0 ? "" : ",\n")
                    .append("    \"conv")
                    .append(layer)
                    .append("\": {\"kernel_regularizer\": {\"class_name\": \"L2\", \"config\": {\"l2\": ")
                    .append(decay)
                    .append("}}, \"bias_regularizer\": null}");
        }
        net.append("layer { name: \"loss\" type: \"SoftmaxWithLoss\" }\n");
        Files.writeString(folder.resolve("net.prototxt"), net);
        Files.writeString(
                folder.resolve("port.json"),
                "{\n  \"samestep\": \"keras/1\",\n  \"optimizer\": {\"module\": \"keras.optimizers\", \"class_name\": \"SGD\","
                        + " \"config\": {\"learning_rate\": " + rate + ", \"momentum\": 0.9}},\n  \"layers\": {\n"
                        + layers
                        + "\n  }\n}\n");
        Files.writeString(
                folder.resolve("train.yaml"),
                "model: net" + i + "\noptimizer:\n  lr: " + rate + "\n  weight_decay: 1e-4\nepochs: 90\n");
    }

    /** The largest resident set in kB, as the kernel keeps it. */
    private static long run(Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("./translate", "check", "--isolated", "-q", folder.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        long most = 0;
        while (process.isAlive()) {
            most = Math.max(most, largest(status));
            Thread.sleep(5);
        }
        if (process.waitFor() > 1) {
            throw new IllegalStateException("the check failed");
        }
        return most;
    }

    private static long largest(Path status) {
        try {
            List<String> lines = Files.readAllLines(status);
            return lines.stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            // It has just ended.
            return 0;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
