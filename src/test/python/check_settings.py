"""Holds settings that Samestep translates against the real Keras and the real PyTorch.

For twelve settings this runs `translate`, takes the values that it writes for the other framework (the fields of the document,
and the arguments of the checklist), makes the real layer, loss or average with them in both, and demands two things: the
translated value trains alike, and the other framework's default, or the number copied as it is, does not.

    python check_settings.py TRANSLATE

TRANSLATE is the launcher. Needs keras 3, torch and numpy from PyPI; keras 3.15.1 and torch 2.15.0 are what it was written with.
Exits with 1 where one of the twelve does not hold, else with 0.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

os.environ.setdefault("KERAS_BACKEND", "torch")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402
from torch import nn  # noqa: E402
from torch.optim.swa_utils import get_ema_multi_avg_fn  # noqa: E402

keras.config.set_floatx("float64")
keras.config.set_dtype_policy("float64")
torch.set_default_dtype(torch.float64)
RANDOM = np.random.default_rng(17)
TOLERANCE = 1e-6
failures = []


def check(name, agrees, differs):
    """Notes whether the translated value trains alike (a difference), and another one does not."""
    holds = agrees <= TOLERANCE and differs > 100 * TOLERANCE
    print(f"{'ok  ' if holds else 'FAIL'} {name}: translated {agrees:.2g} apart, untranslated {differs:.2g}")
    if not holds:
        failures.append(name)


def translated(launcher, name, text, *options):
    """The document that is written, and the checklist by setting; each is a list."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / name
        path.write_text(text)
        done = subprocess.run(
            [launcher, str(path), "--format", "json", *options], capture_output=True, text=True, check=False
        )
    if done.returncode not in (0, 1):
        raise SystemExit(f"translate {name} {options}: {done.stderr}")
    page = json.loads(done.stdout)
    says = {}
    for item in page["checklist"]:
        says.setdefault(item["setting"], []).append(item)
    return page["configuration"], says


def largest(one, other):
    return float(np.max(np.abs(np.asarray(one) - np.asarray(other))))


def double(array):
    """A tensor of double precision."""
    return keras.ops.convert_to_tensor(array, dtype="float64")


def keras_model():
    """A model with each kind of layer, as its to_json() with what compile() was given."""
    scaled = keras.initializers.VarianceScaling(2.0, mode="fan_in", distribution="untruncated_normal")
    model = keras.Sequential(
        [
            keras.Input((8,)),
            keras.layers.Dense(6, name="dense", kernel_initializer=scaled),
            keras.layers.BatchNormalization(momentum=0.9375, epsilon=0.015625, name="norm"),
            keras.layers.Dropout(0.3, name="drop"),
            keras.layers.Dense(4, name="head"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.SGD(0.1, use_ema=True, ema_momentum=0.9),
        loss=keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.2),
    )
    page = json.loads(model.to_json())
    page["keras_version"] = keras.__version__
    return json.dumps(page)


def keras_statistics(momentum, epsilon):
    """Running statistics after ten batches, and what the layer then gives."""
    layer = keras.layers.BatchNormalization(momentum=momentum, epsilon=epsilon)
    for batch in BATCHES:
        layer(double(batch), training=True)
    given = layer(double(BATCHES[0]), training=False)
    return [keras.ops.convert_to_numpy(v) for v in (layer.moving_mean, layer.moving_variance, given)]


def torch_statistics(layer):
    for batch in BATCHES:
        layer(torch.tensor(batch))
    layer.eval()
    given = layer(torch.tensor(BATCHES[0])).detach().numpy()
    return layer.running_mean.numpy(), layer.running_var.numpy(), given


# Keras normalises in single precision: the shares and epsilons are the same in it, and no number is above 3.
SAMPLES = 50
BATCHES = [RANDOM.normal(i / 10, 0.5 + i / 20, (SAMPLES, 5)) for i in range(10)]
UNBIASED = SAMPLES / (SAMPLES - 1)


def argument(says, setting, name):
    """The number of an argument in the words of a checklist."""
    words = says[setting][0]["says"]
    return float(words.split(name + "=")[1].split(")")[0].split(",")[0])


def normalisation_of(name, here, there, copied):
    """Means as they are; PyTorch's variances are n / (n - 1) times as large, also what the start has not left of them."""
    check(name + ", mean", largest(here[0], there[0]), largest(here[0], copied[0]))


def variance(name, kept, here, there):
    start = kept ** len(BATCHES)
    unbiased = start + UNBIASED * (here[1] - start)
    check(name + ", variance times n / (n - 1)", largest(unbiased, there[1]), largest(here[1], there[1]))


def normalisation_from_keras(says):
    momentum = argument(says, "running statistics, share kept", "momentum")
    epsilon = argument(says, "normalisation epsilon", "eps")
    here = keras_statistics(0.9375, 0.015625)
    there = torch_statistics(nn.BatchNorm1d(5, momentum=momentum, eps=epsilon))
    copied = torch_statistics(nn.BatchNorm1d(5, momentum=0.9375, eps=epsilon))
    normalisation_of("1 running statistics, Keras to PyTorch", here, there, copied)
    variance("1 running statistics, Keras to PyTorch", 0.9375, here, there)
    batch = RANDOM.normal(0, 0.1, (SAMPLES, 5))
    here = keras.ops.convert_to_numpy(keras.layers.BatchNormalization(epsilon=0.015625)(double(batch), training=True))
    there = nn.BatchNorm1d(5, eps=epsilon)(torch.tensor(batch)).detach().numpy()
    plain = nn.BatchNorm1d(5)(torch.tensor(batch)).detach().numpy()
    check("2 epsilon, Keras to PyTorch", largest(here, there), largest(here, plain))


TIMM = "model: net\nopt: momentum\nlr: 0.1\nsched: none\nbn_momentum: 0.0625\nbn_eps: 0.0078125\ndrop: 0.2\n"


def normalisation_from_timm(launcher):
    document, _ = translated(launcher, "args.yaml", TIMM, "--to", "keras")
    every = document["layers"]["*"]
    here = keras_statistics(every["momentum"], every["epsilon"])
    there = torch_statistics(nn.BatchNorm1d(5, momentum=0.0625, eps=0.0078125))
    normalisation_of(
        "3 running statistics, PyTorch to Keras", here, there, torch_statistics(nn.BatchNorm1d(5, momentum=0.9375))
    )
    variance("3 running statistics, PyTorch to Keras", every["momentum"], here, there)
    batch = RANDOM.normal(0, 0.1, (SAMPLES, 5))
    layer = keras.layers.BatchNormalization(epsilon=every["epsilon"])
    here = keras.ops.convert_to_numpy(layer(double(batch), training=True))
    there = nn.BatchNorm1d(5, eps=0.0078125)(torch.tensor(batch)).detach().numpy()
    plain = keras.ops.convert_to_numpy(keras.layers.BatchNormalization()(double(batch), training=True))
    check("4 epsilon, PyTorch to Keras", largest(here, there), largest(plain, there))


CLASSES = 4
INPUTS = RANDOM.normal(size=(12, 8))
LABELS = RANDOM.integers(0, CLASSES, 12)
ONE_HOT = np.eye(CLASSES)[LABELS]
WEIGHTS = RANDOM.normal(size=(8, CLASSES))


def keras_step(steps=1, **compiling):
    """The kernel of one dense layer after updates of a rate of 0.1."""
    model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(CLASSES, use_bias=False)])
    optimizer = compiling.pop("optimizer", None) or keras.optimizers.SGD(0.1)
    model.compile(optimizer=optimizer, **compiling)
    model.layers[0].kernel.assign(WEIGHTS)
    for part in np.split(np.arange(12), steps):
        model.train_on_batch(INPUTS[part], ONE_HOT[part])
    return keras.ops.convert_to_numpy(model.layers[0].kernel)


def torch_step(loss):
    kernel = torch.tensor(WEIGHTS, requires_grad=True)
    loss(torch.tensor(INPUTS) @ kernel).backward()
    return (kernel - 0.1 * kernel.grad).detach().numpy()


def cross_entropy(**arguments):
    criterion = nn.CrossEntropyLoss(**arguments)
    return lambda outputs: criterion(outputs, torch.tensor(LABELS))


NET = (
    'layer { name: "d" type: "Data" top: "d" data_param { batch_size: 12 } }'
    ' layer { name: "ip" type: "InnerProduct" inner_product_param { bias_term: false weight_filler { type: "xavier"'
    " variance_norm: AVERAGE } } }"
    ' layer { name: "drop" type: "Dropout" dropout_param { dropout_ratio: 0.35 } }'
    ' layer { name: "loss" type: "SoftmaxWithLoss" LOSS }'
)


def solver(loss):
    return 'base_lr: 0.1 lr_policy: "fixed" max_iter: 10 net_param { ' + NET.replace("LOSS", loss) + " }"


def losses(launcher):
    plain = keras.losses.CategoricalCrossentropy(from_logits=True)
    document, _ = translated(launcher, "solver.prototxt", solver("loss_weight: 3"), "--to", "keras")
    weight = document["compile_config"]["loss_weights"]
    here = torch_step(lambda outputs: 3 * cross_entropy()(outputs))
    check(
        "5 loss weight, Caffe to Keras and PyTorch",
        largest(here, keras_step(loss=plain, loss_weights=weight)),
        largest(here, keras_step(loss=plain)),
    )
    _, says = translated(
        launcher, "solver.prototxt", solver("loss_param { normalization: NONE }"), "--to", "pytorch", "--as", "python"
    )
    reduction = says["loss averaged over"][0]["says"].split('"')[1]
    summed = keras.losses.CategoricalCrossentropy(from_logits=True, reduction="sum")
    here = torch_step(cross_entropy(reduction=reduction))
    check(
        "6 reduction, Caffe to PyTorch",
        largest(here, keras_step(loss=summed)),
        largest(here, keras_step(loss=plain)),
    )


def smoothing(says):
    share = argument(says, "label smoothing", "label_smoothing")
    here = keras_step(loss=keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.2))
    check(
        "7 label smoothing, Keras to PyTorch",
        largest(here, torch_step(cross_entropy(label_smoothing=share))),
        largest(here, torch_step(cross_entropy())),
    )


SEEDS = 100


def moments(fill):
    """Mean and variance of initial weights over all seeds."""
    values = np.concatenate([np.ravel(fill(seed)) for seed in range(SEEDS)])
    return float(np.mean(values)), float(np.var(values)), values.size


def alike(name, one, other, plain):
    """Within five standard errors of both moments; the default is further away in one of them."""

    def distance(a, b):
        mean = abs(a[0] - b[0]) / np.sqrt((a[1] + b[1]) / a[2])
        return max(mean, abs(a[1] - b[1]) / (a[1] * np.sqrt(6.0 / a[2])))

    near, far = distance(one, other), distance(one, plain)
    holds = near <= 5 < far
    print(f"{'ok  ' if holds else 'FAIL'} {name}: translated {near:.2g} standard errors apart, untranslated {far:.2g}")
    if not holds:
        failures.append(name)


def torch_filled(words):
    """Weights of a layer of 8 inputs and 6 outputs, filled as the words of a checklist say."""

    def fill(seed):
        torch.manual_seed(SEEDS + seed)
        tensor = torch.empty(60, 80)
        # The words are Samestep's own: a call of nn.init with the tensor and numbers.
        eval(words, {"nn": nn, "tensor": tensor})  # noqa: S307
        return tensor.numpy()

    return fill


def initial_weights(launcher, says):
    kernel = next(i for i in says["initial weights"] if any(o == "dense kernel" for o in i["of"]))

    def here(seed):
        scaled = keras.initializers.VarianceScaling(2.0, "fan_in", "untruncated_normal", seed=seed)
        return keras.ops.convert_to_numpy(scaled((80, 60)))

    def plain(seed):
        torch.manual_seed(seed)
        return nn.Linear(80, 60).weight.detach().numpy()

    alike("8 initial weights, Keras to PyTorch", moments(here), moments(torch_filled(kernel["says"])), moments(plain))
    document, _ = translated(launcher, "solver.prototxt", solver(""), "--to", "keras")
    written = document["layers"]["ip"]["kernel_initializer"]["config"]
    _, words = translated(launcher, "solver.prototxt", solver(""), "--to", "pytorch", "--as", "python")

    def there(seed):
        return keras.ops.convert_to_numpy(keras.initializers.VarianceScaling(**written, seed=seed)((80, 60)))

    alike(
        "8 initial weights, Caffe to Keras and PyTorch",
        moments(there),
        moments(torch_filled(words["initial weights"][0]["says"])),
        moments(here),
    )
    return document


def dropped(layer, *arguments):
    values = np.asarray(layer(*arguments))
    return float(np.mean(values == 0)), float(np.max(values))


def dropout(document, says):
    ones = np.ones((1000, 1000))
    words = says["dropout, share dropped"][0]["says"]
    share = float(words.split("(")[1].rstrip(")"))
    for name, rate, module in (
        ("9 dropout, Keras to PyTorch", 0.3, nn.Dropout(share)),
        ("9 dropout, Caffe to Keras", document["layers"]["drop"]["rate"], nn.Dropout(0.35)),
    ):
        here = dropped(lambda x, r=rate: keras.ops.convert_to_numpy(keras.layers.Dropout(r)(x, training=True)), ones)
        there = dropped(module, torch.tensor(ones))
        kept = dropped(nn.Dropout(1 - module.p), torch.tensor(ones))
        # The share of a million is within five standard errors; the factor of what is left is exact.
        holds = abs(here[0] - there[0]) < 0.0035 and abs(here[1] - there[1]) < TOLERANCE
        holds = holds and abs(here[0] - kept[0]) > 0.1
        print(f"{'ok  ' if holds else 'FAIL'} {name}: dropped {here[0]:.4f} and {there[0]:.4f}, as share kept {kept[0]:.4f}")
        if not holds:
            failures.append(name)


def torch_average(kept):
    """The average of the weights after four updates of one sample set each, as AveragedModel has it."""
    model = nn.Linear(8, CLASSES, bias=False)
    model.weight.data = torch.tensor(WEIGHTS.T.copy())
    average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(kept))
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    for part in np.split(np.arange(12), 4):
        optimizer.zero_grad()
        nn.CrossEntropyLoss()(model(torch.tensor(INPUTS[part])), torch.tensor(LABELS[part])).backward()
        optimizer.step()
        average.update_parameters(model)
    return average.module.weight.detach().numpy().T


def averages(says):
    kept = float(says["average of the weights, share kept"][0]["says"].split("get_ema_multi_avg_fn(")[1].split(")")[0])
    optimizer = keras.optimizers.SGD(0.1, use_ema=True, ema_momentum=0.9)
    keras_step(4, optimizer=optimizer, loss=keras.losses.CategoricalCrossentropy(from_logits=True))
    here = keras.ops.convert_to_numpy(optimizer._model_variables_moving_average[0])
    check("10 average of the weights, Keras to PyTorch", largest(here, torch_average(kept)), largest(here, torch_average(0.99)))


def accumulation():
    """Batches of one size in an update: the mean of their means, in both. Of several sizes: only the mean of all samples."""
    plain = keras.losses.CategoricalCrossentropy(from_logits=True)
    here = keras_step(3, optimizer=keras.optimizers.SGD(0.1, gradient_accumulation_steps=3), loss=plain)
    parts = np.split(np.arange(12), 3)

    def mean(outputs):
        return sum(nn.CrossEntropyLoss()(outputs[p], torch.tensor(LABELS[p])) for p in parts) / 3

    check("11 accumulation by sample", largest(here, torch_step(mean)), largest(here, keras_step(3, loss=plain)))
    uneven = np.split(np.arange(12), [2, 5])

    def means(outputs):
        return sum(nn.CrossEntropyLoss()(outputs[p], torch.tensor(LABELS[p])) for p in uneven) / 3

    def tokens(outputs):
        return sum(nn.CrossEntropyLoss(reduction="sum")(outputs[p], torch.tensor(LABELS[p])) for p in uneven) / 12

    whole = keras_step(loss=plain)
    check("12 accumulation by token", largest(whole, torch_step(tokens)), largest(whole, torch_step(means)))


def main():
    launcher = sys.argv[1]
    _, says = translated(launcher, "model.json", keras_model(), "--to", "pytorch", "--as", "python")
    normalisation_from_keras(says)
    normalisation_from_timm(launcher)
    losses(launcher)
    smoothing(says)
    document = initial_weights(launcher, says)
    dropout(document, says)
    averages(says)
    accumulation()
    print(f"{len(failures)} of the checks fail" if failures else "all settings hold")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
