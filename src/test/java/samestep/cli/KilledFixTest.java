package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import samestep.text.AtomicFile;

/**
 * However a run of --fix is killed, each file is what it was or what it should become, byte for byte. The real program runs
 * in processes of its own, over files that are large enough to be met while they are written. {@code -Dkills=100} kills
 * more often.
 */
class KilledFixTest {
    private static final int PORTS = 4;
    private static final int KILLS = Integer.getInteger("kills", 4);
    private static final Path FIXTURES = Path.of("fixtures/check");

    @TempDir
    private Path folder;

    private final byte[] before;
    private final byte[] after;

    KilledFixTest() throws IOException {
        String verbatim = Files.readString(FIXTURES.resolve("keras/verbatim.json"));
        String large = verbatim.replaceFirst("\n", "\n" + (" ".repeat(99) + "\n").repeat(10_000));
        before = large.getBytes(StandardCharsets.UTF_8);
        after = large.replace("0.0005", "0.00025").getBytes(StandardCharsets.UTF_8);
    }

    /** A folder with a solver and its ports, all with numbers that were copied verbatim. */
    private final class Repository {
        private final Path root;
        private final Path own;

        Repository(Path root) throws IOException {
            this.root = root;
            own = root.resolve("keras/.port0.json.tmp");
            Files.createDirectories(root.resolve("caffe"));
            Files.createDirectories(root.resolve("keras"));
            for (String file : List.of("caffe/solver.prototxt", "caffe/net.prototxt")) {
                Files.copy(FIXTURES.resolve(file), root.resolve(file));
            }
            List<String> names = new ArrayList<>();
            for (int i = 0; i < PORTS; i++) {
                names.add("keras/port" + i + ".json");
                Files.write(port(i), before);
            }
            Files.writeString(
                    root.resolve("samestep.yaml"),
                    "pairs: {source: caffe/solver.prototxt, target: " + names + "}\nrules: {SS603: off}\n");
            Files.writeString(own, "somebody's own");
        }

        Path port(int i) {
            return root.resolve("keras/port" + i + ".json");
        }

        String[] fix() {
            return new String[] {
                "check", "--config", root.resolve("samestep.yaml").toString(), "--fix", root.toString()
            };
        }

        List<Path> unfinished() throws IOException {
            List<Path> found = new ArrayList<>();
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(root.resolve("keras"), "*" + AtomicFile.TEMPORARY)) {
                files.forEach(found::add);
            }
            return found;
        }

        /** The ports of which anything is to be seen, whichever way they are written. */
        Set<String> begun(FileTime start) throws IOException {
            Set<String> begun = new HashSet<>();
            for (Path file : unfinished()) {
                begun.add(file.getFileName().toString().substring(1).replaceFirst("\\.json\\..*", ".json"));
            }
            for (int i = 0; i < PORTS; i++) {
                if (Files.getLastModifiedTime(port(i)).compareTo(start) > 0) {
                    begun.add(port(i).getFileName().toString());
                }
            }
            return begun;
        }

        /** How many files are mended; each is whole, old or new. */
        int mended() throws IOException {
            int mended = 0;
            for (int i = 0; i < PORTS; i++) {
                byte[] now = Files.readAllBytes(port(i));
                boolean done = Arrays.equals(after, now);
                mended += done ? 1 : 0;
                assertTrue(done || Arrays.equals(before, now), port(i) + " is neither old nor new: " + now.length);
            }
            return mended;
        }

        /** What a kill leaves is only what has our name, and a later run does the rest and takes nothing away. */
        void mendTheRest() throws IOException {
            List<Path> left = unfinished();
            assertTrue(left.size() <= 1, left.toString());
            boolean complete = mended() == PORTS;
            CommandRunner.Result result = CommandRunner.run(fix());
            assertEquals(complete ? 0 : 1, result.code(), result.out() + result.err());
            assertEquals(PORTS, mended());
            assertEquals(left, unfinished());
            assertEquals("somebody's own", Files.readString(own));
            try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve("keras"))) {
                int count = 0;
                for (Path file : files) {
                    count += file.equals(own) || left.contains(file) ? 0 : 1;
                }
                assertEquals(PORTS, count, "nothing else has come");
            }
        }
    }

    @Test
    void aKilledRunLeavesEveryFileWhole() throws IOException, InterruptedException, ExecutionException {
        ExecutorService two = Executors.newFixedThreadPool(2);
        List<Future<Integer>> runs = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            Repository repository = new Repository(Files.createDirectories(folder.resolve("run" + i)));
            // In turn: while nothing is written yet, and when the first, a middle and the last file are.
            int moment = i % 4 == 0 ? 0 : (i % 4 - 1) * (PORTS - 1) / 2 + 1;
            long pause = new Random(i).nextInt(moment == 0 ? 500_000_000 : 1_500_000);
            runs.add(two.submit(() -> killed(repository, moment, pause)));
        }
        two.shutdown();
        int interrupted = 0;
        for (Future<Integer> run : runs) {
            interrupted += run.get();
        }
        System.out.println(interrupted + " of " + KILLS + " runs were killed while a file was unfinished");
    }

    /** Kills a run a moment after so many files were begun; gives 1 if one of them was not finished. */
    private int killed(Repository repository, int begun, long pause) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(Arrays.asList(repository.fix()));
        Path printed = repository.root.resolve("printed.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        FileTime made = Files.getLastModifiedTime(repository.port(PORTS - 1));
        while (process.isAlive() && repository.begun(made).size() < begun) {
            LockSupport.parkNanos(20_000);
        }
        long start = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - start < pause) {
            Thread.onSpinWait();
        }
        process.destroyForcibly().waitFor();
        Files.delete(printed);
        repository.mended();
        List<Path> unfinished = repository.unfinished();
        repository.mendTheRest();
        assertArrayEquals(after, Files.readAllBytes(repository.port(0)));
        return unfinished.size();
    }
}
