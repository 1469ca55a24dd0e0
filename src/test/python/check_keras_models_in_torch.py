"""Holds what Samestep writes for PyTorch from a Keras 3 model's own JSON against Keras' own training, on ten architectures.

The models are those of check_keras_architectures.py. Each gets an L2 penalty on what its layers can regularize, is compiled with
SGD (Nesterov, a schedule) and with AdamW, and is saved by `to_json`. What counts is the model that Keras
makes of this JSON: it is trained for ten updates in float64. `--to pytorch --as python` writes the JSON's training as a program,
whose `configure` makes PyTorch's optimizer and scheduler for the same parameters, under the names that a port would have. It is
given the gradients of the data, without those of the penalties, and has to come to the same weights.

T5, ViT and ConvNeXt have layers of a class of their own, which the JSON does not describe: the program has to refuse them.

Keras keeps schedules in single precision, so differences up to --tolerance are its own. The backend is TensorFlow. Needs keras,
tensorflow, numpy and torch:

    python check_keras_models_in_torch.py TRANSLATE

TRANSLATE is the launcher. Exits with 1 for a disagreement, else with 0.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import check_keras_architectures as models
import keras
import numpy as np

REGULARIZED = ("kernel_regularizer", "embeddings_regularizer", "depthwise_regularizer", "recurrent_regularizer")
OWN_CLASSES = {c.__name__: c for c in (models.Positions, models.LayerScale, models.RelativeAttention)}
REFUSED = ("T5", "ViT with LayerScale", "ConvNeXt")
# The names of parameters in PyTorch's layers, by the end of a variable's path in Keras' layers.
NAMES = {
    "kernel": "weight", "gamma": "weight", "scale": "weight", "embeddings": "weight", "beta": "bias", "bias": "bias",
    "reverse_embeddings": "parameter",
}
RECURRENT = {"kernel": "weight_ih_l0", "recurrent_kernel": "weight_hh_l0", "bias": "bias_ih_l0"}
BY_TORCH = """
import sys, numpy, torch
torch.set_num_threads(1)
for program, source, target in zip(sys.argv[1::3], sys.argv[2::3], sys.argv[3::3]):
    given = numpy.load(source, allow_pickle=False)
    names, updates = [str(n) for n in given["names"]], int(given["updates"])
    model = torch.nn.Module()
    for i, name in enumerate(names):
        *path, last = name.split(".")
        inner = model
        for part in path:
            if not hasattr(inner, part):
                inner.add_module(part, torch.nn.Module())
            inner = getattr(inner, part)
        inner.register_parameter(last, torch.nn.Parameter(torch.tensor(given[f"w{i}"])))
        if last.startswith("bias_ih"):  # what the finding says: the second bias is zero and not trained
            second = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64), requires_grad=False)
            inner.register_parameter(last.replace("ih", "hh"), second)
    port = {"__name__": "port"}
    exec(compile(open(program).read(), program, "exec"), port)
    trained = dict(model.named_parameters())
    try:
        optimizer, scheduler = port["configure"](model)
    except ValueError as refusal:
        numpy.savez(target, refusal=str(refusal))
        continue
    for update in range(updates):
        for i, name in enumerate(names):
            trained[name].grad = torch.tensor(given[f"g{update}_{i}"])
        optimizer.step()
        if scheduler is not None:
            scheduler.step()
    numpy.savez(target, **{f"w{i}": trained[name].detach().numpy() for i, name in enumerate(names)})
"""


def optimizers():
    """By name: what a model is compiled with, and its penalty."""
    schedule = keras.optimizers.schedules.PiecewiseConstantDecay([2, 5], [0.125, 0.0625, 0.25])
    yield "SGD", keras.optimizers.SGD(schedule, momentum=0.9, nesterov=True), 0.01
    yield "AdamW", keras.optimizers.AdamW(0.0078125, weight_decay=0.125, epsilon=1e-30), 0.0


def regularize(model, penalty):
    """Sets the penalty of each layer that takes one; it counts once the model is made of its JSON."""
    for layer in model._flatten_layers():
        for name in REGULARIZED:
            if penalty and hasattr(layer, name):
                holder = layer if isinstance(getattr(type(layer), name, None), type(None)) else layer.cell
                setattr(holder, name, keras.regularizers.L2(penalty))


def saved(build, optimizer, penalty):
    """The text of the model, and the model that Keras makes of it."""
    model = build()
    regularize(model, penalty)
    model.compile(optimizer, loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    text = model.to_json()
    keras.utils.set_random_seed(7)
    return text, keras.models.model_from_json(text, custom_objects=OWN_CLASSES)


def of_data(model, inputs, labels):
    """The gradients of the data's loss alone."""
    import tensorflow  # pylint: disable=import-outside-toplevel

    with tensorflow.GradientTape() as tape:
        loss = models.loss_of(model(inputs, training=False), labels, [])
    found = tape.gradient(loss, [v.value for v in model.trainable_variables])
    return [tensorflow.convert_to_tensor(g).numpy() for g in found]


def trained(model, optimizer):
    """The weights after ten updates, and the gradients of the data that there were."""
    seen = []
    for inputs, labels in models.batches(model):
        seen.append(of_data(model, inputs, labels))
        optimizer.apply(models.gradients(model, inputs, labels), model.trainable_variables)
    return models.weights(model), seen


def name_of(path):
    """What a port calls the variable of a path, and its place where PyTorch has several variables in one."""
    *layers, last = [part for part in path.split("/") if not part.endswith("_cell")]
    if path.rpartition("/")[0].endswith("lstm_cell"):
        return "lstm." + RECURRENT[last] + ("_reverse" if "backward" in path else "")
    if len(layers) > 1 and layers[-1] in ("query", "key", "value"):
        return f"{layers[0]}.in_proj_{NAMES[last]}"
    if len(layers) > 1 and layers[-1] == "attention_output":
        return f"{layers[0]}.out_proj.{NAMES[last]}"
    return ".".join(layers) + "." + NAMES.get(last, last)


def joined(by_path):
    """By PyTorch's names: flat arrays, those that PyTorch has in one after each other."""
    found = {}
    for path, array in by_path.items():
        found.setdefault(name_of(path), []).append(np.ravel(array))
    return {name: np.concatenate(arrays) for name, arrays in found.items()}


class Port:
    """One training: what is given to PyTorch, and what it has to come to."""

    def __init__(self, folder, number, launcher, text):
        self.files = [str(folder / f"{number}{kind}") for kind in ("port.py", "given.npz", "reached.npz")]
        model = folder / f"model{number}.json"
        model.write_text(text)
        command = [launcher, model, "--to", "pytorch", "--as", "python"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1) or not done.stdout:
            raise RuntimeError(f"translate exits with {done.returncode}: {done.stderr.strip()}")
        pathlib.Path(self.files[0]).write_text(done.stdout)
        self.expected = {}

    def train(self, model):
        """Trains in Keras, and writes down what PyTorch is given."""
        before = joined(models.weights(model))
        paths = [v.path for v in model.trainable_variables]
        self.expected, seen = trained(model, model.optimizer)
        self.expected = joined(self.expected)
        given = {f"w{i}": w for i, w in enumerate(before.values())}
        for update, gradients in enumerate(seen):
            of_update = joined(dict(zip(paths, gradients)))
            given.update({f"g{update}_{i}": g for i, g in enumerate(of_update.values())})
        np.savez(self.files[1], names=list(before), updates=len(seen), **given)

    def outcome(self):
        """The largest difference of a weight and the name of its parameter, or the program's refusal."""
        with np.load(self.files[2]) as found:
            if "refusal" in found:
                return None, str(found["refusal"])
            reached = {name: found[f"w{i}"] for i, name in enumerate(self.expected)}
        return models.apart(reached, self.expected)


def ports(launcher, folder, only):
    """Each model with each optimizer."""
    for name, build in {**models.LANGUAGE, **models.VISION}.items():
        if only in name:
            for optimizer_name, optimizer, penalty in optimizers():
                text, model = saved(build, optimizer, penalty)
                port = Port(folder, f"{name} {optimizer_name} ", launcher, text)
                port.train(model)
                yield name, optimizer_name, len(model.trainable_variables), port


def main():
    """Prints the table; the number of failures decides the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("translate", type=pathlib.Path, help="the launcher")
    parser.add_argument("--tolerance", type=float, default=1e-5)
    parser.add_argument("--only", default="", help="models whose name contains this")
    arguments = parser.parse_args()
    keras.backend.set_floatx("float64")
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        found = list(ports(arguments.translate.resolve(), pathlib.Path(folder), arguments.only))
        subprocess.run([sys.executable, "-c", BY_TORCH, *[f for *_, port in found for f in port.files]], check=True)
        for name, optimizer, count, port in found:
            worst, where = port.outcome()
            good = "is in no group" in where if name in REFUSED else worst is not None and worst <= arguments.tolerance
            failures += not good
            verdict = "refused" if worst is None else f"{worst:8.1e}"
            print(f"{name:20} {optimizer:6} {count:3}  {verdict:>8}  {'as expected' if good else 'FAILS: ' + where}")
    print(f"{failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
