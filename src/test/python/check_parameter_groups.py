"""Holds which parameters are decayed and trained by what Samestep writes against the libraries' own trainers.

For each of a dozen tiny models in float64 this translates a configuration with `--to pytorch --as python`, executes the
text, makes the optimizer with its configure() and takes ten updates with its update(). A copy of the model is trained by the
library that the configuration is of:

- Hugging Face's Trainer (its groups, its optimizer, its scheduler, its clipping, its train()) for Llama, Qwen2, T5, BERT,
  GPT-2 and BERT with tied weights, and an LSTM,
- timm's create_optimizer_v2 and dispatch_clip_grad for a ViT with LayerScale, ConvNeXt, ResNet and MobileNet.

The parameters of each group, and all weights after ten updates, must agree: groups exactly, weights within --tolerance. Then
a model with a parameter that is for nothing known must be refused with the parameter's name, and a frozen one left out.

Needs torch, transformers, accelerate and timm. To run it:

    python check_parameter_groups.py TRANSLATE

TRANSLATE is the launcher. Exits with 1 for a disagreement, else with 0.
"""

import argparse
import contextlib
import copy
import io
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

import timm
import timm.optim
import timm.utils
import torch
import transformers
from timm.models import convnext, mobilenetv3, resnet, vision_transformer

UPDATES = 10
BATCH = 4


def translated(launcher, folder, name, text, to="pytorch"):
    """The Python that Samestep writes for a configuration, executed: its names."""
    path = pathlib.Path(folder) / name
    path.write_text(text)
    done = subprocess.run(
        [launcher, path, "--to", to, "--as", "python"], capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1) or not done.stdout:
        raise RuntimeError(f"translate exits with {done.returncode}: {done.stderr.strip()}")
    names = {"__name__": "port"}
    exec(compile(done.stdout, "port.py", "exec"), names)  # pylint: disable=exec-used
    return names


def named_groups(model, optimizer):
    """Names of the parameters, by the decay of their group."""
    names = {id(p): n for n, p in model.named_parameters()}
    groups = {}
    for group in optimizer.param_groups:
        for parameter in group["params"]:
            groups.setdefault(group["weight_decay"], []).append(names[id(parameter)])
    return {decay: sorted(found) for decay, found in groups.items()}


def apart(one, other):
    """The largest difference of a weight."""
    pairs = zip(one.named_parameters(), other.named_parameters())
    return max(float((a - b).detach().abs().max()) for (_, a), (_, b) in pairs)


# Hugging Face ------------------------------------------------------------------------------------------------------

TRAINER = {
    "output_dir": "out",
    "learning_rate": 0.01,
    "weight_decay": 0.1,
    "max_grad_norm": 0.5,
    "lr_scheduler_type": "cosine",
    "warmup_steps": 3,
    "max_steps": UPDATES,
    "per_device_train_batch_size": BATCH,
}


class Recurrent(torch.nn.Module):
    """An LSTM that reads tokens, in the shape that the Trainer wants."""

    def __init__(self):
        super().__init__()
        self.embed = torch.nn.Embedding(50, 8)
        self.lstm = torch.nn.LSTM(8, 6, num_layers=2, bidirectional=True, batch_first=True)
        self.norm = torch.nn.LayerNorm(12)
        self.head = torch.nn.Linear(12, 50)

    def forward(self, input_ids, labels):
        """The loss and the outputs."""
        outputs = self.head(self.norm(self.lstm(self.embed(input_ids))[0]))
        return {"loss": torch.nn.functional.cross_entropy(outputs.flatten(0, 1), labels.flatten()), "logits": outputs}


def language_models():
    """Tiny models by name."""
    sizes = {"vocab_size": 50, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2}
    inner = {"intermediate_size": 32, "max_position_embeddings": 32}
    t = transformers
    yield "Llama", t.LlamaForCausalLM(t.LlamaConfig(**sizes, **inner, num_key_value_heads=2))
    yield "Qwen2", t.Qwen2ForCausalLM(t.Qwen2Config(**sizes, **inner, num_key_value_heads=2, tie_word_embeddings=True))
    yield "T5", t.T5ForConditionalGeneration(
        t.T5Config(vocab_size=50, d_model=16, d_kv=8, d_ff=32, num_layers=2, num_heads=2, dropout_rate=0.0,
                   decoder_start_token_id=0, pad_token_id=0)
    )
    still = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
    yield "BERT, tied", t.BertForMaskedLM(t.BertConfig(**sizes, **inner, **still))
    yield "GPT-2, tied", t.GPT2LMHeadModel(
        t.GPT2Config(vocab_size=50, n_positions=32, n_embd=16, n_layer=2, n_head=2, resid_pdrop=0.0, embd_pdrop=0.0,
                     attn_pdrop=0.0, bos_token_id=0, eos_token_id=0)
    )
    yield "LSTM", Recurrent()


def tokens():
    """Samples for ten updates."""
    ids = torch.randint(1, 50, (UPDATES * BATCH, 7), generator=torch.Generator().manual_seed(1))
    return [{"input_ids": row, "labels": row} for row in ids]


def by_trainer(model, folder):
    """The model after ten updates by the Trainer; and the Trainer."""

    class InOrder(transformers.Trainer):
        """One that does not shuffle."""

        def _get_train_sampler(self, *_):
            return torch.utils.data.SequentialSampler(self.train_dataset)

    arguments = transformers.TrainingArguments(
        **{**TRAINER, "output_dir": str(folder)}, use_cpu=True, report_to=[], save_strategy="no",
        logging_strategy="no", disable_tqdm=True, log_level="error",
    )
    trainer = InOrder(model=model, args=arguments, train_dataset=tokens())
    # The mean over the batch, as the text has it: all samples have as many tokens.
    trainer.model_accepts_loss_kwargs = False
    with contextlib.redirect_stdout(io.StringIO()):
        trainer.train()
    return trainer


def hugging_face(launcher, folder):
    """A line for each language model."""
    port = translated(launcher, folder, "args.json", json.dumps(TRAINER))
    for name, model in language_models():
        model = model.double()
        model.train()
        ours = copy.deepcopy(model)
        trainer = by_trainer(model, folder)
        expected = named_groups(model, trainer.optimizer)
        optimizer, scheduler = port["configure"](ours)
        groups = named_groups(ours, optimizer)
        samples = tokens()
        for number in range(UPDATES):
            rows = samples[number * BATCH : (number + 1) * BATCH]
            batch = {key: torch.stack([row[key] for row in rows]) for key in rows[0]}
            port["update"](ours, optimizer, scheduler, lambda m, b: m(**b)["loss"], iter([batch]))
        yield name, expected, groups, apart(model, ours)


# timm --------------------------------------------------------------------------------------------------------------

TIMM = """model: tiny
opt: adamw
opt_betas: [0.9, 0.999]
opt_eps: 1.0e-08
lr: 0.01
weight_decay: 0.1
sched: none
clip_grad: 0.5
clip_mode: norm
batch_size: 4
"""


def vision_models():
    """Tiny models by name."""
    size = {"num_classes": 5}
    yield "ViT with LayerScale", vision_transformer.VisionTransformer(
        img_size=16, patch_size=8, embed_dim=16, depth=2, num_heads=2, init_values=0.1, **size
    )
    yield "ConvNeXt", convnext.ConvNeXt(depths=(1, 1, 1, 1), dims=(8, 8, 16, 16), **size)
    yield "ResNet", resnet.ResNet(resnet.BasicBlock, (1, 1, 1, 1), channels=(8, 8, 16, 16), **size)
    yield "MobileNet", mobilenetv3.MobileNetV3(
        timm.models._efficientnet_builder.decode_arch_def([["ds_r1_k3_s1_e1_c8_nre"], ["ir_r1_k3_s2_e2_c16_se0.25"]]),
        stem_size=8, num_features=16, **size,
    )


def vision(launcher, folder):
    """A line for each vision model."""
    port = translated(launcher, folder, "args.yaml", TIMM)
    for name, model in vision_models():
        model = model.double()
        model.train()
        ours = copy.deepcopy(model)
        optimizer = timm.optim.create_optimizer_v2(
            model, opt="adamw", lr=0.01, weight_decay=0.1, betas=[0.9, 0.999], eps=1e-8
        )
        own, scheduler = port["configure"](ours)
        expected, groups = named_groups(model, optimizer), named_groups(ours, own)
        random = torch.Generator().manual_seed(2)

        def loss_of(net, batch):
            return torch.nn.functional.cross_entropy(net(batch[0]), batch[1])

        for _ in range(UPDATES):
            side = 16 if name.startswith("ViT") else 64
            batch = (
                torch.randn(BATCH, 3, side, side, generator=random, dtype=torch.float64),
                torch.randint(0, 5, (BATCH,), generator=random),
            )
            optimizer.zero_grad()
            loss_of(model, batch).backward()
            timm.utils.dispatch_clip_grad(model.parameters(), 0.5, mode="norm")
            optimizer.step()
            port["update"](ours, own, scheduler, loss_of, iter([batch]))
        yield name, expected, groups, apart(model, ours)


# What is not like that ---------------------------------------------------------------------------------------------



def refused(launcher, folder):
    """Whether a parameter that is for nothing known is named, and a frozen one left out."""
    port = translated(launcher, folder, "solver.prototxt", SOLVER)
    model = torch.nn.Module()
    model.ip1 = torch.nn.Linear(2, 2)
    model.scale = torch.nn.Parameter(torch.ones(2))
    try:
        port["configure"](model)
        named = False
    except ValueError as error:
        named = str(error).startswith("scale is in no group")
    model.scale.requires_grad_(False)
    optimizer, _ = port["configure"](model)
    held = {id(p) for group in optimizer.param_groups for p in group["params"]}
    return named and id(model.scale) not in held and len(held) == 2


def keras_model():
    """A model of Keras with layers that have several kernels; biases and normalisations are not decayed."""
    def layer(kind, name, **config):
        return {"class_name": kind, "config": {"name": name, **config}}

    parts = [
        layer("Bidirectional", "lstm", layer=layer("LSTM", "inner")),
        layer("MultiHeadAttention", "attention"),
        layer("LayerNormalization", "norm"),
        layer("Dense", "head"),
    ]
    adam = {"learning_rate": 0.01, "weight_decay": 0.1, "gradient_accumulation_steps": None}
    return {
        "class_name": "Sequential",
        "config": {"name": "m", "layers": parts},
        "optimizer": {"class_name": "AdamW", "config": adam},
        "exclude_from_weight_decay": {"var_names": ["(^|/)(bias|gamma|beta)(:|$)"]},
    }


def of_keras(launcher, folder):
    """Whether the names that Keras' layers get are PyTorch's: the groups hold every parameter, with the right decay."""
    port = translated(launcher, folder, "model.json", json.dumps(keras_model()))
    model = torch.nn.Module()
    model.lstm = torch.nn.LSTM(4, 3, bidirectional=True)
    model.attention = torch.nn.MultiheadAttention(6, 2)
    model.norm = torch.nn.LayerNorm(6)
    model.head = torch.nn.Linear(6, 2)
    optimizer, _ = port["configure"](model)
    groups = named_groups(model, optimizer)
    vectors = [n for n, _ in model.named_parameters() if "bias" in n or n.startswith("norm")]
    matrices = [n for n, _ in model.named_parameters() if n not in vectors]
    return groups == {0.0: sorted(vectors), 0.1: sorted(matrices)}


SOLVER = """base_lr: 0.1
lr_policy: "fixed"
max_iter: 10
weight_decay: 0.1
net_param {
  layer { name: "ip1" type: "InnerProduct" param { } param { decay_mult: 0 } inner_product_param { num_output: 2 } }
}
"""


def main():
    """Prints the table; the number of failures decides the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("translate", type=pathlib.Path, help="the launcher")
    parser.add_argument("--tolerance", type=float, default=1e-12)
    arguments = parser.parse_args()
    launcher = arguments.translate.resolve()

    warnings.simplefilter("ignore")
    transformers.utils.logging.set_verbosity_error()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    print(f"torch {torch.__version__}, transformers {transformers.__version__}, timm {timm.__version__}; float64, "
          f"{UPDATES} updates; parameters by decay; the largest difference of a weight")
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for part in (hugging_face, vision):
            for name, expected, groups, difference in part(launcher, folder):
                good = expected == groups and difference <= arguments.tolerance
                failures += not good
                counts = ", ".join(f"{len(found)} by {decay}" for decay, found in sorted(groups.items()))
                print(f"{name:20} {counts:22} {difference:8.1e}  {'agrees' if good else 'DISAGREES'}", flush=True)
                for decay in sorted(set(expected) | set(groups)):
                    wrong = set(expected.get(decay, [])) ^ set(groups.get(decay, []))
                    if wrong:
                        print(f"    by {decay}: {sorted(wrong)}")
        good = refused(launcher, folder)
        failures += not good
        print("a parameter in no group is named, a frozen one left out:", "yes" if good else "NO")
        good = of_keras(launcher, folder)
        failures += not good
        print("Keras' LSTM, MultiHeadAttention and LayerNormalization by PyTorch's names:", "yes" if good else "NO")
    print(f"{failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
