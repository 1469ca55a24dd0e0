package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every folder below fixtures/translations: solver.prototxt, with its net if it names one, gives expected.json,
 * expected.py and, on standard error with the exit code, expected.txt, for Keras; and the same for PyTorch with
 * expected.torch before the ending. A file {@code expected.tensorflow.STYLE.py} holds what {@code --to tensorflow --as
 * STYLE} writes. A new folder is a new case.
 */
class TranslationGoldenTest {
    private static final Path CASES = Path.of("fixtures/translations");
    private static final String TENSORFLOW = "expected.tensorflow.";

    static List<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesWhatIsExpected(Path folder) throws IOException {
        String solver = folder.resolve("solver.prototxt").toString().replace('\\', '/');
        CommandRunner.Result json = CommandRunner.run(solver, "--to", "keras");
        CommandRunner.Result python = CommandRunner.run(solver, "--to", "keras", "--as", "python");

        assertAll(
                () -> Golden.compare(folder.resolve("expected.txt"), json.err() + "exit " + json.code() + "\n"),
                () -> Golden.compare(folder.resolve("expected.json"), json.out()),
                () -> Golden.compare(folder.resolve("expected.py"), python.out()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesWhatIsExpectedForPytorch(Path folder) throws IOException {
        String solver = folder.resolve("solver.prototxt").toString().replace('\\', '/');
        CommandRunner.Result json = CommandRunner.run(solver, "--to", "pytorch");
        CommandRunner.Result python = CommandRunner.run(solver, "--to", "pytorch", "--as", "python");

        assertAll(
                () -> Golden.compare(folder.resolve("expected.torch.txt"), json.err() + "exit " + json.code() + "\n"),
                () -> Golden.compare(folder.resolve("expected.torch.json"), json.out()),
                () -> Golden.compare(folder.resolve("expected.torch.py"), python.out()));
    }

    static List<Path> programsOfTensorflow() throws IOException {
        try (Stream<Path> files = Files.walk(CASES)) {
            return files.filter(f -> f.getFileName().toString().startsWith(TENSORFLOW))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("programsOfTensorflow")
    void givesWhatIsExpectedForTensorflow(Path file) throws IOException {
        String solver = file.resolveSibling("solver.prototxt").toString().replace('\\', '/');
        String name = file.getFileName().toString();
        String style = name.substring(TENSORFLOW.length(), name.length() - ".py".length());
        Golden.compare(
                file,
                CommandRunner.run(solver, "--to", "tensorflow", "--as", style).out());
    }
}
