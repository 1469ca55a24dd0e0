package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.compare.Comparer;
import samestep.compare.Comparison;
import samestep.compare.proof.Partners;
import samestep.compare.proof.ProofMemory;
import samestep.dialect.Dialect;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.dialect.write.Proposal;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.text.SourceReader;
import samestep.text.SourceText;
import samestep.translate.Recording;

/** What a form writes, it reads back as the same training; and what it can say, it says again in the same words. */
class PytorchFormsRoundTripTest {
    /** Settings beside the update are written also where the given text leaves them to their defaults. */
    private static final String SETTINGS = "(?m)^ *(per_device_train_batch_size|batch_size|epochs|IMS_PER_BATCH): .*\n";

    private static final Dialect PYTORCH = Dialects.named("pytorch").orElseThrow();
    private static final List<String> STYLES =
            List.of("lightning", "hydra", "hf", "llama-factory", "axolotl", "timm", "detectron2");

    /** Texts that each form can say again: a configuration, and its style. */
    static Stream<Map.Entry<String, String>> texts() {
        return Stream.of(
                Map.entry("lightning", """
                    optimizer:
                      class_path: torch.optim.AdamW
                      init_args:
                        lr: 0.0003
                        betas: [0.9, 0.95]
                        eps: 1.0e-6
                        weight_decay: 0.1
                    lr_scheduler:
                      class_path: torch.optim.lr_scheduler.CosineAnnealingLR
                      init_args:
                        T_max: 20
                        eta_min: 0.00001
                    trainer:
                      max_steps: 1000
                      accumulate_grad_batches: 4
                      gradient_clip_val: 0.5
                      gradient_clip_algorithm: value
                    """),
                Map.entry("hydra", """
                    optimizer:
                      _target_: torch.optim.SGD
                      _partial_: true
                      lr: 0.1
                      momentum: 0.9
                      nesterov: true
                      weight_decay: 0.0001
                    scheduler:
                      _target_: torch.optim.lr_scheduler.MultiStepLR
                      _partial_: true
                      milestones: [30, 60]
                      gamma: 0.1
                    interval: epoch
                    """),
                Map.entry("hf", """
                    optim: adamw_torch
                    learning_rate: 0.0001
                    weight_decay: 0.01
                    adam_beta1: 0.9
                    adam_beta2: 0.98
                    adam_epsilon: 1.0e-6
                    lr_scheduler_type: linear
                    warmup_steps: 100
                    max_steps: 1000
                    max_grad_norm: 1.0
                    gradient_accumulation_steps: 2
                    """),
                Map.entry("hf", """
                    optim: sgd
                    learning_rate: 0.1
                    weight_decay: 0.0
                    optim_args: "momentum=0.9,nesterov=true"
                    lr_scheduler_type: cosine
                    warmup_steps: 0
                    max_steps: 500
                    max_grad_norm: 0.0
                    """),
                Map.entry("timm", """
                    opt: adamw
                    lr: 0.001
                    opt_betas: [0.9, 0.99]
                    opt_eps: 1.0e-6
                    weight_decay: 0.05
                    sched: cosine
                    epochs: 300
                    min_lr: 0.00001
                    warmup_epochs: 0
                    clip_grad: 5.0
                    clip_mode: norm
                    grad_accum_steps: 2
                    """),
                Map.entry("timm", """
                    opt: sgd
                    lr: 0.5
                    momentum: 0.9
                    weight_decay: 0.00002
                    sched: step
                    decay_epochs: 30.0
                    decay_rate: 0.1
                    warmup_epochs: 0
                    """),
                Map.entry("detectron2", """
                    SOLVER:
                      BASE_LR: 0.02
                      MOMENTUM: 0.9
                      WEIGHT_DECAY: 0.0001
                      WEIGHT_DECAY_NORM: 0.0
                      WEIGHT_DECAY_BIAS: 0.00005
                      BIAS_LR_FACTOR: 2.0
                      MAX_ITER: 90000
                      LR_SCHEDULER_NAME: WarmupMultiStepLR
                      STEPS: (60000, 80000,)
                      GAMMA: 0.1
                      WARMUP_ITERS: 0
                      CLIP_GRADIENTS:
                        ENABLED: True
                        CLIP_TYPE: value
                        CLIP_VALUE: 1.0
                    VERSION: 2
                    """),
                Map.entry("detectron2", """
                    SOLVER:
                      BASE_LR: 0.02
                      MOMENTUM: 0.9
                      WEIGHT_DECAY: 0.0001
                      WEIGHT_DECAY_NORM: 0.0
                      MAX_ITER: 90000
                      LR_SCHEDULER_NAME: WarmupMultiStepLR
                      STEPS: (60000, 80000,)
                      GAMMA: 0.1
                      WARMUP_METHOD: linear
                      WARMUP_FACTOR: 0.001
                      WARMUP_ITERS: 1000
                    VERSION: 2
                    """),
                Map.entry("detectron2", """
                    SOLVER:
                      BASE_LR: 0.02
                      MOMENTUM: 0.9
                      WEIGHT_DECAY: 0.0001
                      WEIGHT_DECAY_NORM: 0.0
                      MAX_ITER: 90000
                      LR_SCHEDULER_NAME: WarmupMultiStepLR
                      STEPS: (60000, 80000,)
                      GAMMA: 0.1
                      WARMUP_METHOD: constant
                      WARMUP_FACTOR: 0.25
                      WARMUP_ITERS: 500
                    VERSION: 2
                    """),
                Map.entry("detectron2", """
                    SOLVER:
                      BASE_LR: 0.02
                      MOMENTUM: 0.9
                      WEIGHT_DECAY: 0.0001
                      WEIGHT_DECAY_NORM: 0.0
                      MAX_ITER: 90000
                      LR_SCHEDULER_NAME: WarmupCosineLR
                      BASE_LR_END: 0.0002
                      WARMUP_ITERS: 0
                    VERSION: 2
                    """),
                Map.entry("detectron2", """
                    SOLVER:
                      BASE_LR: 0.02
                      MOMENTUM: 0.9
                      WEIGHT_DECAY: 0.0001
                      WEIGHT_DECAY_NORM: 0.0
                      MAX_ITER: 90000
                      LR_SCHEDULER_NAME: WarmupPolyLR
                      POLY_LR_POWER: 0.9
                      WARMUP_ITERS: 0
                    VERSION: 2
                    """));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void whatAFormCanSayItSaysAgain(Map.Entry<String, String> given) {
        Recipe recipe = read("given.yaml", given.getValue());
        Proposal proposal = PYTORCH.write(recipe, given.getKey()).get(0);
        assertEquals(
                given.getValue().replaceAll(SETTINGS, ""),
                proposal.texts().getOrDefault(given.getKey(), "").replaceAll(SETTINGS, ""));
    }

    /** The recordings of Caffe are many combinations of optimizer, schedule, multipliers, clipping and accumulation. */
    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        int written = 0;
        List<String> wrong = new ArrayList<>();
        ProofMemory memory = new ProofMemory();
        for (Recipe recipe : recipes()) {
            for (String style : STYLES) {
                for (Proposal proposal : PYTORCH.write(recipe, style)) {
                    Recipe said = read("said.json", proposal.texts().getOrDefault("json", ""));
                    Recipe back = read("back.yaml", proposal.texts().getOrDefault(style, ""));
                    Comparison comparison = Comparer.judge(said, back, Partners.byName(), memory);
                    written++;
                    // What no stream of gradients proves of itself is proven of no copy either.
                    Comparison ofItself = Comparer.judge(said, said, Partners.byName(), memory);
                    if (!comparison.verdict().equals(ofItself.verdict())) {
                        wrong.add(style + " " + comparison.verdict() + "\n"
                                + proposal.texts().getOrDefault(style, "") + "\n"
                                + proposal.texts().getOrDefault("json", ""));
                    }
                }
            }
        }
        assertTrue(written > 200, "only " + written);
        assertEquals(List.of(), wrong);
    }

    private static List<Recipe> recipes() throws IOException {
        List<Recipe> recipes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("fixtures/goldens/caffe"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                Recording.read(SourceReader.read(file))
                        .then(Recording::recipe)
                        .value()
                        .ifPresent(recipes::add);
            }
        }
        return recipes;
    }

    private static Recipe read(String name, String text) {
        Outcome<Recipe> outcome = PYTORCH.read(Input.of(new SourceText(name, text)));
        return outcome.value().orElseThrow(() -> new AssertionError(outcome.findings() + "\n" + text));
    }
}
