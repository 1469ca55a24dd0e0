"""Holds what Samestep writes for JAX against the real Optax.

Of recordings of Caffe, Keras, PyTorch and Optax, this

- runs `translate CONFIGURATION --to jax`, for JSON and with `--as python`,
- executes the Python text and trains the recording's problem with its `tx`, in double precision,
- compares the weights with those of Samestep's own trainer for the same JSON, after each of the first 20 gradients.

Optax computes linear, polynomial and exponential schedules in single precision, also where all else is double: their counter is a
whole number of 32 bits, and JAX gives a quotient of two of these single precision. The trainer does the same, but a compiled sum may
be rounded at another place, so the tolerance of a program that has one of these is that of a last digit in single precision.

    python check_written_optax.py TRANSLATE REPOSITORY [PART]

TRANSLATE is the launcher. With PART, such as adamw, only recordings with that in their names. Exits with 1 for a difference or something that does not run.
Needs jax, optax and numpy; optax 0.2.8 and jax 0.11 are what it was written with.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
import optax
import recordings

STEPS = 20
EXACT = 1e-9
SINGLE = 1e-6
IN_SINGLE_PRECISION = ("linear_schedule", "polynomial_schedule", "exponential_decay")
# Of each framework so many, spread over all of its recordings.
OF_EACH = {"caffe": 15, "keras2": 10, "keras3": 15, "pytorch": 20, "optax": 20}


def configuration(native, folder):
    """The arguments with which the tool reads what a recording trains with."""
    if "solver_prototxt" in native:
        (folder / "solver.prototxt").write_text(native["solver_prototxt"])
        (folder / "net.prototxt").write_text(native["net_prototxt"])
        return [folder / "solver.prototxt", "--net", folder / "net.prototxt"]
    (folder / "native.json").write_text(json.dumps(native))
    return [folder / "native.json"]


def samestep(launcher, *arguments):
    done = subprocess.run([launcher, *arguments], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        raise RuntimeError(done.stderr.strip().splitlines()[0] if done.stderr.strip() else "nothing is written")
    return done.returncode, done.stdout


def layers(document):
    """The names of the layers where a mask or labels name them."""
    if isinstance(document, dict):
        named = document.get("parameters", {})
        if named and "*" not in named:
            return list(named)
        document = list(document.values())
    found = [layers(each) for each in document] if isinstance(document, list) else []
    return next((names for names in found if names), [])


def train(problem, tx, names):
    count = 1 if problem.name == "linear" else 2
    names = (names or ["Dense_0", "Dense_1"])[:count]
    params = {
        name: {"kernel": jnp.asarray(problem.init[f"W{i + 1}"]), "bias": jnp.asarray(problem.init[f"b{i + 1}"])}
        for i, name in enumerate(names)
    }
    state = tx.init(params)

    def loss(params, x, y):
        z = x @ params[names[0]]["kernel"] + params[names[0]]["bias"]
        if count == 1:
            return ((z - y) ** 2).sum() / (2 * problem.size)
        z = jnp.tanh(z) @ params[names[1]]["kernel"] + params[names[1]]["bias"]
        return optax.softmax_cross_entropy_with_integer_labels(z, y).mean()

    @jax.jit
    def step(params, state, x, y):
        updates, state = tx.update(jax.grad(loss)(params, x, y), state, params)
        return optax.apply_updates(params, updates), state

    for update in range(STEPS):
        params, state = step(params, state, *map(jnp.asarray, problem.batch(update)))
    return {
        f"{short}{i + 1}": np.asarray(params[name][long])
        for i, name in enumerate(names)
        for short, long in (("W", "kernel"), ("b", "bias"))
    }


def difference(launcher, root, file, folder):
    """The largest difference of a weight, and how large it may be."""
    recording = json.loads(file.read_text())
    given = configuration(recording["native"], folder)
    native = recording["native"]
    # A chain of Optax is a document already.
    document = json.dumps(native) if "chain" in native else samestep(launcher, *given, "-q", "--to", "jax")[1]
    _, program = samestep(launcher, *given, "-q", "--to", "jax", "--as", "python")
    (folder / "written.json").write_text(document)
    trained = ["train", folder / "written.json", "-q", "--steps", str(STEPS), "--snapshots", str(STEPS)]
    _, result = samestep(launcher, *trained, "--problem", recording["problem"])
    here = json.loads(result)["snapshots"][-1]
    module = {"__name__": "written"}
    exec(compile(program, str(file), "exec"), module)
    problem = recordings.Problem(root / "src/main/resources/samestep/trainer/problems.json", recording["problem"])
    there = train(problem, module["tx"], layers(json.loads(document)))
    largest = max(float(np.abs(np.ravel(here[k]) - np.ravel(v)).max()) for k, v in there.items())
    return largest, SINGLE if any(word in program for word in IN_SINGLE_PRECISION) else EXACT


def chosen(root, part):
    for framework, count in OF_EACH.items():
        files = sorted((root / "fixtures/goldens" / framework).rglob("*.json"))
        files = [file for file in files if part in file.name]
        yield from files[:: max(1, len(files) // count)]


def main(launcher, repository, part=""):
    root = pathlib.Path(repository).resolve()
    same = single = wrong = 0
    for file in chosen(root, part):
        with tempfile.TemporaryDirectory() as folder:
            try:
                largest, tolerance = difference(launcher, root, file, pathlib.Path(folder))
            except RuntimeError as error:
                print(f"{file.stem}: not written: {error}")
                continue
        bad = not largest <= tolerance
        wrong += bad
        same += tolerance == EXACT and not bad
        single += tolerance == SINGLE and not bad
        if bad or tolerance == SINGLE:
            print(f"{file.stem}: {largest:.1e}" + (" WRONG" if bad else ", with a schedule in single precision"))
    print(f"{same} programs within {EXACT}, {single} with schedules in single precision within {SINGLE}, {wrong} wrong")
    return 1 if wrong else 0


sys.exit(main(*sys.argv[1:]))
