"""Holds which variables Samestep's Keras texts decay and train against the real Keras.

For each case this translates a configuration with `--to keras --as python`, executes the text on a Dense layer whose
gradients are given, takes ten updates, and compares the weights with those of the source: of Caffe by its documented rule in
numpy, of PyTorch by the real PyTorch.

- a bias with lr_mult 0 under clip_gradients: its gradient is in no norm;
- a PyTorch group with lr 0 under clip_grad_norm_: its gradient is in the norm;
- decays beside the gradient of several sizes, times rates of their own;
- which variables of a model AdamW decays after a translation of the Trainer's arguments.

The backend is that of KERAS_BACKEND. Needs keras with its backend, numpy and torch. To run it:

    KERAS_BACKEND=jax python check_keras_scope.py TRANSLATE

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

import keras  # noqa: E402  pylint: disable=wrong-import-position
import numpy as np  # noqa: E402  pylint: disable=wrong-import-position

UPDATES = 10
SOLVER = """base_lr: 0.125 lr_policy: "fixed" max_iter: 100 clip_gradients: 1
net_param { layer { name: "ip1" type: "InnerProduct" param { } param { lr_mult: 0 } } }
"""
CLIP = {"class_path": "torch.nn.utils.clip_grad_norm_", "init_args": {"max_norm": 1.0}}
TRAINER = {
    "output_dir": "out", "learning_rate": 0.125, "weight_decay": 0.25, "max_grad_norm": 0.0,
    "lr_scheduler_type": "constant",
}


def translated(launcher, folder, name, text):
    """The names that the Python text defines."""
    path = pathlib.Path(folder) / name
    path.write_text(text)
    done = subprocess.run(
        [launcher, path, "--to", "keras", "--as", "python"], capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1) or not done.stdout:
        raise RuntimeError(f"translate exits with {done.returncode}: {done.stderr.strip()}")
    names = {"__name__": "port"}
    exec(compile(done.stdout, "port.py", "exec"), names)  # pylint: disable=exec-used
    return names


def gradients():
    """Ten gradients of a kernel and a bias."""
    random = np.random.default_rng(3)
    return [(random.normal(size=(2, 2)) * 3, random.normal(size=2) * 4) for _ in range(UPDATES)]


def by_keras(optimizer):
    """Kernel and bias of the layer ip1 after ten updates from ones."""
    layer = keras.layers.Dense(2, name="ip1", kernel_initializer="ones", bias_initializer="ones")
    model = keras.Sequential([keras.Input((2,)), layer])
    for kernel, bias in gradients():
        given = [keras.ops.convert_to_tensor(g) for g in (kernel, bias)]
        optimizer.apply(given, model.trainable_variables)
    return [np.array(keras.ops.convert_to_numpy(v)) for v in (layer.kernel, layer.bias)]


def by_caffe():
    """The same by Caffe's rule: clip all that is learned together, then learn."""
    kernel, bias = np.ones((2, 2)), np.ones(2)
    for gradient, _ in gradients():
        kernel = kernel - 0.125 * gradient * min(1.0, 1.0 / np.linalg.norm(gradient))
    return [kernel, bias]


BY_TORCH = """
import json, sys, torch
optimizer, arguments, groups, clip, gradients = json.load(sys.stdin)
weights = [torch.ones(2, 2, dtype=torch.float64), torch.ones(2, dtype=torch.float64)]
weights = [w.requires_grad_() for w in weights]
given = [{"params": [w], **group} for w, group in zip(weights, groups)]
real = getattr(torch.optim, optimizer)(given, **arguments)
for pair in gradients:
    for weight, gradient in zip(weights, pair):
        weight.grad = torch.tensor(gradient, dtype=torch.float64)
    if clip:
        torch.nn.utils.clip_grad_norm_(weights, clip)
    real.step()
json.dump([w.tolist() for w in weights], sys.stdout)
"""


def by_torch(optimizer, arguments, groups, clip):
    """The same by PyTorch, in a process of its own: TensorFlow's LLVM and PyTorch's do not go together."""
    given = [optimizer, arguments, groups, clip, [[g.tolist() for g in pair] for pair in gradients()]]
    done = subprocess.run(
        [sys.executable, "-c", BY_TORCH], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    return [np.array(w) for w in json.loads(done.stdout)]


def torch_file(optimizer, arguments, groups, clip):
    """The configuration of that."""
    document = {
        "samestep": "pytorch/1",
        "optimizer": {"class_path": "torch.optim." + optimizer, "init_args": arguments},
        "param_groups": [{"param_names": [f"ip1.{n}"], **g} for n, g in zip(("weight", "bias"), groups)],
    }
    return json.dumps({**document, "grad_clip": CLIP} if clip else document)


def cases(launcher, folder):
    """Names, what Keras comes to, what the source comes to, and how far they may be apart."""
    port = translated(launcher, folder, "solver.prototxt", SOLVER)
    yield "frozen bias under a clip", by_keras(port["optimizer"]), by_caffe(), 1e-12
    adam = {"lr": 0.125, "eps": 1e-30}
    for name, optimizer, arguments, groups, clip in (
        ("group with lr 0 under a clip", "SGD", {"lr": 0.125}, [{}, {"lr": 0.0}], 1.0),
        ("first group with lr 0 under a clip", "SGD", {"lr": 0.125}, [{"lr": 0.0}, {"lr": 0.25}], 1.0),
        ("decays of two sizes", "AdamW", adam, [{"weight_decay": 0.25}, {"weight_decay": 0.5, "lr": 0.25}], 0.0),
        ("no decay of a bias", "AdamW", adam, [{"weight_decay": 0.25}, {"weight_decay": 0.0}], 0.0),
    ):
        port = translated(launcher, folder, "port.json", torch_file(optimizer, arguments, groups, clip))
        # PyTorch adds 0.000001 to the norm, Keras keeps the betas of bias corrections in float32.
        limit = 1e-5 if clip or optimizer == "AdamW" else 1e-12
        yield name, by_keras(port["optimizer"]), by_torch(optimizer, arguments, groups, clip), limit


def decayed(launcher, folder):
    """Which variables of a model move when nothing but the decay moves them."""
    optimizer = translated(launcher, folder, "args.json", json.dumps(TRAINER))["optimizer"]
    inputs = keras.Input((6,), dtype="int32")
    x = keras.layers.Embedding(9, 4, name="embed")(inputs)
    x = keras.layers.MultiHeadAttention(2, 2, name="attention")(x, x)
    x = keras.layers.LayerNormalization(name="norm")(x)
    x = keras.layers.Dense(3, name="unbiased_beta_dense")(x)
    x = keras.layers.LSTM(3, name="lstm")(x)
    model = keras.Model(inputs, keras.layers.BatchNormalization(name="last")(x))
    before = []
    for variable in model.trainable_variables:
        variable.assign(keras.ops.ones(variable.shape, variable.dtype))
        before.append(np.array(keras.ops.convert_to_numpy(variable)))
    optimizer.apply([keras.ops.zeros(v.shape, v.dtype) for v in model.trainable_variables], model.trainable_variables)
    moved, kept = [], []
    for variable, old in zip(model.trainable_variables, before):
        same = np.array_equal(keras.ops.convert_to_numpy(variable), old)
        (kept if same else moved).append(variable.path)
    wrong = [p for p in moved if p.split("/")[-1] in ("bias", "gamma", "beta")]
    wrong += [p for p in kept if p.split("/")[-1] not in ("bias", "gamma", "beta")]
    return moved, kept, wrong


def main():
    """Prints the table; the number of failures decides the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("translate", type=pathlib.Path, help="the launcher")
    launcher = parser.parse_args().translate.resolve()
    keras.backend.set_floatx("float64")
    print(f"keras {keras.__version__} on {keras.backend.backend()}; {UPDATES} updates;"
          " the largest difference of a weight")
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, ours, theirs, limit in cases(launcher, folder):
            apart = max(float(np.max(np.abs(a - b))) for a, b in zip(ours, theirs))
            good = apart <= limit
            failures += not good
            print(f"{name:36} {apart:8.1e}  {'agrees' if good else 'DISAGREES'}", flush=True)
        moved, kept, wrong = decayed(launcher, folder)
        failures += bool(wrong)
        print(f"decayed by the Trainer's arguments: {len(moved)} variables, and {len(kept)} not;",
              "as it should be" if not wrong else f"WRONG: {wrong}")
    print(f"{failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
