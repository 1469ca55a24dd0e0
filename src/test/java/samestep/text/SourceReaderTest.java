package samestep.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {
    @TempDir
    Path folder;

    @Test
    void aUtf8MarkStaysInTheText() throws IOException {
        Path file = Files.writeString(folder.resolve("solver.prototxt"), "\ufeffnet: \"\u00fc\"\r\n");
        assertEquals("\ufeffnet: \"\u00fc\"\r\n", SourceReader.read(file).text());
        assertEquals(file.toString(), SourceReader.read(file).name());
    }

    @Test
    void utf16IsReadByItsMark() throws IOException {
        Path little = Files.write(folder.resolve("le"), "\ufeffa: 1".getBytes(StandardCharsets.UTF_16LE));
        Path big = Files.write(folder.resolve("be"), "\ufeffa: 1".getBytes(StandardCharsets.UTF_16BE));
        assertEquals("\ufeffa: 1", SourceReader.read(little).text());
        assertEquals("\ufeffa: 1", SourceReader.read(big).text());
    }

    @Test
    void bytesThatAreNoTextAreSaidToBeNone() throws IOException {
        Path file = Files.write(folder.resolve("net.bin"), new byte[] {0x0a, 0x03, (byte) 0x80, (byte) 0xc3});
        UnreadableSourceException refused =
                assertThrows(UnreadableSourceException.class, () -> SourceReader.read(file));
        assertEquals("is not UTF-8 text: byte 0x80 in line 2; a binary file?", refused.reason());
        assertEquals(file + ": is not UTF-8 text: byte 0x80 in line 2; a binary file?", refused.getMessage());
    }

    @Test
    void missingFilesAndFoldersAreNamed() {
        Path missing = folder.resolve("none");
        assertEquals(
                missing + ": no such file",
                assertThrows(UnreadableSourceException.class, () -> SourceReader.read(missing))
                        .getMessage());
        assertEquals(
                folder + ": is a directory; name a file in it",
                assertThrows(UnreadableSourceException.class, () -> SourceReader.read(folder))
                        .getMessage());
    }

    @Test
    void aStreamWithoutEndIsRefusedAtTheLimit() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                java.util.Arrays.fill(bytes, offset, offset + length, (byte) ' ');
                return length;
            }
        };
        UnreadableSourceException refused =
                assertThrows(UnreadableSourceException.class, () -> SourceReader.read("<stdin>", endless));
        assertEquals("<stdin>: is larger than 32 MiB; is it a training configuration?", refused.getMessage());
    }

    @Test
    void aStreamThatFailsIsUnreadable() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk gone");
            }
        };
        UnreadableSourceException refused =
                assertThrows(UnreadableSourceException.class, () -> SourceReader.read("<stdin>", failing));
        assertEquals("<stdin>: cannot be read: disk gone", refused.getMessage());
    }

    @Test
    void aStreamIsReadToItsEnd() throws IOException {
        InputStream in = new ByteArrayInputStream("a: 1".getBytes(StandardCharsets.UTF_8));
        assertEquals("a: 1", SourceReader.read("<stdin>", in).text());
    }
}
