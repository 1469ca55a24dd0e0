package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that train with Optax: each in {@code same} is the same training as the document beside it, and each in {@code open} has
 * the finding that its first line says. check_optax_programs.py runs those in {@code same}.
 */
class JaxProgramTest {
    private static final Path FOLDER = Path.of("fixtures/programs/jax");

    static List<Path> same() throws IOException {
        return programs("same");
    }

    static List<Path> open() throws IOException {
        return programs("open");
    }

    static List<Path> flags() throws IOException {
        return programs("flags");
    }

    static List<Path> unreadFlags() throws IOException {
        return programs("flags/unread");
    }

    /** The configuration that a flag names by default is that of its file, and what the program changes in it is changed. */
    @ParameterizedTest
    @MethodSource("flags")
    void aFlagsFileIsFollowed(Path program) {
        aProgramIsTheSameAsItsDocument(program);
    }

    @ParameterizedTest
    @MethodSource("unreadFlags")
    void aFlagsFileThatIsNotFoundIsSaid(Path program) throws IOException {
        whatIsNotReadIsSaidAtItsPlace(program);
    }

    private static List<Path> programs(String folder) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.filter(f -> f.toString().endsWith(".py")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("same")
    void aProgramIsTheSameAsItsDocument(Path program) {
        String document = program.toString().replace(".py", ".json");
        CommandRunner.Result result = CommandRunner.run("compare", "-q", program.toString(), document);
        assertEquals(0, result.code(), result.out() + result.err());
        assertTrue(
                result.out()
                        .startsWith(
                                "result: optimizer, schedule, every kernel, every bias, every gamma and every beta exact"),
                result.out());
    }

    /** Masks and labels that are written out say something of each layer. */
    @Test
    void parametersMayBeNamed() {
        Path named = FOLDER.resolve("named");
        CommandRunner.Result result = CommandRunner.run(
                "compare",
                "-q",
                named.resolve("named.py").toString(),
                named.resolve("named.json").toString());
        assertEquals(
                "result: optimizer, schedule, 2 kernels and 2 biases exact",
                result.out().strip(),
                result.err());
    }

    @ParameterizedTest
    @MethodSource("open")
    void whatIsNotReadIsSaidAtItsPlace(Path program) throws IOException {
        String[] expected = Files.readAllLines(program).get(0).split(" ", 4);
        CommandRunner.Result result = CommandRunner.run("explain", program.toString());
        String said = result.out() + result.err();
        assertTrue(
                said.lines()
                        .anyMatch(line -> line.startsWith(program + ":" + expected[1] + ": ")
                                && line.contains(expected[3])
                                && line.endsWith("[" + expected[2] + "]")),
                said);
    }

    /** Not one of them is called the same as what it would be without the part that is not read. */
    @Test
    void aPenaltyInTheLossIsNoVerdict() {
        CommandRunner.Result result = CommandRunner.run(
                "compare", "-q", "fixtures/programs/jax/open/penalty.py", "fixtures/programs/jax/plain.json");
        assertEquals(1, result.code(), result.out());
    }

    @Test
    void oneOfSeveralIsChosenByItsName() {
        CommandRunner.Result result = CommandRunner.run(
                "compare", "-q", "fixtures/programs/jax/open/several.py:decoder", "fixtures/programs/jax/plain.json");
        assertEquals(0, result.code(), result.out() + result.err());
    }

    @Test
    void theUpdatesOfTheRunAreReadFromTheDocument() {
        CommandRunner.Result result = CommandRunner.runWithInput(
                "{\"chain\": [{\"fn\": \"sgd\", \"kwargs\": {\"learning_rate\": 0.1}}], \"updates\": 40}",
                "explain",
                "-");
        assertTrue(result.out().contains("39      0.1   the last"), result.out() + result.err());
    }
}
