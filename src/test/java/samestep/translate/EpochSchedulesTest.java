package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.compare.proof.Verdict;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.text.SourceText;

/** A number of epochs is never written as a number of updates, and a run is never resumed silently. */
class EpochSchedulesTest {
    private static final Dialect PYTORCH = Dialects.named("pytorch").orElseThrow();

    private static final String TIMM = """
        model: resnet50
        opt: sgd
        lr: 0.123
        momentum: 0.9
        sched: cosine
        epochs: 287
        warmup_epochs: 0
        min_lr: 0.0
        batch_size: 128
        """;

    private static Translation translate(String text, Dialect to, String style) {
        return new Translator(PYTORCH, to)
                .translate(Input.of(new SourceText("args.yaml", text)), style)
                .value()
                .orElseThrow();
    }

    @Test
    void aScheduleInEpochsIsAConstantWithAFindingElsewhere() {
        for (Dialect to : Dialects.all()) {
            for (String style : to.styles()) {
                if (to.name().equals("pytorch")) {
                    continue;
                }
                Translation translation = translate(TIMM, to, style);
                String text = translation.proposal().texts().getOrDefault(style, "");
                // The checklist of what is to be set by hand is a comment, and names the epochs.
                assertFalse(text.replaceAll("(?m)^ *(#|//).*$", "").contains("287"), text);
                assertTrue(text.contains("0.123"), text);
                List<Finding> named = translation.findings().stream()
                        .filter(f -> f.code() == Code.SS402)
                        .toList();
                assertEquals(1, named.size(), named.toString());
                // Caffe and Darknet have no cosine, however it is counted.
                String way = Map.of("caffe", "has no lr_policy", "darknet", "has no policy")
                        .getOrDefault(to.name(), "--updates-per-epoch");
                assertTrue(named.get(0).toString().contains(way), named.toString());
                assertEquals(
                        Verdict.Kind.NOT_EXPRESSIBLE,
                        translation.comparison().schedule().verdict().kind());
            }
        }
    }

    @Test
    void theWayOutIsNamedWhereAScheduleOfEpochsIsLeftOutOfAPythonText() {
        Translation translation =
                translate(TIMM.replace("warmup_epochs: 0", "warmup_epochs: 20\nwarmup_lr: 0.01"), PYTORCH, "python");
        List<Finding> named = translation.findings().stream()
                .filter(f -> f.code() == Code.SS402)
                .toList();
        assertEquals(1, named.size(), translation.findings().toString());
        assertTrue(named.get(0).details().toString().contains("--updates-per-epoch"), named.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"StepLR\", \"init_args\": {\"step_size\": 10",
                "\"MultiStepLR\", \"init_args\": {\"milestones\": [3]",
                "\"ExponentialLR\", \"init_args\": {\"gamma\": 0.9",
                "\"LambdaLR\", \"init_args\": {\"lr_lambda\": \"lambda t: 0.5 ** t\"",
                "\"PolynomialLR\", \"init_args\": {\"total_iters\": 5",
                "\"CosineAnnealingLR\", \"init_args\": {\"T_max\": 10",
                "\"CosineAnnealingWarmRestarts\", \"init_args\": {\"T_0\": 10",
                "\"LinearLR\", \"init_args\": {\"total_iters\": 5",
                "\"ConstantLR\", \"init_args\": {\"total_iters\": 5"
            })
    void aSchedulerThatResumesIsRefusedAsPytorchDoes(String scheduler) {
        String text = """
            {"samestep": "pytorch/1",
             "optimizer": {"class_path": "torch.optim.SGD", "init_args": {"lr": 0.1}},
             "scheduler": {"class_path": "torch.optim.lr_scheduler.%s, "last_epoch": %s}}}
            """;
        String named = scheduler.substring(1);
        assertFalse(findings(text.formatted(named, "-1")).stream().anyMatch(f -> f.code() == Code.SS004));
        List<Finding> refused = findings(text.formatted(named, "5"));
        assertTrue(
                refused.stream()
                        .anyMatch(f -> f.code() == Code.SS004 && f.message().contains("last_epoch")),
                refused.toString());
    }

    @Test
    void aSequenceThatBeginsWithinAnotherIsRefusedAsPytorchDoes() {
        String constant = "{\"class_path\": \"torch.optim.lr_scheduler.ConstantLR\", \"init_args\": {}}";
        String sequence = "{\"class_path\": \"torch.optim.lr_scheduler.SequentialLR\","
                + " \"init_args\": {\"schedulers\": [%s, %s], \"milestones\": [4]}}";
        String inner = sequence.formatted(constant, constant);
        String text = """
            {"samestep": "pytorch/1",
             "optimizer": {"class_path": "torch.optim.SGD", "init_args": {"lr": 0.1}},
             "scheduler": %s}
            """;
        assertTrue(findings(text.formatted(sequence.formatted(inner, constant))).stream()
                .noneMatch(f -> f.code() == Code.SS004));
        List<Finding> refused = findings(text.formatted(sequence.formatted(constant, inner)));
        assertTrue(refused.stream().anyMatch(f -> f.code() == Code.SS004), refused.toString());
    }

    private static List<Finding> findings(String text) {
        return PYTORCH.read(Input.of(new SourceText("port.json", text))).findings();
    }
}
