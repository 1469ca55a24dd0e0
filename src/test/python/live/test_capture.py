"""Scripts that are run and looked at: what their optimizer does, and what is surely not meant."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import textwrap

import pytest
from conftest import ROOT


def needs(name: str):
    """Skips a test where a framework is not installed."""
    return pytest.mark.skipif(importlib.util.find_spec(name) is None, reason=f"{name} is not installed")


def run(tmp_path, script: str, *options: str, arguments: tuple[str, ...] = ()):
    """Runs a script with the capture; the process, and the description that it wrote."""
    file, out = tmp_path / "train.py", tmp_path / "out.json"
    file.write_text(textwrap.dedent(script))
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src/main/python"), "TF_CPP_MIN_LOG_LEVEL": "3"}
    line = [sys.executable, "-m", "samestep.capture", "--out", str(out), *options, str(file), *arguments]
    done = subprocess.run(line, capture_output=True, text=True, env=environment, cwd=tmp_path, check=False)
    return done, json.loads(out.read_text()) if out.exists() else None


TORCH = """
    import sys
    import torch
    from torch import nn

    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(8, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Linear(6, 4))
    {before}
    optimizer = torch.optim.SGD({parameters}, lr=0.1, momentum=0.9, weight_decay=0.01)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=3, gamma=0.5)
    {after}
    for step in range(6):
        optimizer.zero_grad()
        model(torch.randn(5, 8)).square().mean().backward()
        {first}
        optimizer.step()
        {last}
    print("trained", *sys.argv[1:], __name__)
"""


def torch_script(before="", parameters="model.parameters()", after="", first="pass", last="scheduler.step()") -> str:
    return TORCH.format(before=before, parameters=parameters, after=after, first=first, last=last)


@needs("torch")
def test_a_script_runs_as_it_is_and_is_described(tmp_path):
    done, found = run(tmp_path, torch_script(), arguments=("--epochs", "3"))
    assert done.returncode == 0, done.stderr
    assert done.stdout == "trained --epochs 3 __main__\n"
    assert found["optimizer"]["class_path"] == "torch.optim.sgd.SGD"
    assert [p["name"] for p in found["parameters"]] == [
        "0.weight",
        "0.bias",
        "1.weight",
        "1.bias",
        "3.weight",
        "3.bias",
    ]
    assert found["scheduler"]["init_args"]["rates"][:2] == [[0, 0.1], [3, 0.05]]
    assert "decay-of-norms-and-biases" in done.stderr


@needs("torch")
def test_an_optimizer_of_another_model_is_found_at_the_first_step(tmp_path):
    """As in a report on PyTorch's forum (84911): the optimizer was made for a model that is not the one that is trained."""
    script = torch_script(after="model = nn.Sequential(nn.Linear(8, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Linear(6, 4))")
    done, _ = run(tmp_path, script, "--stop")
    assert done.returncode == 1
    assert "error: 6 parameters are of the optimizer, but not of the model" in done.stderr
    assert "error: 6 parameters are of the model in no group of the optimizer: they are not trained" in done.stderr
    assert done.stdout == ""


@needs("torch")
def test_a_layer_that_was_replaced_after_the_optimizer_is_found(tmp_path):
    """As in a question on Stack Overflow (60335387): what the optimizer holds is not what the model has any more."""
    done, _ = run(tmp_path, torch_script(after="model[3] = nn.Linear(6, 4)"))
    assert done.returncode == 1
    assert "error: 2 parameters are of the optimizer, but not of the model" in done.stderr
    assert "warning: 2 parameters are of the model in no group" in done.stderr
    assert "3.weight, 3.bias" in done.stderr
    assert done.stdout.startswith("trained")


@needs("torch")
def test_a_scheduler_before_the_optimizer_is_said(tmp_path):
    done, _ = run(tmp_path, torch_script(first="scheduler.step()", last="pass"))
    assert "scheduler-order" in done.stderr
    done, _ = run(tmp_path, torch_script())
    assert "scheduler-order" not in done.stderr


@needs("torch")
def test_frozen_parameters_are_said(tmp_path):
    done, found = run(tmp_path, torch_script(before="model[0].requires_grad_(False)"))
    assert "2 parameters are in a group without requires_grad" in done.stderr
    assert found["frozen"] == ["0.weight", "0.bias"]


@needs("torch")
def test_what_a_file_says_differently_is_said(tmp_path):
    solver = tmp_path / "solver.prototxt"
    solver.write_text('base_lr: 0.1\nlr_policy: "step"\nstepsize: 3\ngamma: 0.5\nmomentum: 0.8\nweight_decay: 0.01\n')
    done, _ = run(tmp_path, torch_script(), "--compare", str(solver))
    assert "momentum" in done.stderr
    assert "0.8 | " in done.stderr


@needs("torch")
def test_modules_beside_the_script_are_imported_and_its_error_stays_its_own(tmp_path):
    (tmp_path / "beside.py").write_text("NUMBER = 7\n")
    done, _ = run(tmp_path, "import beside, torch\nprint(beside.NUMBER)\nraise ValueError('mine')\n")
    assert done.stdout == "7\n"
    assert done.returncode == 1
    assert "ValueError: mine" in done.stderr


def test_a_script_without_an_optimizer_is_said(tmp_path):
    done, found = run(tmp_path, "print('nothing')\n")
    assert done.stdout == "nothing\n"
    assert done.returncode == 0
    assert found is None
    assert "without a step of an optimizer" in done.stderr


KERAS = """
    import numpy as np
    import keras

    model = keras.Sequential([
        keras.Input((8,)),
        keras.layers.Dense(6, kernel_regularizer=keras.regularizers.L2(0.01), name="first"),
        keras.layers.Dense(4, name="second"),
    ])
    x, y = np.ones((4, 8), "float32"), np.ones((4, 4), "float32")
    {train}
    print("trained")
"""


@needs("keras")
def test_keras_is_described_when_fit_is_called(tmp_path):
    train = 'model.compile(keras.optimizers.Adam(0.01), "mse"); model.fit(x, y, epochs=1, verbose=0)'
    done, found = run(tmp_path, KERAS.format(train=train))
    assert done.returncode == 0, done.stderr
    assert done.stdout == "trained\n"
    assert found["framework"] == "keras"
    assert found["optimizer"]["class_name"] == "Adam"
    assert [p["role"] for p in found["parameters"]] == ["kernel", "bias", "kernel", "bias"]


@needs("keras")
def test_a_loop_of_the_users_is_described_at_apply_gradients(tmp_path):
    train = """optimizer = keras.optimizers.SGD(0.01)
    model(x)
    given = model.trainable_variables[:2]
    optimizer.apply_gradients([(v * 0, v) for v in given])"""
    done, found = run(tmp_path, KERAS.format(train=train))
    assert found is not None, done.stderr
    assert found["optimizer"]["class_name"] == "SGD"
    assert "2 trainable variables of the model get no gradients: " in done.stderr
    assert "second/bias [parameters-in-no-group]" in done.stderr


@needs("torch")
def test_rates_that_the_loop_sets_are_said(tmp_path):
    script = """
        import torch
        from torch import nn

        model = nn.Linear(3, 2)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        for step in range(3):
            for group in optimizer.param_groups:
                group["lr"] = 0.1 * (step + {first})
            optimizer.zero_grad()
            model(torch.randn(4, 3)).square().mean().backward()
            optimizer.step()
    """
    for first in (2, 1):
        done, _ = run(tmp_path, script.replace("{first}", str(first)))
        assert "the loop sets the rates" in done.stderr
        assert ("the optimizer was made with 0.1" in done.stderr) == (first == 2)
