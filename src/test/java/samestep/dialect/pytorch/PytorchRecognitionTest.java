package samestep.dialect.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import samestep.dialect.pytorch.form.PytorchForm;
import samestep.text.SourceText;

/** A repository is full of YAML and JSON; only what says how weights move is taken for a configuration. */
class PytorchRecognitionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: test\n"
                        + "on: push\n"
                        + "jobs:\n"
                        + "  optim:\n"
                        + "    runs-on: ubuntu-latest\n"
                        + "    steps:\n"
                        + "    - run: pytest --opt lr\n",
                "{\"name\": \"optim\", \"dependencies\": {\"torch.optim\": \"1\"}, \"class_path\": \"x\"}",
                "learning_rate: 0.1\n",
                "base_model: x\nlearning_rate: 1e-4\nepochs: 3\noptimizer: adamw\n",
                "learning_rate: 1e-4\nmicro_batch_size: 2\nwarmup_steps: 10\noptimizer: adamw_bnb_8bit\nmax_steps: 9\n",
                "opt: adamw\nlr: 0.1\n",
                "opt: [a, b]\nlr: 0.1\nsched: cosine\n",
                "lr: 0.1\nsched: cosine\noptions: opt\n",
                "SOLVER:\n  BASE_LR: 0.1\n",
                "SOLVER:\n  BASE_LR: 0.1\n  MAX_ITER: 9\n",
                "MODEL:\n  NAME: x\nSOLVER:\n  OPT: SGD\n  BASE_LR: 0.1\n",
                "_BASE_: base.py\nMODEL: {}\n",
                "model:\n  class_path: mine.Model\n  init_args:\n    lr: 0.1\n    optimizer: adam\n",
                "callbacks:\n- class_path: mine.Optimizer\n",
                "_target_: src.Module\nlr: 0.1\noptim: adam\n",
                "optimizer:\n  _target_: torch.optim.Adam\n  lr: ${optimizer_lr}\n",
                "{\"learning_rate\": {\"feasible_points\": [0.1]}, \"weight_decay\": {\"min\": 0, \"max\": 1},"
                        + " \"warmup_steps\": 3}",
                "{\"class_name\": \"Sequential\", \"config\": {\"optimizer\": \"adam\"}}",
                "OPTIM:\n  BASE_LR:\n    TYPE: float_sampler\n  LR_POLICY: cos\n",
                "- learning_rate: 1\n- num_train_epochs: 2\n- lr_scheduler_type: linear\n",
                "learning_rate: 1e-4\nnum_train_epochs: [1\nlr_scheduler_type: linear\n",
                ""
            })
    void otherFilesAreNone(String text) {
        assertEquals(
                Optional.empty(),
                PytorchForms.of(new SourceText("config.yaml", text)).map(PytorchForm::describes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "train.py", "poetry.lock", "config.yaml.j2", "notes.txt"})
    void otherNamesAreNone(String name) {
        String text = "learning_rate: 1e-4\nnum_train_epochs: 3\nlr_scheduler_type: linear\n";
        assertEquals(
                Optional.empty(), PytorchForms.of(new SourceText(name, text)).map(PytorchForm::describes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "learning_rate: 1e-4~num_train_epochs: 3~lr_scheduler_type: linear|Hugging Face TrainingArguments",
                "{\"learning_rate\": 1e-4, \"warmup_steps\": 3, \"max_steps\": 9}|Hugging Face TrainingArguments",
                "opt: adamw~lr: 0.1~sched: cosine|timm args.yaml",
                "SOLVER:~  BASE_LR: 0.1~  MAX_ITER: 9~VERSION: 2|detectron2 YAML",
                "_BASE_: ../base.yaml~MODEL:~  MASK_ON: True|detectron2 YAML",
                "SOLVER:~  BASE_LR: 0.1~  OPTIMIZING_METHOD: sgd|SlowFast YAML",
                "OPTIM:~  BASE_LR: 0.1~  LR_POLICY: cos|pycls YAML",
                "optimizer:~  class_path: torch.optim.SGD~  init_args: {lr: 0.1}|Lightning CLI YAML",
                "optimizer: {class_path: Adam}|Lightning CLI YAML",
                "{\"optimizer\": {\"class_path\": \"torch.optim.SGD\"}, \"trainer\": {}}|Lightning CLI YAML",
                "a:~  optimizer:~    _target_: torch.optim.Adam~    lr: ${a.lr}~  lr: 0.1|Hydra YAML",
                "optimizer:~  _component_: torch.optim.AdamW~  lr: 2e-5|torchtune YAML"
            })
    void configurationsAreKnownByWhatTheySay(String text, String form) {
        SourceText source = new SourceText("config.yaml", text.replace('~', '\n'));
        assertEquals(Optional.of(form), PytorchForms.of(source).map(PytorchForm::describes));
    }
}
