package samestep.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import samestep.text.SourceText;

class UnsupportedFormsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "args.yaml|task: detect;mode: val;lr0: 0.01;lrf: 0.01"
                        + "|an Ultralytics args.yaml of a mode that does not train",
                "hyp.scratch.yaml|lr0: 0.01;lrf: 0.1;warmup_bias_lr: 0.1"
                        + "|a YOLOv5 or YOLOv7 hyp.yaml (it has no optimizer, batch and epochs: these are in the command)",
                "ds.json|{\"train_batch_size\": 8, \"bf16\": {}}|a DeepSpeed configuration",
                "sft.yaml|training:;  trainer_type: TRL_SFT|an oumi configuration",
                "recipe.yaml|model_name_or_path: x;learning_rate: 1e-5|a TRL recipe",
                "mlx.yaml|optimizer_config:;iters: 10|an mlx-lm configuration",
                "maxtext.yml|base_config: base.yml;per_device_batch_size: 4|a MaxText configuration",
                "mpt.yaml|optimizer:;  name: x;max_duration: 10ba|an llm-foundry or Composer configuration",
                "fairseq.yaml|criterion: x;optimization:|a fairseq configuration",
                "nemo.yaml|trainer:;  devices: 1;model:;  optim:;    name: adamw|a NeMo configuration",
                "llama.toml|[optimizer];[training]|a torchtitan configuration",
                "run.sh|python x.py;  --lr 1 --lr-decay-style cosine|a Megatron-LM command",
                "train.py|import argparse;import mxnet as mx|an MXNet program",
                "alexnet.py|from tensorpack import *|a tensorpack program",
                "train.lua|require 'xlua';require 'optim'|a Lua Torch program",
                "t5.gin|train.Trainer.learning_rate_fn = @x()|a gin configuration, as in T5X"
            })
    void aFormIsKnownByItsMarks(String name, String text, String form) {
        assertEquals(Optional.of(form), UnsupportedForms.of(new SourceText(name, text.replace(';', '\n') + "\n")));
    }

    @Test
    void nothingElseIs() {
        for (String name : new String[] {"a.yaml", "a.json", "a.py", "a.toml", "a.sh", "a.prototxt"}) {
            String text = "name: x\nmodel: y\n  lr0: 1\n# optim_wrapper = 1\n";
            assertFalse(UnsupportedForms.of(new SourceText(name, text)).isPresent(), name);
        }
    }

    @Test
    void groupsWithoutTheirOptimizerSayWhatIsMissing() {
        String groups = "[\n {\"lr\": 0.1, \"weight_decay\": 0.0, \"params\": [0, 1]}\n]\n";
        String form = UnsupportedForms.of(new SourceText("state.json", groups)).orElseThrow();
        assertTrue(form.startsWith("a list of PyTorch's parameter groups that does not name its optimizer"), form);
        assertFalse(UnsupportedForms.of(new SourceText("a.json", "{\"a\": " + groups + "}"))
                .isPresent());
    }
}
