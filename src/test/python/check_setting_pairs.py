"""Runs generated pairs of files in the real Keras and the real PyTorch, and holds what Samestep says of their settings against it.

    mvn -q test -Dtest=GeneratedSettingPairsTest -Dsamestep.setting.pairs=target/pairs.jsonl
    python check_setting_pairs.py target/pairs.jsonl [HOW_MANY]

Each line has two files (Keras' JSON, timm's args.yaml, or transformers' TrainingArguments) and the kinds of settings that Samestep
says differ. A file's values are given to the framework's own layer, loss, optimizer, average or initializer, under the names and in
the unit of the file, which then takes a few steps. What comes out is compared: where both files say a setting, the outcomes must
differ exactly where Samestep says so. No whole net is trained: each setting is seen where it acts.

Needs keras 3, torch, timm, numpy and PyYAML from PyPI; keras 3.15.1, torch 2.15.0 and timm 1.0.31 are what it was written with.
Exits with 1 where one pair is judged otherwise, else with 0.
"""

import collections
import functools
import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402
import yaml  # noqa: E402
from timm.utils import ModelEmaV3  # noqa: E402
from torch import nn  # noqa: E402

keras.config.set_floatx("float64")
RANDOM = np.random.default_rng(17)
# Of a small variance: an epsilon is then seen in what comes out.
BATCHES = [RANDOM.normal(0.3, 0.02, (16, 4)) for _ in range(3)]
LOGITS = RANDOM.normal(0, 1, (8, 5))
LABELS = np.arange(8) % 5
STEPS = [1.0, -2.0, 0.5]


@functools.cache
def keras_statistics(momentum, epsilon):
    layer = keras.layers.BatchNormalization(momentum=momentum, epsilon=epsilon, center=False, scale=False, dtype="float64")
    for batch in BATCHES:
        out = layer(batch, training=True)
    return keras.ops.convert_to_numpy(layer.moving_mean), out.detach().cpu().numpy()


@functools.cache
def torch_statistics(momentum, epsilon):
    layer = nn.BatchNorm1d(4, momentum=momentum, eps=epsilon, affine=False, dtype=torch.float64)
    for batch in BATCHES:
        out = layer(torch.tensor(batch))
    return layer.running_mean.numpy(), out.numpy()


def dropped(layer):
    return float((layer == 0).float().mean())


@functools.cache
def keras_dropped(rate):
    return dropped(keras.layers.Dropout(rate, seed=17)(np.ones((200, 200), "float32"), training=True))


@functools.cache
def torch_dropped(rate):
    torch.manual_seed(17)
    return dropped(nn.Dropout(rate)(torch.ones(200, 200)))


@functools.cache
def keras_loss(smoothing):
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)
    return float(loss(np.eye(5)[LABELS], LOGITS))


@functools.cache
def torch_loss(smoothing):
    loss = nn.CrossEntropyLoss(label_smoothing=smoothing)
    return float(loss(torch.tensor(LOGITS), torch.tensor(LABELS)))


def share_kept(averages, weights):
    """The share of the old average in the last step; 0 where there is no average."""
    return (averages[-1] - weights[-1]) / (averages[-2] - weights[-1])


@functools.cache
def keras_average(use_ema, momentum):
    if not use_ema:
        return 0.0
    weight = keras.Variable(0.5, dtype="float64")
    optimizer = keras.optimizers.SGD(1.0, use_ema=True, ema_momentum=momentum)
    optimizer.build([weight])
    averages, weights = [], []
    for step in STEPS:
        optimizer.apply([keras.ops.convert_to_tensor(step, "float64")])
        averages.append(float(optimizer._model_variables_moving_average[0]))
        weights.append(float(weight))
    return share_kept(averages, weights)


@functools.cache
def timm_average(model_ema, decay):
    if not model_ema:
        return 0.0
    model = nn.Linear(1, 1, bias=False, dtype=torch.float64)
    ema = ModelEmaV3(model, decay=decay)
    averages, weights = [], []
    for count, step in enumerate(STEPS):
        with torch.no_grad():
            model.weight -= step
        ema.update(model, step=count)
        averages.append(float(ema.module.weight))
        weights.append(float(model.weight))
    return share_kept(averages, weights)


@functools.cache
def keras_format(policy):
    return str(keras.layers.Dense(2, dtype=policy)(np.ones((1, 2), "float32")).dtype)


@functools.cache
def torch_format(word):
    layer = nn.Linear(2, 2)
    with torch.autocast("cpu", dtype=getattr(torch, word), enabled=word != "float32"):
        return str(layer(torch.ones(1, 2)).dtype)


@functools.cache
def keras_start(initializer):
    made = keras.initializers.deserialize(json.loads(initializer))
    weights = keras.ops.convert_to_numpy(made((400, 250))).astype("float64")
    centred = weights - weights.mean()
    deviation = weights.std()
    return weights.mean(), deviation, (centred**4).mean() / deviation**4 if deviation > 0 else 0.0


def samples(batch, steps):
    """Samples that a loop has seen when the optimizer moves."""
    loader = torch.utils.data.DataLoader(range(10_000), batch_size=batch)
    seen = 0
    for index, data in enumerate(loader):
        seen += len(data)
        if (index + 1) % steps == 0:
            return seen
    raise ValueError("no update")


def of_keras(text):
    page = json.loads(text)
    layers = {layer["config"]["name"]: layer["config"] for layer in page["config"]["layers"]}
    optimizer = page["compile_config"]["optimizer"]["config"]
    mean, out = keras_statistics(layers["bn"]["momentum"], layers["bn"]["epsilon"])
    return {
        "STATISTICS_KEPT": mean,
        "NORMALISATION_EPSILON": out,
        "DROPOUT": keras_dropped(layers["drop"]["rate"]),
        "LABEL_SMOOTHING": keras_loss(page["compile_config"]["loss"]["config"]["label_smoothing"]),
        "WEIGHT_AVERAGE": keras_average(optimizer["use_ema"], optimizer["ema_momentum"]),
        "NUMBER_FORMAT": keras_format(layers["ip"]["dtype"]),
        "INITIAL_WEIGHTS": keras_start(json.dumps(layers["ip"]["kernel_initializer"])),
    }


def of_timm(text):
    page = yaml.safe_load(text)
    mean, out = torch_statistics(page["bn_momentum"], page["bn_eps"])
    return {
        "STATISTICS_KEPT": mean,
        "NORMALISATION_EPSILON": out,
        "DROPOUT": torch_dropped(page["drop"]),
        "LABEL_SMOOTHING": torch_loss(page["smoothing"]),
        "WEIGHT_AVERAGE": timm_average(page["model_ema"], page["model_ema_decay"]),
        "NUMBER_FORMAT": torch_format(page["amp_dtype"] if page["amp"] else "float32"),
        "SAMPLES_PER_UPDATE": samples(page["batch_size"], page["grad_accum_steps"]),
    }


def of_transformers(text):
    page = yaml.safe_load(text)
    return {
        "LABEL_SMOOTHING": torch_loss(page["label_smoothing_factor"]),
        "NUMBER_FORMAT": torch_format("float16" if page["fp16"] else "bfloat16" if page["bf16"] else "float32"),
        "SAMPLES_PER_UPDATE": samples(page["per_device_train_batch_size"], page["gradient_accumulation_steps"]),
    }


RUN = {"KERAS": of_keras, "TIMM": of_timm, "TRANSFORMERS": of_transformers}


def same(kind, one, other):
    """Whether two outcomes are the same: of what is drawn, within what so many draws leave open."""
    if kind == "NUMBER_FORMAT":
        return one == other
    if kind == "DROPOUT":
        return abs(one - other) < 0.02
    if kind == "INITIAL_WEIGHTS":
        return (
            abs(one[0] - other[0]) < 0.002
            and abs(one[1] - other[1]) <= 0.02 * max(one[1], other[1])
            and abs(one[2] - other[2]) < 0.1
        )
    # Keras takes the variance as a difference of squares; the least difference of two epsilons here is a tenth.
    return np.allclose(one, other, rtol=1e-6, atol=1e-3 if kind == "NORMALISATION_EPSILON" else 1e-8)


def main(path, most):
    wrong = []
    counts = collections.Counter()
    with open(path) as lines:
        pairs = [json.loads(line) for line in lines][:most]
    for pair in pairs:
        first = RUN[pair["first"]["form"]](pair["first"]["text"])
        second = RUN[pair["second"]["form"]](pair["second"]["text"])
        seen = {kind for kind in first.keys() & second.keys() if not same(kind, first[kind], second[kind])}
        counts["settings run on both sides"] += len(first.keys() & second.keys())
        counts["pairs that differ"] += bool(seen)
        if seen != set(pair["differs"]):
            wrong.append((sorted(seen), pair))
    for seen, pair in wrong[:5]:
        print(f"FAIL trained otherwise: {seen}; Samestep says {pair['differs']}\n{pair['first']}\n{pair['second']}")
    print(f"{len(pairs)} pairs, {dict(counts)}, {len(wrong)} judged otherwise than they train")
    return 1 if wrong or not pairs else 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) == 3 else 5_000))
