package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not a configuration, or are meant to do harm: exit code 2, and one line that says what to do. */
class HostileInputTest {
    private static final String FIELDS = "base_lr: 0.1 lr_policy: \"fixed\"\n";

    @TempDir
    Path folder;

    static Stream<Arguments> notText() {
        byte[] weights = {10, 5, 'l', 'e', 'n', 'e', 't', 18, 4, 0, 0, (byte) 0x80, 63};
        return Stream.of(
                Arguments.of("", "is empty"),
                Arguments.of("# nothing\n# here\n", "is not recognised as a configuration"),
                Arguments.of("\0".repeat(64), "holds a NUL character in line 1, so it is not text; a binary file?"),
                Arguments.of(FIELDS + "momentum: \0", "holds a NUL character in line 2"),
                Arguments.of(new String(weights, StandardCharsets.ISO_8859_1), "byte 0x80 in line 2; a binary file?"),
                Arguments.of(FIELDS + "type: \"caf\u00e9\"\n", "byte 0xE9 in line 2; save it as UTF-8"),
                Arguments.of("b\0a\0s\0e\0", "UTF-16 without its mark? save it as UTF-8"),
                Arguments.of("\u00ff\u00feb\0a", "is not UTF-16LE text"));
    }

    /** The text's characters are the bytes. */
    @ParameterizedTest
    @MethodSource("notText")
    void whatIsNoConfigurationIsRefusedInOneLine(String bytes, String expected) throws IOException {
        Path file = Files.write(folder.resolve("solver.prototxt"), bytes.getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(CommandRunner.run(file.toString(), "--to", "keras"), file.toString(), expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)X", "("})
    void expressionsOfFilesHaveALimit(String expression) throws IOException {
        Path keras = Files.writeString(
                folder.resolve("keras.json"),
                "{\"class_name\": \"AdamW\", \"config\": {\"name\": \"adamw\", \"learning_rate\": 0.001,"
                        + " \"weight_decay\": 0.01, \"exclude_from_weight_decay\": [\"" + expression + "\"]},"
                        + " \"module\": \"keras.optimizers\"}");
        Path garden = Files.writeString(
                folder.resolve("garden.yaml"),
                "task:\n  train_data:\n    global_batch_size: 32\ntrainer:\n  train_steps: 100\n  optimizer_config:\n"
                        + "    optimizer:\n      type: adamw\n      adamw:\n        weight_decay_rate: 0.01\n"
                        + "        exclude_from_weight_decay: ['" + expression + "']\n    learning_rate:\n"
                        + "      type: constant\n      constant:\n        learning_rate: 0.001\n");
        for (Path file : List.of(keras, garden)) {
            CommandRunner.Result result = CommandRunner.run("check", "--isolated", file.toString());
            long count = result.out()
                    .lines()
                    .filter(line -> line.endsWith("[SS004]"))
                    .count();
            assertEquals(1, count, result.out() + result.err());
        }
    }

    @Test
    void folderAndMissingFileAreNamed() {
        assertRefused(CommandRunner.run(folder.toString(), "--to", "keras"), folder.toString(), "is a directory");
        String missing = folder.resolve("none.prototxt").toString();
        assertRefused(CommandRunner.run(missing, "--to", "keras"), missing, "no such file");
    }

    @Test
    void veryManyFindingsAreCounted() {
        StringBuilder solver = new StringBuilder(FIELDS);
        for (int i = 0; i < 1_000; i++) {
            solver.append("unknown_").append(i).append(": 1\n");
        }
        CommandRunner.Result result = CommandRunner.runWithInput(solver.toString(), "-", "--to", "keras");
        assertEquals(2, result.code());
        assertTrue(result.err().contains("and 901 more findings, 900 of them errors"), result.err());
    }

    @Test
    void hundredMegabytesAreRefusedUnread() throws IOException {
        Path file = folder.resolve("large.prototxt");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(100 * 1024 * 1024);
        }
        assertRefused(CommandRunner.run(file.toString(), "--to", "keras"), file.toString(), "is larger than 32 MiB");
    }

    @Test
    void standardInputWithoutEndIsRefused() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                Arrays.fill(bytes, offset, offset + length, (byte) ' ');
                return length;
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        PrintStream out = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        int code = Main.run(new String[] {"-", "--to", "keras"}, new Main.Terminal(endless, out, errors));
        assertRefused(
                new CommandRunner.Result(code, "", err.toString(StandardCharsets.UTF_8)),
                "<stdin>",
                "is larger than 32 MiB");
    }

    static Stream<Arguments> brokenText() {
        return Stream.of(
                Arguments.of(FIELDS + "net_param {".repeat(200_000), "messages nest deeper than 100"),
                Arguments.of("{\"class_name\":" + "[".repeat(200_000), "nest deeper than 200"),
                Arguments.of(FIELDS + "a:1 ".repeat(1_200_000), "more than 1000000 values"),
                Arguments.of("{\"class_name\": [" + "0,".repeat(600_000), "more than 500000 values"),
                Arguments.of(FIELDS + "\u001b[31m", "expected"),
                Arguments.of(FIELDS + "net: C:\\x\\y.prototxt\n", "Write net: \"C:\\\\x\\\\y.prototxt\""));
    }

    @ParameterizedTest
    @MethodSource("brokenText")
    void brokenTextIsAnErrorAtItsPlace(String text, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve("solver"), text);
        CommandRunner.Result result = text.startsWith("{")
                ? CommandRunner.run("train", file.toString(), "--steps", "1")
                : CommandRunner.run(file.toString(), "--to", "keras");
        assertEquals(2, result.code(), result.err());
        assertEquals("", result.out());
        assertTrue(result.err().contains(expected), result.err());
        assertTrue(result.err().contains("[SS001]"), result.err());
        assertTrue(result.err().startsWith(file.toString()), result.err());
    }

    @Test
    void utf16IsRead() throws IOException {
        Path file = Files.write(folder.resolve("solver"), ("\ufeff" + FIELDS).getBytes(StandardCharsets.UTF_16LE));
        CommandRunner.Result result = CommandRunner.run(file.toString(), "--to", "keras");
        assertEquals(1, result.code(), result.err());
        assertTrue(result.err().contains("the solver names no net"), result.err());
    }

    private static void assertRefused(CommandRunner.Result result, String name, String expected) {
        assertEquals(2, result.code(), result.err());
        assertEquals("", result.out());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().startsWith("translate: " + name), result.err());
        assertTrue(result.err().contains(expected), result.err());
    }
}
