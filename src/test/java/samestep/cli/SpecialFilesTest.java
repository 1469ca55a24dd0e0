package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only regular files are read: a FIFO, a device and what the kernel shows may wait for ever. */
class SpecialFilesTest {
    private static final String SOLVER = "fixtures/lenet/solver.prototxt";
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    /** A regular file by its attributes, of which a read waits until the kernel has something to say. */
    private Path waiting() throws IOException {
        Path messages = Path.of("/proc/kmsg");
        Assumptions.assumeTrue(Files.isRegularFile(messages), "no /proc/kmsg here");
        return Files.createSymbolicLink(folder.resolve("link.prototxt"), messages);
    }

    private Path fifo() throws Exception {
        Path fifo = folder.resolve("fifo.prototxt");
        boolean made;
        try {
            made = new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0;
        } catch (IOException e) {
            made = false;
        }
        Assumptions.assumeTrue(made, "no FIFO can be made here");
        return fifo;
    }

    private static void assertRefused(String... arguments) {
        CommandRunner.Result result = assertTimeoutPreemptively(LONG, () -> CommandRunner.run(arguments));
        assertEquals(2, result.code(), result.out() + result.err());
        assertTrue(result.err().contains("is not a regular file"), result.err());
    }

    @Test
    void aLinkIntoTheKernelIsRefused() throws IOException {
        String file = waiting().toString();
        assertRefused(file, "--to", "keras");
        assertRefused("check", "--isolated", file);
        assertRefused("check", "--config", file, SOLVER);
        assertRefused("check", "--isolated", "--baseline", file, SOLVER);
        assertRefused(SOLVER, "--to", "keras", "--net", file);
        CommandRunner.Result found = assertTimeoutPreemptively(
                LONG, () -> CommandRunner.run("check", "--isolated", "--allow-outside", "-v", folder.toString()));
        assertTrue(found.err().contains("is not a regular file"), found.err());
    }

    @Test
    void aFifoIsRefused() throws Exception {
        String file = fifo().toString();
        assertRefused(file, "--to", "keras");
        assertRefused("explain", file);
        assertRefused("check", "--isolated", file);
        assertRefused("check", "--config", file, SOLVER);
        assertRefused("check", "--isolated", "--baseline", file, SOLVER);
    }

    @Test
    void weightsAreNamedAsWhatTheyAre() throws IOException {
        Path weights = Files.write(folder.resolve("lenet_iter_10000.caffemodel"), new byte[] {10, 5, 0, 1});
        CommandRunner.Result result = CommandRunner.run(weights.toString(), "--to", "keras");
        assertEquals(2, result.code(), result.err());
        assertTrue(result.err().contains("holds weights, not a configuration"), result.err());
    }
}
