package samestep.dialect.pytorch.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import samestep.dialect.Input;
import samestep.dialect.pytorch.PytorchDialect;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.recipe.Recipe;
import samestep.text.SourceText;

/** A scheduler with an argument that it does not have, or one that is not known, in every form: each was read as if it were not there. */
class SchedulerArgumentsTest {
    private static final String TORCHTUNE = """
        optimizer:
          _component_: torch.optim.SGD
          lr: 2e-5
        lr_scheduler:
          _component_: %s
          %s: 100
        batch_size: 2
        """;
    private static final String COSINE = "torchtune.training.lr_schedulers.get_cosine_schedule_with_warmup";
    private static final String HYDRA = """
        interval: step
        optimizer:
          _target_: torch.optim.SGD
          lr: 0.1
        scheduler:
          _target_: %s
          step_size: 10
          %s: 0.5
        """;
    private static final String LIGHTNING = """
        trainer:
          max_epochs: 3
        optimizer:
          class_path: torch.optim.SGD
          init_args:
            lr: 0.1
        lr_scheduler:
          class_path: %s
          init_args:
            step_size: 10
            %s: 0.5
        """;
    private static final String NO_CLASS = "optimizer:\n  _target_: torch.optim.SGD\n  lr: 0.1\n%s\n";
    private static final String STEP = "torch.optim.lr_scheduler.StepLR";
    private static final String JSON =
            "{\"optimizer\": {\"class_path\": \"torch.optim.SGD\", \"init_args\": {\"lr\": 0.1}%s},"
                    + " \"scheduler\": %s}";
    private static final String STEP_JSON =
            "{\"class_path\": \"torch.optim.lr_scheduler.StepLR\", \"init_args\": {\"step_size\": 10%s}%s}";
    private static final String DEEPSPEED = """
        {"train_micro_batch_size_per_gpu": 4, "gradient_clipping": 0.0,
         "optimizer": {"type": "AdamW", "params": {"lr": 0.001}},
         "scheduler": {"type": "WarmupLR", "params": {"warmup_max_lr": 0.001, "%s": 10, "warmup_type": "linear"}}}
        """;
    private static final String MMENGINE = """
        optim_wrapper = dict(type='OptimWrapper', optimizer=dict(type='SGD', lr=0.1))
        param_scheduler = [dict(type='MultiStepLR', milestones=[2, 4], %s=0.5)]
        train_cfg = dict(by_epoch=True, max_epochs=10)
        """;
    private static final String MMCV = """
        optimizer = dict(type='SGD', lr=0.1)
        optimizer_config = dict(grad_clip=None)
        lr_config = dict(policy='step', step=[8, 11], %s=0.3)
        runner = dict(type='EpochBasedRunner', max_epochs=12)
        """;
    private static final String TRAINER = """
        output_dir: out
        learning_rate: 0.001
        max_steps: 100
        lr_scheduler_type: cosine
        lr_scheduler_kwargs:
          %s: 2
        """;
    private static final String PROGRAM = """
        import torch
        model = torch.nn.Linear(2, 2)
        opt = torch.optim.SGD(model.parameters(), lr=0.1)
        sched = torch.optim.lr_scheduler.StepLR(opt, step_size=10, %s=0.5)
        for x, y in loader:
            opt.zero_grad()
            torch.nn.functional.mse_loss(model(x), y).backward()
            opt.step()
            sched.step()
        """;

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("t.yaml", TORCHTUNE.formatted(COSINE, "num_warmup_step"), "no argument num_warmup_step"),
                Arguments.of("t.yaml", TORCHTUNE.formatted("mine.Warm", "steps"), "mine.Warm cannot be read"),
                Arguments.of("h.yaml", HYDRA.formatted(STEP, "gama"), "no argument gama; did you mean gamma?"),
                Arguments.of("h.yaml", HYDRA.formatted("my.sched.StepLR", "gamma"), "my.sched.StepLR cannot be read"),
                Arguments.of("h.yaml", NO_CLASS.formatted("scheduler: cosine"), "names no class"),
                Arguments.of("h.yaml", NO_CLASS.formatted("lr_scheduler:\n  T_max: 10"), "names no class"),
                Arguments.of("h.yaml", NO_CLASS.formatted("scheduler: ${other}"), "names no class"),
                Arguments.of("l.yaml", LIGHTNING.formatted(STEP, "gama"), "no argument gama"),
                Arguments.of("l.yaml", LIGHTNING.formatted("mine.StepLR", "gamma"), "mine.StepLR cannot be read"),
                Arguments.of(
                        "l.yaml", LIGHTNING.formatted(STEP, "gamma") + "  verbose_too: 1\n", "no argument verbose_too"),
                Arguments.of("d.json", JSON.formatted("", STEP_JSON.formatted(", \"gama\": 0.5", "")), "argument gama"),
                Arguments.of("d.json", JSON.formatted("", STEP_JSON.formatted("", ", \"gamma\": 0.5")), "(beside"),
                Arguments.of("d.json", JSON.formatted("", "\"cosine\""), "names no class"),
                Arguments.of(
                        "d.json",
                        JSON.formatted(", \"momentum\": 0.9", STEP_JSON.formatted("", "")),
                        "SGD has no argument momentum (beside init_args)"),
                Arguments.of("d.json", DEEPSPEED.formatted("warmup_num_step"), "no argument warmup_num_step"),
                Arguments.of("m.py", MMENGINE.formatted("gama"), "MultiStepLR has no argument gama"),
                Arguments.of("m.py", MMCV.formatted("gama"), "lr_config has no argument gama"),
                Arguments.of("t.yaml", TRAINER.formatted("num_cycle"), "no argument num_cycle"),
                Arguments.of("p.py", PROGRAM.formatted("gama"), "StepLR has no argument gama"));
    }

    static Stream<Arguments> read() {
        return Stream.of(
                Arguments.of("t.yaml", TORCHTUNE.formatted(COSINE, "num_warmup_steps")),
                Arguments.of("h.yaml", HYDRA.formatted(STEP, "gamma")),
                Arguments.of("h.yaml", NO_CLASS.formatted("scheduler: null")),
                Arguments.of("h.yaml", HYDRA.formatted(STEP, "gamma") + "lr_scheduler: ${scheduler}\n"),
                Arguments.of("l.yaml", LIGHTNING.formatted(STEP, "gamma")),
                Arguments.of("d.json", JSON.formatted("", STEP_JSON.formatted(", \"gamma\": 0.5", ""))),
                Arguments.of("d.json", JSON.formatted("", "null")),
                Arguments.of("d.json", DEEPSPEED.formatted("warmup_num_steps")),
                Arguments.of("m.py", MMENGINE.formatted("gamma")),
                Arguments.of("m.py", MMCV.formatted("gamma")),
                Arguments.of("t.yaml", TRAINER.formatted("num_cycles")),
                Arguments.of("p.py", PROGRAM.formatted("gamma")));
    }

    @ParameterizedTest
    @MethodSource
    void refused(String name, String text, String words) {
        Outcome<Recipe> outcome = new PytorchDialect().read(Input.of(new SourceText(name, text)));

        List<String> messages =
                outcome.findings().stream().map(Finding::message).toList();
        assertEquals(Optional.empty(), outcome.value(), messages.toString());
        assertTrue(messages.stream().anyMatch(m -> m.contains(words)), messages.toString());
    }

    @ParameterizedTest
    @MethodSource
    void read(String name, String text) {
        Outcome<Recipe> outcome = new PytorchDialect().read(Input.of(new SourceText(name, text)));

        assertTrue(outcome.value().isPresent(), outcome.findings().toString());
    }
}
