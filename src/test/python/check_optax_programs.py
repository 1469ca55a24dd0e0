"""Runs programs of fixtures/programs/jax/same in the real Optax, and holds ten updates against what `translate train` makes of them.

python check_optax_programs.py REPOSITORY
"""

import importlib.util
import json
import pathlib
import subprocess
import sys

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
import optax
import recordings

UPDATES = 10
# Schedules have single precision in Optax; a sign that turns with the last digit is not hidden by this.
TOLERANCE = 5e-8


def loaded(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tree(weights):
    """The weights as a Flax model has them: masks look at names and dimensions."""
    return {f"Dense_{n - 1}": {"kernel": weights[f"W{n}"], "bias": weights[f"b{n}"]} for n in (1, 2)}


def run(problem, tx):
    params = tree({k: jnp.asarray(v) for k, v in problem.init.items()})
    state = tx.init(params)

    def loss(params, x, y):
        z = jnp.tanh(x @ params["Dense_0"]["kernel"] + params["Dense_0"]["bias"])
        z = z @ params["Dense_1"]["kernel"] + params["Dense_1"]["bias"]
        return optax.softmax_cross_entropy_with_integer_labels(z, y).mean()

    @jax.jit
    def step(params, state, x, y):
        updates, state = tx.update(jax.grad(loss)(params, x, y), state, params)
        return optax.apply_updates(params, updates), state

    for update in range(UPDATES):
        params, state = step(params, state, *map(jnp.asarray, problem.batch(update)))
    return {k: np.asarray(params[f"Dense_{int(k[1]) - 1}"]["kernel" if k[0] == "W" else "bias"]) for k in problem.init}


def main(repository):
    root = pathlib.Path(repository)
    problem = recordings.Problem(root / "src/main/resources/samestep/trainer/problems.json", "mlp")
    wrong = 0
    for path in sorted((root / "fixtures/programs/jax/same").glob("*.py")):
        if path.name.startswith("big_vision"):
            continue
        command = [root / "translate", "train", path, "--steps", str(UPDATES), "--snapshots", str(UPDATES)]
        trained = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        here = trained["snapshots"][-1]
        there = run(problem, loaded(path).tx)
        largest = max(float(np.abs(np.ravel(here[k]) - np.ravel(v)).max()) for k, v in there.items())
        wrong += largest > TOLERANCE
        print(f"{path.name}: {largest:.1e} after {UPDATES} updates" + (" WRONG" if largest > TOLERANCE else ""))
    return 1 if wrong else 0


sys.exit(main(*sys.argv[1:]))
