package samestep.syntax.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.text.UnreadableSourceException;

/**
 * Holds tokens and trees against CPython's own {@code tokenize} and {@code ast}: every token's kind and span, every
 * statement's and expression's. SAMESTEP_PYTHON names the interpreter ({@code python3} otherwise; without one the test
 * is skipped), SAMESTEP_PYTHON_FILES a folder to read whole, such as the site-packages of an environment.
 */
class CpythonTest {
    private static final int MOST_SHOWN = 30;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private long slowest;
    private String slowestFile = "";

    @Test
    void tokensAndTreesAreThoseOfCpython() throws IOException {
        String python = Optional.ofNullable(System.getenv("SAMESTEP_PYTHON")).orElse("python3");
        Path script = Path.of(
                        System.getProperty("basedir", ""), "src/test/resources/samestep/syntax/python/reference.py")
                .toAbsolutePath();
        Optional<Process> started = start(python, script);
        assumeTrue(started.isPresent(), "no Python here");
        Process process = started.get();
        try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var out =
                        new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8))) {
            for (Path file : files()) {
                out.write(file + "\n");
                out.flush();
                compare(file, in.readLine(), in.readLine(), in.readLine());
            }
        }
        counts.put("differences", differences.size());
        System.out.println("CPython: " + counts + ", slowest " + slowest / 1_000_000 + " ms " + slowestFile);
        assertEquals(List.of(), differences.stream().limit(MOST_SHOWN).toList());
        assertTrue(counts.getOrDefault("files", 0) > 0, "nothing was compared");
    }

    private static Optional<Process> start(String python, Path script) {
        try {
            return Optional.of(new ProcessBuilder(python, script.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<Path> files() throws IOException {
        String named = System.getenv("SAMESTEP_PYTHON_FILES");
        Path repository = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        List<Path> roots = named != null
                ? List.of(Path.of(named))
                : List.of(
                        repository.resolve("src/test/resources/samestep/syntax/python"),
                        repository.resolve("fixtures"));
        List<Path> files = new ArrayList<>();
        for (Path root : roots) {
            try (Stream<Path> all = Files.walk(root)) {
                all.filter(f -> f.toString().endsWith(".py") && Files.isRegularFile(f))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    private void compare(Path path, String state, String tokens, String nodes) {
        SourceText source;
        try {
            source = SourceReader.read(path);
        } catch (UnreadableSourceException e) {
            count("unreadable", 1);
            return;
        }
        long start = System.nanoTime();
        PythonFile file = Python.parse(source);
        long took = System.nanoTime() - start;
        if (took > slowest) {
            slowest = took;
            slowestFile = path.toString();
        }
        PythonLaws.assertLossless(file);
        if (!state.startsWith("ok")) {
            count("skipped, " + state, 1);
            return;
        }
        count("files", 1);
        count("lines", (int) source.text().lines().count());
        if (state.equals("ok")) {
            difference(path, source, tokens, Rendered.tokens(file));
        } else {
            count(state, 1);
        }
        difference(path, source, nodes, Rendered.nodes(file));
        count("opaque statements", file.opaque().size());
    }

    private void difference(Path path, SourceText source, String expected, String actual) {
        count(
                "compared tokens and nodes",
                (int) expected.chars().filter(c -> c == ' ').count() + 1);
        if (expected.equals(actual)) {
            return;
        }
        String[] theirs = expected.split(" ");
        String[] ours = actual.split(" ");
        int i = 0;
        while (i < theirs.length && i < ours.length && theirs[i].equals(ours[i])) {
            i++;
        }
        String their = i < theirs.length ? theirs[i] : "the end";
        String our = i < ours.length ? ours[i] : "the end";
        String[] parts = our.split(":");
        String where =
                parts.length > 1 ? source.position(Integer.parseInt(parts[1])).toString() : "?";
        differences.add(path + ":" + where + ": CPython " + their + ", here " + our);
    }

    private void count(String name, int more) {
        counts.merge(name, more, Integer::sum);
    }
}
