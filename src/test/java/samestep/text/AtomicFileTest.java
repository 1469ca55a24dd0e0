package samestep.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void writesAndReplacesAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("model.json");
        AtomicFile.write(file, "{}\r\n");
        AtomicFile.write(file, "\ufeff[\"\u00fc\"]");
        assertEquals("\ufeff[\"\u00fc\"]", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aReplacedFileKeepsItsPermissions() throws IOException {
        assumePosix();
        Path file = Files.writeString(folder.resolve("run.sh"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
        AtomicFile.write(file, "new");
        assertEquals("new", Files.readString(file));
        assertEquals("rwxr-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aNewFileHasThePermissionsOfAnyNewFile() throws IOException {
        assumePosix();
        Path usual = Files.writeString(folder.resolve("usual"), "");
        Path ours = folder.resolve("ours");
        AtomicFile.write(ours, "");
        assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(ours));
    }

    @Test
    void aLinkIsFollowed() throws IOException {
        assumePosix();
        Path file = Files.writeString(folder.resolve("file"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        AtomicFile.write(link, "new");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(file));
    }

    @Test
    void aMissingFolderIsRefused() {
        Path target = folder.resolve("none").resolve("file");
        assertThrows(IOException.class, () -> AtomicFile.write(target, ""));
        assertThrows(IOException.class, () -> AtomicFile.write(folder, ""));
        assertFalse(Files.exists(target));
    }

    @Test
    void aFifoIsWrittenIntoAndStays() throws Exception {
        assumePosix();
        Path fifo = folder.resolve("fifo");
        assumeDone("mkfifo", fifo.toString());
        Process reader = new ProcessBuilder("cat", fifo.toString()).start();
        AtomicFile.write(fifo, "through");
        assertEquals("through", new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertTrue(Files.readAttributes(fifo, BasicFileAttributes.class).isOther());
    }

    /** A copy of the null device: the real one is not for tests. */
    @Test
    void aDeviceIsWrittenIntoAndStays() throws Exception {
        assumePosix();
        Path device = folder.resolve("null");
        assumeDone("mknod", device.toString(), "c", "1", "3");
        AtomicFile.write(device, "gone");
        AtomicFile.write(Files.createSymbolicLink(folder.resolve("link"), device), "gone");
        assertTrue(Files.readAttributes(device, BasicFileAttributes.class).isOther());
    }

    @Test
    void theFileOfALinkIsMade() throws IOException {
        assumePosix();
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("second"));
        Files.createSymbolicLink(folder.resolve("second"), Path.of("made"));
        AtomicFile.write(link, "new");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(folder.resolve("made")));
        Path self = Files.createSymbolicLink(folder.resolve("self"), Path.of("self"));
        IOException refused = assertThrows(IOException.class, () -> AtomicFile.write(self, ""));
        assertEquals(self + ": is a link that leads to itself", String.valueOf(refused.getMessage()));
    }

    @Test
    void aReplacedFileKeepsItsOwnerWhereThatIsAllowed() throws Exception {
        assumePosix();
        Path file = Files.writeString(folder.resolve("file"), "old");
        assumeDone("chown", "12345:23456", file.toString());
        AtomicFile.write(file, "new");
        assertEquals(12345, Files.getAttribute(file, "unix:uid"));
        assertEquals(23456, Files.getAttribute(file, "unix:gid"));
    }

    /** A file system that is not to be written, as any user sees it. */
    @Test
    void theReasonIsNamedAndNotTheTemporaryFile() {
        Path proc = Path.of("/sys/kernel");
        Assumptions.assumeTrue(Files.isDirectory(proc), "no folder that nobody can write into");
        Path target = proc.resolve("solver.json");
        IOException refused = assertThrows(IOException.class, () -> AtomicFile.write(target, ""));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith(target + ": "), message);
        assertTrue(message.matches(".*(no permission to write into the folder /sys/kernel|Read-only.*)"), message);
    }

    @Test
    void aFailedContentLeavesNothing() throws IOException {
        Path target = Files.writeString(folder.resolve("file"), "old");
        IOException refused = assertThrows(
                IOException.class,
                () -> AtomicFile.write(target, file -> {
                    Files.writeString(file, "half");
                    throw new IOException("No space left on device");
                }));
        assertEquals(target + ": No space left on device", refused.getMessage());
        assertEquals("old", Files.readString(target));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    private static void assumeDone(String... command) throws IOException, InterruptedException {
        boolean done;
        try {
            done = new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            done = false;
        }
        Assumptions.assumeTrue(done, "not allowed here: " + String.join(" ", command));
    }

    private static void assumePosix() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        Assumptions.assumeTrue(posix, "this file system has no permissions and links");
    }
}
