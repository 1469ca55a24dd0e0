package samestep.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static void assumePosix() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        Assumptions.assumeTrue(posix, "this file system has no permissions and links");
    }
}
