"""Holds what Samestep writes for Keras against the source's own trainer, on ten tiny architectures in real Keras 3.

The models are Llama (RMSNormalization), Qwen2, T5 (relative attention bias), BERT and GPT-2 (tied weights), ViT (class token,
positions, LayerScale), ConvNeXt (LayerScale), ResNet, an LSTM and MobileNet; of Keras' layers, and of a few small ones below
where Keras has none. Each is trained twice for ten updates in float64 from the same weights: by what a file of the Trainer of
transformers (language models) or of timm (vision models) is translated to with `--to keras`, as the Python text, and as JSON for
those models where names alone do not say all; and by PyTorch's AdamW with the groups that the library's rule gives, the library's
scheduler and its clip, given the same gradients. Differences up to --tolerance are Keras' own: its schedules and the betas of its
bias corrections are in single precision, and PyTorch's clip adds 0.000001. (Keras' epsilon is added before the bias correction,
which the tool says; here it is 1e-30, so that gradients of any size can be compared.) A decay that is wrong is off by more.

The JSON leaves out by names only; where the rule asks for more, what it cannot say is expected to decay (BY_NAMES).

The backend is that of KERAS_BACKEND, TensorFlow or JAX. Needs keras with its backend, numpy, torch and transformers:

    KERAS_BACKEND=jax python check_keras_architectures.py TRANSLATE

TRANSLATE is the launcher. Exits with 1 for a disagreement, else with 0.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

# JAX computes in float32 unless this is set before it is loaded.
os.environ.setdefault("JAX_ENABLE_X64", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras  # noqa: E402  pylint: disable=wrong-import-position
import numpy as np  # noqa: E402  pylint: disable=wrong-import-position

from keras import layers as L  # noqa: E402  pylint: disable=wrong-import-position

UPDATES = 10
WORDS, SIZE, LENGTH, SIDE = 20, 8, 5, 16
NORMS = (L.RMSNormalization, L.LayerNormalization, L.BatchNormalization)
# What PyTorch's rules find by class, dimension or the model's own list, and no expression of names can.
BY_NAMES = {
    "T5": () if keras.backend.backend() == "tensorflow" else ("relative_attention_bias",),
    "ViT with LayerScale": ("cls_token", "pos_embed", "lambda"),
    "ConvNeXt": ("lambda",),
}


# Layers that Keras has not ------------------------------------------------------------------------------------------


class Positions(keras.Layer):
    """A class token before the sequence, and a learned embedding of positions, as timm's models have them."""

    def build(self, shape):
        self.cls_token = self.add_weight(shape=(1, 1, shape[-1]), initializer="normal", name="cls_token")
        self.pos_embed = self.add_weight(shape=(1, shape[1] + 1, shape[-1]), initializer="normal", name="pos_embed")

    def call(self, x):
        token = keras.ops.broadcast_to(self.cls_token, (keras.ops.shape(x)[0], 1, x.shape[-1]))
        return keras.ops.concatenate([token, x], axis=1) + self.pos_embed


class LayerScale(keras.Layer):
    """A factor for each channel."""

    def build(self, shape):
        self.factor = self.add_weight(shape=(shape[-1],), initializer=keras.initializers.Constant(0.5), name="lambda")

    def call(self, x):
        return x * self.factor


class RelativeAttention(keras.Layer):
    """One head of T5's attention: a bias for each distance, in an embedding of its own."""

    def __init__(self, **arguments):
        super().__init__(**arguments)
        self.q, self.k, self.v, self.o = (L.Dense(SIZE, use_bias=False, name=name) for name in "qkvo")
        self.relative_attention_bias = L.Embedding(2 * LENGTH, 1, name="relative_attention_bias")

    def build(self, shape):
        for layer in (self.q, self.k, self.v, self.o):
            layer.build(shape)
        self.relative_attention_bias.build(None)

    def call(self, x):
        places = np.arange(LENGTH)
        bias = self.relative_attention_bias(places[:, None] - places[None, :] + LENGTH)[..., 0]
        scores = keras.ops.matmul(self.q(x), keras.ops.transpose(self.k(x), (0, 2, 1))) + bias
        return self.o(keras.ops.matmul(keras.ops.softmax(scores), self.v(x)))


# The models ---------------------------------------------------------------------------------------------------------


def llama(tied=False, bias=False):
    """One block of Llama, or of Qwen2."""
    words = keras.Input((LENGTH,), dtype="int32")
    embed = L.ReversibleEmbedding(WORDS, SIZE, tie_weights=tied, name="embed_tokens")
    x = embed(words)
    y = L.RMSNormalization(name="input_layernorm")(x)
    x = x + L.GroupQueryAttention(4, 2, 1, use_bias=bias, name="self_attn")(y, y, use_causal_mask=True)
    y = L.RMSNormalization(name="mlp_rms")(x)
    gate = L.Dense(16, activation="silu", use_bias=False, name="gate_proj")(y)
    x = x + L.Dense(SIZE, use_bias=False, name="down_proj")(gate * L.Dense(16, use_bias=False, name="up_proj")(y))
    return keras.Model(words, embed(L.RMSNormalization(name="last")(x), reverse=True), name="llama")


def t5():
    """One block of T5."""
    words = keras.Input((LENGTH,), dtype="int32")
    x = L.Embedding(WORDS, SIZE, name="shared")(words)
    x = x + RelativeAttention(name="attention")(L.RMSNormalization(name="ln_1")(x))
    y = L.Dense(16, activation="relu", use_bias=False, name="wi")(L.RMSNormalization(name="ln_2")(x))
    x = x + L.Dense(SIZE, use_bias=False, name="wo")(y)
    return keras.Model(words, L.Dense(WORDS, use_bias=False, name="lm_head")(x), name="t5")


def bert(first):
    """One block of BERT, normalised behind, or of GPT-2, normalised before; the output is tied."""
    words = keras.Input((LENGTH,), dtype="int32")
    embed = L.ReversibleEmbedding(WORDS, SIZE, name="wte")
    x = embed(words) + L.Embedding(LENGTH, SIZE, name="wpe")(keras.ops.arange(LENGTH))
    norms = [L.LayerNormalization(name=f"ln_{i}") for i in range(2)]
    y = norms[0](x) if first else x
    x = x + L.MultiHeadAttention(2, 4, name="attn")(y, y)
    x = x if first else norms[0](x)
    y = norms[1](x) if first else x
    x = x + L.Dense(SIZE, name="output_dense")(L.Dense(16, activation="gelu", name="intermediate")(y))
    x = x if first else norms[1](x)
    return keras.Model(words, embed(x, reverse=True), name="gpt2" if first else "bert")


def lstm():
    """An LSTM that reads both ways."""
    words = keras.Input((LENGTH,), dtype="int32")
    x = L.Embedding(WORDS, SIZE, name="embed")(words)
    x = L.Bidirectional(L.LSTM(4, return_sequences=True, name="inner"), name="lstm")(x)
    return keras.Model(words, L.Dense(WORDS, name="head")(L.LayerNormalization(name="ln")(x)), name="recurrent")


def vit():
    """One block of a ViT with LayerScale."""
    image = keras.Input((SIDE, SIDE, 3))
    x = L.Reshape((-1, SIZE))(L.Conv2D(SIZE, 8, 8, name="patch_embed")(image))
    x = Positions(name="positions")(x)
    y = L.LayerNormalization(name="norm1")(x)
    x = x + LayerScale(name="ls1")(L.MultiHeadAttention(2, 4, name="attn")(y, y))
    y = L.Dense(16, activation="gelu", name="fc1")(L.LayerNormalization(name="norm2")(x))
    x = x + LayerScale(name="ls2")(L.Dense(SIZE, name="fc2")(y))
    return keras.Model(image, L.Dense(5, name="head")(x[:, 0]), name="vit")


def convnext():
    """One block of ConvNeXt."""
    image = keras.Input((SIDE, SIDE, 3))
    x = L.LayerNormalization(name="stem_ln")(L.Conv2D(SIZE, 4, 4, name="stem")(image))
    y = L.LayerNormalization(name="ln")(L.DepthwiseConv2D(3, padding="same", name="conv_dw")(x))
    y = L.Dense(SIZE, name="fc2")(L.Dense(16, activation="gelu", name="fc1")(y))
    x = L.GlobalAveragePooling2D()(x + LayerScale(name="scale")(y))
    return keras.Model(image, L.Dense(5, name="head")(x), name="convnext")


def resnet():
    """One block of a ResNet."""
    image = keras.Input((SIDE, SIDE, 3))
    given = {"use_bias": False, "padding": "same"}
    x = L.ReLU()(L.BatchNormalization(name="bn1")(L.Conv2D(SIZE, 3, 2, name="conv1", **given)(image)))
    y = L.ReLU()(L.BatchNormalization(name="bn2")(L.Conv2D(SIZE, 3, name="conv2", **given)(x)))
    x = x + L.BatchNormalization(name="bn3", gamma_initializer="zeros")(L.Conv2D(SIZE, 3, name="conv3", **given)(y))
    x = L.GlobalAveragePooling2D()(L.ReLU()(x))
    return keras.Model(image, L.Dense(5, name="fc")(x), name="resnet")


def mobilenet():
    """One inverted residual of a MobileNet, with squeeze and excitation."""
    image = keras.Input((SIDE, SIDE, 3))
    given = {"use_bias": False}
    x = L.BatchNormalization(name="bn0")(L.Conv2D(SIZE, 3, 2, padding="same", name="stem", **given)(image))
    y = L.ReLU(6.0)(L.BatchNormalization(name="bn1")(L.Conv2D(16, 1, name="expand", **given)(x)))
    y = L.ReLU(6.0)(L.BatchNormalization(name="bn2")(L.DepthwiseConv2D(3, padding="same", name="dw", **given)(y)))
    s = L.Conv2D(4, 1, activation="relu", name="reduce")(L.GlobalAveragePooling2D(keepdims=True)(y))
    y = y * L.Conv2D(16, 1, activation="sigmoid", name="gate")(s)
    x = x + L.BatchNormalization(name="bn3")(L.Conv2D(SIZE, 1, name="project", **given)(y))
    return keras.Model(image, L.Dense(5, name="head")(L.GlobalAveragePooling2D()(x)), name="mobilenet")


LANGUAGE = {
    "Llama": llama, "Qwen2": lambda: llama(True, True), "T5": t5, "BERT, tied": lambda: bert(False),
    "GPT-2, tied": lambda: bert(True), "LSTM": lstm,
}
VISION = {"ViT with LayerScale": vit, "ConvNeXt": convnext, "ResNet": resnet, "MobileNet": mobilenet}


def left_out(name, model):
    """Paths of what PyTorch's rules do not decay: biases, normalisations by their class, and what few models have besides."""
    own = {id(v) for layer in model._flatten_layers() if isinstance(layer, NORMS) for v in layer.trainable_variables}
    besides = ("relative_attention_bias",) if name in LANGUAGE else ("cls_token", "pos_embed", "lambda")
    return {
        v.path for v in model.trainable_variables
        if id(v) in own or v.path.endswith("bias") or any(part in v.path.split("/") for part in besides)
    }


# Training -----------------------------------------------------------------------------------------------------------


def batches(model):
    """Ten batches of what the model takes, and the labels."""
    random = np.random.default_rng(5)
    for _ in range(UPDATES):
        if model.input_shape[-1] == LENGTH:
            words = random.integers(0, WORDS, (4, LENGTH)).astype("int32")
            yield words, random.integers(0, WORDS, (4, LENGTH)).astype("int32")
        else:
            yield random.normal(size=(4, SIDE, SIDE, 3)), random.integers(0, 5, 4).astype("int32")


def loss_of(outputs, labels, penalties):
    """The mean cross-entropy, and the penalties."""
    crossentropy = keras.losses.sparse_categorical_crossentropy(labels, outputs, from_logits=True)
    return keras.ops.mean(crossentropy) + sum(penalties, keras.ops.zeros((), "float64"))


def gradients(model, inputs, labels):
    """The gradient of each variable that is trained."""
    variables = model.trainable_variables
    if keras.backend.backend() == "jax":
        import jax  # pylint: disable=import-outside-toplevel

        others = [v.value for v in model.non_trainable_variables]

        def loss(values):
            outputs, _, penalties = model.stateless_call(values, others, inputs, training=False, return_losses=True)
            return loss_of(outputs, labels, penalties)

        return list(jax.grad(loss)([v.value for v in variables]))
    import tensorflow  # pylint: disable=import-outside-toplevel

    with tensorflow.GradientTape() as tape:
        loss = loss_of(model(inputs, training=False), labels, model.losses)
    return [tensorflow.convert_to_tensor(g) for g in tape.gradient(loss, [v.value for v in variables])]


def trained(model, optimizer):
    """The weights after ten updates, by path, and the gradients that there were."""
    seen = []
    for inputs, labels in batches(model):
        found = gradients(model, inputs, labels)
        seen.append([np.array(keras.ops.convert_to_numpy(g)) for g in found])
        optimizer.apply(found, model.trainable_variables)
    return weights(model), seen


def weights(model):
    """By path."""
    found = {v.path: np.array(keras.ops.convert_to_numpy(v)) for v in model.trainable_variables}
    if any(w.dtype != np.float64 for w in found.values()):
        raise RuntimeError("not all weights are float64")
    return found


def apart(one, other):
    """The largest difference of a weight, and where it is."""
    if one.keys() != other.keys():
        return float("inf"), str(sorted(one.keys() ^ other.keys()))
    # NaN is no agreement.
    found = {path: float(np.max(np.abs(one[path] - other[path]))) for path in one}
    worst = max(found, key=lambda path: float("inf") if np.isnan(found[path]) else found[path])
    return found[worst] if not np.isnan(found[worst]) else float("inf"), worst


def translated(launcher, folder, name, text, style):
    """What is written in a style."""
    path = pathlib.Path(folder) / name
    path.write_text(text)
    command = [launcher, path, "--to", "keras", "--as", style]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        raise RuntimeError(f"translate exits with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def loaded(text, style):
    """The optimizer of a text."""
    keras.saving.get_custom_objects().clear()
    if style == "python":
        names = {"__name__": "port"}
        exec(compile(text, "port.py", "exec"), names)  # pylint: disable=exec-used
        return names["optimizer"]
    port = json.loads(text)
    optimizer = keras.optimizers.deserialize(port["optimizer"])
    if "exclude_from_weight_decay" in port:
        optimizer.exclude_from_weight_decay(**port["exclude_from_weight_decay"])
    return optimizer


# From a file of PyTorch ---------------------------------------------------------------------------------------------

TRAINER = {
    "output_dir": "out", "learning_rate": 0.01, "weight_decay": 0.1, "max_grad_norm": 0.5, "lr_scheduler_type": "cosine",
    "warmup_steps": 3, "max_steps": UPDATES, "per_device_train_batch_size": 4, "adam_epsilon": 1e-30,
}
TIMM = """model: tiny
opt: adamw
opt_betas: [0.9, 0.999]
opt_eps: 1.0e-30
lr: 0.01
weight_decay: 0.1
sched: none
clip_grad: 0.5
clip_mode: norm
batch_size: 4
"""
BY_TORCH = """
import sys, numpy, torch, transformers
torch.set_num_threads(1)
for source, target in zip(sys.argv[1::2], sys.argv[2::2]):
    given = numpy.load(source)
    count, updates, cosine = int(given["count"]), int(given["updates"]), bool(given["cosine"])
    weights = [torch.tensor(given[f"w{i}"]).requires_grad_() for i in range(count)]
    left_out = given["left_out"]
    groups = [{"params": [w for w, out in zip(weights, left_out) if bool(out) == which], "weight_decay": decay}
              for which, decay in ((False, 0.1), (True, 0.0))]
    optimizer = torch.optim.AdamW([g for g in groups if g["params"]], lr=0.01, betas=(0.9, 0.999), eps=1e-30)
    name, warm = ("cosine", 3) if cosine else ("constant", 0)
    scheduler = transformers.get_scheduler(name, optimizer, num_warmup_steps=warm, num_training_steps=updates)
    for update in range(updates):
        for i, weight in enumerate(weights):
            weight.grad = torch.tensor(given[f"g{update}_{i}"])
        torch.nn.utils.clip_grad_norm_(weights, 0.5)
        optimizer.step()
        scheduler.step()
    numpy.savez(target, *[w.detach().numpy() for w in weights])
"""


class ByTorch:
    """What PyTorch comes to, in a process of its own: TensorFlow's LLVM and PyTorch's do not go together."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.files = []

    def add(self, before, seen, without, cosine):
        """One training: the weights before, the gradients, which weights are not decayed, and whether the rate changes."""
        number = len(self.files)
        given = {f"w{i}": w for i, w in enumerate(before.values())}
        given.update({f"g{u}_{i}": g for u, all_of in enumerate(seen) for i, g in enumerate(all_of)})
        given.update({"count": len(before), "updates": UPDATES, "cosine": cosine, "left_out": [p in without for p in before]})
        source, target = (str(self.folder / f"{name}{number}.npz") for name in ("given", "reached"))
        np.savez(source, **given)
        self.files.append((source, target, list(before)))

    def reached(self):
        """The weights of each, by path."""
        files = [name for source, target, _ in self.files for name in (source, target)]
        subprocess.run([sys.executable, "-c", BY_TORCH, *files], check=True)
        for _, target, paths in self.files:
            with np.load(target) as found:
                yield dict(zip(paths, [found[f"arr_{i}"] for i in range(len(paths))]))


def of_torch(launcher, folder):
    """A line for each model and style."""
    torch, ours = ByTorch(folder), []
    for models, name, text in ((LANGUAGE, "args.json", json.dumps(TRAINER)), (VISION, "args.yaml", TIMM)):
        ports = {style: translated(launcher, folder, name, text, style) for style in ("python", "json")}
        for of, build in models.items():
            for style, port in ports.items():
                if style == "json" and of not in BY_NAMES:
                    continue
                keras.utils.set_random_seed(7)
                model = build()
                optimizer = loaded(port, style)
                if style == "python" and hasattr(optimizer, "no_weight_decay"):
                    optimizer.no_weight_decay = ("cls_token", "pos_embed")
                without = left_out(of, model)
                if style == "json":
                    without = {p for p in without if not any(part in p.split("/") for part in BY_NAMES[of])}
                before = weights(model)
                reached, seen = trained(model, optimizer)
                torch.add(before, seen, without, models is LANGUAGE)
                ours.append((f"{of}, {name} as {style}", len(before), len(without), reached))
    for (name, count, without, reached), theirs in zip(ours, torch.reached()):
        yield name, count, without, *apart(reached, theirs)


def main():
    """Prints the table; the number of failures decides the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("translate", type=pathlib.Path, help="the launcher")
    parser.add_argument("--tolerance", type=float, default=1e-5)
    parser.add_argument("--only", default="", help="models whose name contains this")
    arguments = parser.parse_args()
    launcher = arguments.translate.resolve()
    for models in (LANGUAGE, VISION):
        for name in [name for name in models if arguments.only not in name]:
            del models[name]
    keras.backend.set_floatx("float64")
    print(f"keras {keras.__version__} on {keras.backend.backend()}; float64, {UPDATES} updates; variables, those that are"
          " not decayed, the largest difference of a weight")
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, count, without, worst, where in of_torch(launcher, folder):
            good = worst <= arguments.tolerance
            failures += not good
            verdict = "agrees" if good else f"DISAGREES, most at {where}"
            print(f"{name:44} {count:3} {without:3} {worst:8.1e}  {verdict}", flush=True)
    print(f"{failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
