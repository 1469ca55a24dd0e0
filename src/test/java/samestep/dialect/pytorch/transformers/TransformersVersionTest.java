package samestep.dialect.pytorch.transformers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.dialect.Input;
import samestep.dialect.LibraryVersions;
import samestep.dialect.Run;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.equation.run.DoubleAlgebra;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Severity;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/** What versions of transformers make of one file. */
class TransformersVersionTest {
    private static final String PLAIN = """
            per_device_train_batch_size: 8
            learning_rate: 0.5
            max_steps: 100
            """;
    private static final String BOTH = PLAIN + """
            lr_scheduler_type: linear
            warmup_steps: 40
            warmup_ratio: 0.1
            optim: sgd
            """;

    @ParameterizedTest
    @CsvSource({"4.31.0, pytorch.TransformersAdamW", "4.32.0, pytorch.Adam", "5.24.0, pytorch.Adam"})
    void theOptimizerIsThatOfTheVersion(String version, String equations) {
        Recipe recipe = read(PLAIN, version).value().orElseThrow();
        assertEquals(
                equations,
                recipe.parameters().get(0).optimizer().orElseThrow().equations().name());
    }

    /** A change of 2023 is left unsaid where nothing names a version. */
    @Test
    void anOldChangeIsNotTold() {
        assertEquals(List.of(), notes(read(PLAIN, "")));
        assertEquals(
                List.of("note optim is not given: adamw_hf in transformers 4.31.0 (--framework-version)"),
                notes(read(PLAIN, "4.31.0")));
    }

    /** training_args.py, __post_init__ and get_warmup_steps of each version: at update 4, 0.5 * 4 / 40 or 0.5 * 4 / 10. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4.57.6 | 0.05 | ",
                "5.0.0 | 0.2 | note warmup_ratio comes before warmup_steps in transformers 5.0.0 (--framework-version), not in"
                        + " version 4",
                "5.14.1 | 0.2 | note warmup_ratio comes before warmup_steps in transformers 5.14.1 (--framework-version), not"
                        + " in version 4",
                "5.15.0 | 0.05 | warning transformers 5.15.0 (--framework-version) refuses warmup_ratio (TypeError); a"
                        + " warmup_steps below 1 is the share",
                "'' | 0.05 | warning transformers refuses warmup_ratio since 5.15.0 (TypeError); a warmup_steps below 1 is"
                        + " the share since 5.0.0",
            })
    void oneOfTwoWarmUpsDecides(String version, double rate, String note) {
        Outcome<Recipe> outcome = read(BOTH, version);
        assertEquals(
                rate,
                outcome.value()
                        .orElseThrow()
                        .schedule()
                        .rate(new DoubleAlgebra(false))
                        .at(new double[] {4})[0],
                1e-15);
        assertEquals(note == null ? List.of() : List.of(note), notes(outcome));
    }

    @Test
    void aRatioOfZeroIsNoWarning() {
        assertEquals(
                Severity.NOTE,
                found(read(BOTH.replace("0.1", "0.0"), "")).get(0).severity());
    }

    @Test
    void aShareIsOfVersionFive() {
        String share = BOTH.replace("warmup_steps: 40\n", "").replace("warmup_ratio", "warmup_steps");
        assertEquals(List.of(), notes(read(share, "5.0.0")));
        assertEquals(Severity.WARNING, found(read(share, "4.57.6")).get(0).severity());
        assertEquals(Severity.NOTE, found(read(share, "")).get(0).severity());
    }

    private static List<String> notes(Outcome<Recipe> outcome) {
        return found(outcome).stream()
                .map(f -> f.severity().label() + " " + f.message())
                .toList();
    }

    private static List<Finding> found(Outcome<Recipe> outcome) {
        return outcome.findings().stream()
                .filter(f -> f.code() == Code.SS432 || f.code() == Code.SS434)
                .toList();
    }

    private static Outcome<Recipe> read(String text, String version) {
        Run run = version.isEmpty()
                ? Run.UNKNOWN
                : Run.UNKNOWN.with(List.of(LibraryVersions.parse("transformers=" + version)));
        return new PytorchDialect()
                .read(Input.of(new SourceText("config.yaml", text)).with(run));
    }
}
