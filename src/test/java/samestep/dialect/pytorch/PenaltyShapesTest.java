package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Parameter;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.Stage;
import samestep.text.SourceText;

/** The lines of {@code loss_penalty} that are read, and what is reported for the others. */
class PenaltyShapesTest {
    private static Outcome<Recipe> read(String line) {
        return Dialects.named("pytorch").orElseThrow().read(Input.of(new SourceText("p.json", """
            {"samestep": "pytorch/1",
             "optimizer": {"class_path": "torch.optim.Adam", "init_args": {"lr": 0.001}},
             "loss_penalty": "%s"}
            """.formatted(line))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.0005 * sum((p ** 2).sum() for p in model.parameters())|0.001|true",
                "loss = loss + 0.0005 * sum((p ** 2).sum() for p in model.parameters())|0.001|true",
                "0.25 * sum(p.abs().sum() for p in model.parameters() if p.ndim > 1)|0.25|false",
                "0.25 * sum(p.abs().sum() for n, p in model.named_parameters() if p.ndim > 1)|0.25|false",
            })
    void isRead(String line, double coefficient, boolean biasesToo) {
        Recipe recipe = read(line).value().orElseThrow();
        for (Parameter parameter : recipe.parameters()) {
            List<Double> penalties = parameter.stages().stream()
                    .filter(Stage.Penalty.class::isInstance)
                    .map(stage -> ((Stage.Penalty) stage).coefficient().doubleValue())
                    .filter(value -> value != 0)
                    .toList();
            boolean has = biasesToo || parameter.name().role() == Role.KERNEL;
            assertEquals(
                    has ? List.of(coefficient) : List.of(),
                    penalties,
                    parameter.name().toString());
        }
    }

    /** With a condition on an unbound name the Python does not run, and another sum is another penalty. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.5 * sum((p ** 2).sum() for p in model.parameters() if n.endswith('weight'))",
                "0.5 * sum((p ** 3).sum() for p in model.parameters())",
                "loss = 0.5 * loss + 0.5 * sum((p ** 2).sum() for p in model.parameters())",
            })
    void isRefusedWithWhatWouldBeRead(String line) {
        Outcome<Recipe> outcome = read(line);
        assertTrue(outcome.value().isEmpty());
        Finding finding = outcome.findings().get(0);
        assertEquals(Code.SS010, finding.code());
        assertTrue(finding.details().toString().contains("A line is read of this shape"), finding + "");
    }

    /** transformers: "lr_end must be smaller than initial lr". */
    @Test
    void aPolynomialThatWouldRiseIsNone() {
        String text = "{\"output_dir\": \"out\", \"learning_rate\": %s, \"lr_scheduler_type\": \"polynomial\","
                + " \"max_steps\": 100}";
        Outcome<Recipe> outcome = Dialects.named("pytorch")
                .orElseThrow()
                .read(Input.of(new SourceText("t.json", text.formatted("1e-8"))));
        assertTrue(outcome.value().isEmpty());
        assertTrue(outcome.findings().stream()
                .anyMatch(f -> f.code() == Code.SS004 && f.message().contains("lr_end is 1E-7")));
        assertTrue(Dialects.named("pytorch")
                .orElseThrow()
                .read(Input.of(new SourceText("t.json", text.formatted("1e-6"))))
                .value()
                .isPresent());
    }
}
