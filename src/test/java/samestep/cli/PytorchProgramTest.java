package samestep.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.cli.CommandRunner.Result;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.text.SourceText;

/** Every program below fixtures/programs/pytorch, explained: the expected output is beside it. */
class PytorchProgramTest {
    private static final Path CASES = Path.of("fixtures/programs/pytorch");

    static List<Path> cases() throws IOException {
        List<Path> programs = new ArrayList<>(Golden.programs(CASES));
        programs.addAll(Golden.programs(CASES.resolve("idioms")));
        programs.addAll(Golden.programs(CASES.resolve("wrapped")));
        return programs.stream()
                .filter(file -> !file.toString().endsWith("_real.py"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isExplainedAsExpected(Path program) throws IOException {
        Golden.explained(program);
    }

    /** The literal is the default of a command line's option; it is what has to be changed. */
    @Test
    void comparisonSaysWhichLiteralToChange() {
        Result result = CommandRunner.run(
                "compare", "fixtures/programs/onto/torch/source.py", "fixtures/programs/onto/torch/main.py");
        assertTrue(result.out().contains("fixtures/programs/onto/torch/main.py:8:49: write 0.00025"), result.out());
    }

    /** The solver decays no biases, the program's optimizer all parameters: one number cannot be both. */
    @Test
    void comparisonSaysThatUsesOfOneNumberWantDifferentValues() {
        Result result = CommandRunner.run(
                "compare", "fixtures/lenet/solver.prototxt", "fixtures/programs/pytorch/command_line_default.py");
        assertTrue(result.err().contains("[SS046]"), result.err());
    }

    @Test
    void programsWithoutTrainingAreNotRecognised() {
        for (String text :
                List.of("import torch\nprint(torch.ones(2))\n", "optim = 1\n", "import numpy\noptim = 2\n")) {
            assertFalse(new PytorchDialect().recognises(new SourceText("x.py", text)), text);
        }
        assertTrue(new PytorchDialect().recognises(new SourceText("x.py", "from torch.optim import SGD\n")));
    }
}
