package samestep.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.text.SourceText;

/** Rules about the length of a run and the size of a decay, at their borders. */
class ScheduleRulesTest {
    private static List<String> found(String name, String text, Code code) {
        return new FileCheck(Path.of(""))
                .check(new SourceText(name, text)).orElseThrow().stream()
                        .filter(f -> f.code() == code)
                        .map(Finding::message)
                        .toList();
    }

    private static String torch(String tail) {
        return "{\"samestep\": \"pytorch/1\", \"optimizer\": {\"class_path\": \"torch.optim.AdamW\","
                + " \"init_args\": {\"lr\": 0.001, \"weight_decay\": 0.01}}, " + tail + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10|15|the rate rises again after update 10: the schedule ends at 10, and the run has 15 updates",
                "100|99|",
                "100|100|",
                "100|102|",
                "100|1|the rate ends at 0.001 and not at 0: the schedule ends at 100, and the run has 1 update",
                "100|50|the rate ends at 0.0005157 and not at 0: the schedule ends at 100, and the run has 50 updates",
                "10|21|the rate rises again after update 10: the schedule ends at 10, and the run has 21 updates"
            })
    void aCosineIsHeldToTheRun(int length, int updates, String message) {
        String text = torch("\"scheduler\": {\"class_path\": \"torch.optim.lr_scheduler.CosineAnnealingLR\","
                + " \"init_args\": {\"T_max\": " + length + "}, \"stepped\": \"after every update\"}, \"updates\": "
                + updates);
        assertEquals(message == null ? List.of() : List.of(message), found("c.json", text, Code.SS609));
    }

    @Test
    void epochsOfLightningCount() {
        String text = "trainer:\n  max_epochs: %d\nmodel:\n  class_path: my.Module\noptimizer:\n"
                + "  class_path: torch.optim.AdamW\n  init_args:\n    lr: 0.001\nlr_scheduler:\n"
                + "  class_path: torch.optim.lr_scheduler.CosineAnnealingLR\n  init_args:\n    T_max: 100\n";
        assertTrue(found("l.yaml", text.formatted(10), Code.SS609).get(0).endsWith("the run has 10 epochs"));
        assertEquals(List.of(), found("l.yaml", text.formatted(100), Code.SS609));
    }

    @Test
    void stepsOfDetectronThatAreNeverReached() {
        String text = "SOLVER:\n  BASE_LR: 0.01\n  STEPS: (210000, 250000)\n  MAX_ITER: %d\nVERSION: 2\n";
        assertEquals(
                List.of("the rate does not drop at 210000: the run has 1 update, counted from 0"),
                found("d2.yaml", text.formatted(1), Code.SS608));
        assertEquals(List.of(), found("d2.yaml", text.formatted(270000), Code.SS608));
    }

    /** Darknet counts updates from 1, so a drop at the last count is reached; a burn-in before it moves nothing. */
    @ParameterizedTest
    @CsvSource({"500, 0, 599", "500, 100, 599", "600, 0, ''", "600, 100, ''", "599, 0, 599"})
    void stepsOfDarknetThatAreNeverReached(int updates, int burnIn, String step) {
        String text = "[net]\nbatch=64\nlearning_rate=0.001\nburn_in=" + burnIn + "\nmax_batches=" + updates
                + "\npolicy=steps\nsteps=400,600\nscales=.1,.1\n[connected]\noutput=2\n";
        List<String> late = step.isEmpty()
                ? List.of()
                : List.of(
                        "the rate does not drop at " + step + ": the run has " + updates + " updates, counted from 0");
        assertEquals(late, found("yolo.cfg", text, Code.SS608));
    }

    @ParameterizedTest
    @CsvSource({"0.0001, 0.0001, 0", "0.00001, 0.0001, 1", "0.001, 0.05, 0"})
    void detrsOwnDecayIsNotTooSmall(String rate, String decay, int count) {
        String text = "{\"samestep\": \"pytorch/1\", \"optimizer\": {\"class_path\": \"torch.optim.AdamW\","
                + " \"init_args\": {\"lr\": " + rate + ", \"weight_decay\": " + decay + "}}}";
        assertEquals(count, found("detr.json", text, Code.SS607).size());
    }

    @Test
    void aSolverOfAnotherProgramIsNotCaffes() {
        String text = "solver_mode: SIMULATED_ANNEALING\nmodel_param { temperature: 10 }\n";
        assertTrue(new FileCheck(Path.of(""))
                .check(new SourceText("solver.prototxt", text))
                .isEmpty());
        assertTrue(new FileCheck(Path.of(""))
                .check(new SourceText("solver.prototxt", "solver_mode: GPU\n"))
                .isPresent());
    }

    @Test
    void manyLayersAreCountedAndNotNamed() {
        StringBuilder net = new StringBuilder("base_lr: 0.1 lr_policy: \"fixed\" net_param {\n");
        for (int i = 0; i < 290; i++) {
            net.append("layer { name: \"scale").append(i).append("\" type: \"Scale\" }\n");
        }
        List<String> found = found("solver.prototxt", net.append("}\n").toString(), Code.SS304);
        assertEquals(1, found.size());
        assertTrue(found.get(0).contains("(scale0, scale1, scale2 and 287 more)"), found.get(0));
    }

    /** PyTorch's 0.1 is Keras' 0.9. A share of 0 and one of a fifth may be meant. */
    @ParameterizedTest
    @CsvSource({"0.1, true", "0.01, true", "0, false", "0.2, false", "0.9, false"})
    void statisticsInPytorchsUnit(String momentum, boolean reported) {
        String model = "{\"keras_version\": \"3.15.1\", \"class_name\": \"Sequential\", \"config\": {\"name\": \"s\","
                + " \"layers\": [{\"class_name\": \"BatchNormalization\", \"config\": {\"name\": \"bn\", \"momentum\": "
                + momentum + "}}]}}";
        assertEquals(reported ? 1 : 0, found("model.json", model, Code.SS214).size());
        String solver = "base_lr: 0.1 lr_policy: 'fixed' max_iter: 9 net_param { layer { name: 'bn' type: 'BatchNorm'"
                + " batch_norm_param { moving_average_fraction: " + momentum
                + " } } layer { name: 'p' type: 'PReLU' } }";
        assertEquals(
                reported ? 1 : 0, found("solver.prototxt", solver, Code.SS214).size());
    }
}
