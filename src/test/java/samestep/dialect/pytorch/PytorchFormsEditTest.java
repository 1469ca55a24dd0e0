package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.compare.proof.Verdict;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.write.Rewrite;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.text.Edit;
import samestep.text.SourceText;

/** A user's file says afterwards what it was to say, and everything outside of the edits is as it was, byte for byte. */
class PytorchFormsEditTest {
    private static final Dialect PYTORCH = Dialects.named("pytorch").orElseThrow();

    private static final String LIGHTNING = """
        # a run of mine
        seed_everything: 42
        trainer:   # settings
          max_epochs: 90
          gradient_clip_val: 0.5   # was 1.0
        model:
          class_path: mine.Model
          init_args:
            depth: 18
            optimizer:
              class_path: torch.optim.Adam  # Adam
              init_args:
                betas: [0.9, 0.999]
                lr: 1e-3
        """;
    private static final String HYDRA = """
        _target_: src.models.mnist_module.MNISTLitModule

        optimizer:
          _target_: torch.optim.Adam
          _partial_: true
          lr: 0.001
          weight_decay: 0.0

        scheduler:
          _target_: torch.optim.lr_scheduler.StepLR
          _partial_: true
          step_size: 10

        # the net
        net: {_target_: src.Net, size: 784}
        """;
    private static final String TRAINER = """
        ### model
        model_name_or_path: somebody/model   # which

        ### train
        per_device_train_batch_size: 1
        learning_rate: 1.0e-4
        num_train_epochs: 3.0
        lr_scheduler_type: cosine
        warmup_ratio: 0.1
        bf16: true
        """;
    private static final String TRAINER_JSON = """
        {
          "learning_rate": 5e-05,
          "per_device_train_batch_size": 4,
          "lr_scheduler_type": "linear",
          "warmup_steps": 100,
          "max_steps": 1000,
          "report_to": "all"
        }
        """;
    private static final String TIMM = """
        dataset: cifar10
        mean:
            - 0.4914
        batch_size: 128
        lr: 55e-5
        min_lr: 1e-5
        sched: cosine
        weight_decay: 6e-2
        epochs: 300
        warmup_epochs: 10
        opt: adamw
        workers: 8\
        """;
    private static final String DETECTRON = """
        MODEL:
          META_ARCHITECTURE: "RetinaNet"
        SOLVER:
          IMS_PER_BATCH: 16
          BASE_LR: 0.01  # another default
          STEPS: (60000, 80000)
          MAX_ITER: 90000
        INPUT:
          MIN_SIZE_TRAIN: (640, 672)
        VERSION: 2
        """;

    /** What is to be said, in the forms that can say it. */
    private static final String PLAIN = """
        {"samestep": "pytorch/1",
         "optimizer": {"class_path": "torch.optim.SGD",
                       "init_args": {"lr": 0.05, "momentum": 0.9, "weight_decay": 0.0}},
         "accumulation": 2,
         "grad_clip": {"class_path": "torch.nn.utils.clip_grad_norm_", "init_args": {"max_norm": 2.5}}}
        """;

    private static final String DECAYED = """
        {"samestep": "pytorch/1",
         "optimizer": {"class_path": "torch.optim.SGD",
                       "init_args": {"lr": 0.05, "momentum": 0.9, "weight_decay": 0.001}},
         "param_groups": [{"roles": ["bias", "beta"], "lr": 0.1, "weight_decay": 0.0},
                          {"roles": ["gamma"], "weight_decay": 0.0}, {"weight_decay": 0.001}],
         "scheduler": {"class_path": "torch.optim.lr_scheduler.MultiStepLR",
                       "init_args": {"milestones": [100, 200], "gamma": 0.5}, "stepped": "after every update"},
         "updates": 300}
        """;

    static Stream<List<String>> files() {
        return Stream.of(
                List.of(LIGHTNING, PLAIN),
                List.of(HYDRA, PLAIN),
                List.of(TRAINER, PLAIN),
                List.of(TRAINER_JSON, PLAIN),
                List.of(TIMM, PLAIN),
                List.of(DETECTRON, DECAYED));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsChangedWhereItSaysSomethingElse(List<String> file) {
        for (String lineEnd : List.of("\n", "\r\n")) {
            for (String mark : List.of("", "\ufeff")) {
                assertChanged(mark + file.get(0).replace("\n", lineEnd), file.get(1));
            }
        }
    }

    private static void assertChanged(String text, String wanted) {
        SourceText existing = new SourceText("mine.yaml", text);
        Recipe recipe = read("wanted.json", wanted);
        Outcome<List<Rewrite>> outcome = PYTORCH.rewrite(recipe, existing, Map.of());
        Rewrite rewrite = outcome.value()
                .orElseThrow(() -> new AssertionError(outcome.findings()))
                .get(0);
        assertTrue(rewrite.edits().size() > 0, text);
        String changed = rewrite.changed().text();
        Comparison comparison = Comparer.compare(recipe, read("mine.yaml", changed));
        // A library that sorts parameters by their names does what the roles say only while names say what they do.
        Verdict verdict = comparison.verdict();
        boolean byRule = verdict.kind() == Verdict.Kind.EXACT_WHILE
                && verdict.condition().endsWith(" sorts the model's parameters by what they do in their layers");
        assertTrue(comparison.isProven() || byRule, () -> verdict + "\n" + changed);
        assertKept(existing, rewrite, changed);
        // Said already: nothing more to do.
        Outcome<List<Rewrite>> again = PYTORCH.rewrite(recipe, new SourceText("mine.yaml", changed), Map.of());
        assertEquals(List.of(), again.value().orElseThrow().get(0).edits(), changed);
    }

    /** The text between the edits is in the result, in that order, and the lengths add up. */
    private static void assertKept(SourceText existing, Rewrite rewrite, String changed) {
        List<Edit> edits = rewrite.edits().stream()
                .sorted(java.util.Comparator.comparingInt(e -> e.span().start()))
                .toList();
        int here = 0;
        int there = 0;
        for (Edit edit : edits) {
            int kept = edit.span().start() - here;
            assertEquals(existing.text().substring(here, here + kept), changed.substring(there, there + kept));
            here = edit.span().end();
            there += kept + edit.replacement().length();
        }
        assertEquals(existing.text().substring(here), changed.substring(there));
        assertTrue(
                !existing.text().contains("\r\n")
                        || !changed.replace("\r\n", "").contains("\n"),
                "line ends are of one kind");
    }

    private static Recipe read(String name, String text) {
        Outcome<Recipe> outcome = PYTORCH.read(Input.of(new SourceText(name, text)));
        return outcome.value().orElseThrow(() -> new AssertionError(outcome.findings() + "\n" + text));
    }
}
