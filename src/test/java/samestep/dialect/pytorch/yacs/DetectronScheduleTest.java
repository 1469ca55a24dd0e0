package samestep.dialect.pytorch.yacs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.dialect.Input;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.equation.Formula;
import samestep.equation.run.DoubleAlgebra;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/**
 * Rates of detectron2's YAML, as {@code src/test/python/record_detectron2_rates.py} recorded them: in runs of more than a million updates
 * what fvcore counts as a share of the run is reached some updates early.
 */
class DetectronScheduleTest {
    private static final Path RATES = Path.of("fixtures/pytorch/rates/detectron2.txt");

    static List<String> recorded() throws IOException {
        return Files.readAllLines(RATES);
    }

    @Test
    void allAreThere() throws IOException {
        assertEquals(9, recorded().size());
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void ratesAreAsRecorded(String line) {
        String[] cells = line.split(" \\| ");
        String text = "MODEL:\n  META_ARCHITECTURE: GeneralizedRCNN\nSOLVER:\n  " + cells[0].replace("; ", "\n  ")
                + "\nVERSION: 2\n";
        Outcome<Recipe> outcome = new PytorchDialect().read(Input.of(new SourceText("config.yaml", text)));
        Recipe recipe = outcome.value().orElseThrow(() -> new AssertionError(outcome.findings()));
        Formula<double[]> rate = recipe.schedule().rate(new DoubleAlgebra(false));
        for (String pair : cells[1].split(" ")) {
            String[] at = pair.split(":");
            double step = Double.parseDouble(at[0]);
            assertEquals(Double.parseDouble(at[1]), rate.at(new double[] {step})[0], 1e-11, "at " + at[0]);
        }
    }
}
