import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * What a start takes of the processors, user and system, against a Java virtual machine that does nothing, as it is and with our
 * options. Run from the checkout, where there is a bash: {@code java src/jmh/start/Start.java [rounds]}. The cases take turns, so that
 * what disturbs the machine disturbs all. {@code PYTHON} names a Python that has PyYAML, to compare with.
 */
final class Start {
    private static final String BARE = "a JVM that does nothing";
    private static final String[] OPTIONS = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"};

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? 25 : Integer.parseInt(arguments[0]);
        Path nothing = Files.createTempDirectory("nothing");
        Path source = Files.writeString(
                nothing.resolve("Nothing.java"), "class Nothing { public static void main(String[] a) { } }");
        ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", nothing.toString(), source.toString());
        String java = System.getProperty("java.home") + "/bin/java";
        List<String> bare = List.of(java, "-cp", nothing.toString(), "Nothing");
        List<String> tuned = new ArrayList<>(List.of(java));
        tuned.addAll(Arrays.asList(OPTIONS));
        tuned.addAll(bare.subList(1, bare.size()));

        Map<String, List<String>> cases = new LinkedHashMap<>();
        cases.put(BARE, bare);
        cases.put("the same, our options", tuned);
        cases.put("--version", List.of("./translate", "--version"));
        cases.put("solver to keras (SGD)", List.of("./translate", "fixtures/lenet/solver.prototxt", "--to", "keras"));
        cases.put(
                "solver to keras (Adam)",
                List.of("./translate", "fixtures/translations/adam-poly-accumulated/solver.prototxt", "--to", "keras"));
        cases.put("explain", List.of("./translate", "explain", "fixtures/lenet/solver.prototxt"));
        cases.put(
                "compare",
                List.of(
                        "./translate",
                        "compare",
                        "fixtures/comparisons/lenet-keras-halved/source.prototxt",
                        "fixtures/comparisons/lenet-keras-halved/target.json"));
        cases.put("check", List.of("./translate", "check", "--isolated", "fixtures/lenet/solver.prototxt"));
        cases.put("check, a YAML file", List.of("./translate", "check", "--isolated", "fixtures/check/samestep.yaml"));
        String python = System.getenv("PYTHON");
        if (python != null) {
            cases.put("python -c 'import yaml'", List.of(python, "-c", "import yaml"));
        }
        Map<String, double[]> times = new LinkedHashMap<>();
        cases.keySet().forEach(name -> times.put(name, new double[rounds]));
        for (int round = -2; round < rounds; round++) {
            for (Map.Entry<String, List<String>> one : cases.entrySet()) {
                double milliseconds = time(one.getValue());
                if (round >= 0) {
                    times.get(one.getKey())[round] = milliseconds;
                }
            }
        }
        double floor = median(times.get(BARE));
        System.out.println("case                          least  median   times a JVM that does nothing");
        times.forEach((name, all) -> System.out.printf(
                Locale.ROOT,
                "%-28s %6.0f  %6.0f   %.1f%n",
                name,
                Arrays.stream(all).min().orElseThrow(),
                median(all),
                median(all) / floor));
    }

    /** Milliseconds of CPU, by bash: the shell, which starts them, knows what its children took. */
    private static double time(List<String> command) throws IOException, InterruptedException {
        List<String> timed = new ArrayList<>(
                List.of("bash", "-c", "TIMEFORMAT='%3U %3S'; time \"$@\" </dev/null >/dev/null 2>&1", "bash"));
        timed.addAll(command);
        Process process = new ProcessBuilder(timed)
                .redirectErrorStream(true)
                .directory(new File("."))
                .start();
        String[] seconds = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .strip()
                .split(" ");
        process.waitFor();
        return 1e3 * (Double.parseDouble(seconds[0]) + Double.parseDouble(seconds[1]));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
