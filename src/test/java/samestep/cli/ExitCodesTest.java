package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitCodesTest {
    private static final String SOLVER = "fixtures/lenet/solver.prototxt";

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(PrintStream out, String... arguments) {
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        return Main.run(arguments, new Main.Terminal(new ByteArrayInputStream(new byte[0]), out, errors));
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** As /dev/full, or a standard output that is closed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                SOLVER + " --to keras",
                SOLVER + " --to keras --format json",
                "check --isolated --format json " + SOLVER,
                "check --isolated --format sarif " + SOLVER,
                "explain " + SOLVER,
                "explain SS101",
                "compare " + SOLVER + " " + SOLVER,
                "train " + SOLVER + " --steps 1",
                "frameworks",
                "--help",
                "check --help",
                "--version"
            })
    void outputThatCannotBeWrittenIsNoSuccess(String line) {
        PrintStream full = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("No space left on device");
                    }
                },
                false,
                StandardCharsets.UTF_8);
        assertEquals(Exit.OUTPUT, run(full, line.split(" ")), errors());
        long lines = errors().lines()
                .filter(l -> l.startsWith("translate: standard output"))
                .count();
        assertEquals(1, lines, errors());
        assertTrue(errors().lines().noneMatch(l -> l.startsWith("result: ")), errors());
    }

    /** With an option picocli runs the command, without one nothing does. */
    @ParameterizedTest
    @ValueSource(strings = {"explain " + SOLVER, "explain --format json " + SOLVER, SOLVER + " --to keras", "--help"})
    void aDefectIsADefectInEveryCommand(String line) {
        assertEquals(Exit.DEFECT, run(failing(new IllegalStateException("for the test")), line.split(" ")));
        assertTrue(errors().contains("translate: this is a defect of Samestep, not of your file."), errors());
    }

    @Test
    void errorsOfTheMachineAreNoUsage() {
        assertEquals(
                Exit.DEFECT, run(failing(new OutOfMemoryError("for the test")), "explain", "--format", "json", SOLVER));
        assertTrue(errors().contains("translate: not enough memory"), errors());
        err.reset();
        assertEquals(
                Exit.DEFECT, run(failing(new AssertionError("for the test")), "explain", "--format", "json", SOLVER));
        assertTrue(errors().contains("translate: this is a defect of Samestep"), errors());
    }

    private static PrintStream failing(Throwable failure) {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) {
            @Override
            public void write(byte[] bytes, int from, int length) {
                fail();
            }

            @Override
            public void print(String text) {
                fail();
            }

            private void fail() {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            }
        };
    }
}
