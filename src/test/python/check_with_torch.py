"""Holds what Samestep writes for PyTorch against the real PyTorch.

For each recording of Caffe (solver and net as text, and the weights that Caffe reached with them) this

- runs `translate SOLVER --net NET --to pytorch` twice, for JSON and with `--as python`,
- makes the optimizer and the scheduler that the JSON describes, from its class paths, arguments and groups, trains the
  recording's problem in float64 for 100 updates, and compares the weights with those of Samestep's own trainer for the
  same JSON (--trainer-tolerance),
- executes the Python text, trains with its configure() and update(), and compares the weights with those recorded,
- runs it with `--as lightning` and `--as hydra` too, makes the objects that the YAML describes, and trains with them where
  that is called the same.

What the tool calls the same training (exit code 0) must agree. Caffe keeps the numbers of a solver in float32, and PyTorch
those written: 1e-9 to 1e-5 remain (--tolerance). So all is trained a second time with every number of the text rounded to
float32, as Caffe rounded it: what remains then is not rounding, and --exact-tolerance must hold. The numbers of the
recordings called dyadic are the same in float32; for them it must hold at once. Trainings that the tool does not call the
same are shown, not judged.

Needs torch, numpy and PyYAML from PyPI; torch 2.15.0 is what it was written with. To run it:

    python check_with_torch.py TRANSLATE RECORDINGS PROBLEMS

TRANSLATE is the launcher, RECORDINGS the folder of caffe-*.json, PROBLEMS the file with the data and the initial weights.
Exits with 1 for a disagreement or something that does not run, else with 0.
"""

import argparse
import importlib
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np
import torch
import yaml

BATCH = 8
UPDATES = 100
NUMBER = re.compile(r"(?<![\w.\"'])\d+\.\d+(?:e[-+]?\d+)?(?![\w\"'])")


def samestep(launcher, *arguments):
    """Exit code and standard output of the tool; RuntimeError, with what it said, when it wrote nothing."""
    done = subprocess.run([launcher, *arguments], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        raise RuntimeError(f"translate exits with {done.returncode}: {done.stderr.strip()}")
    return done.returncode, done.stdout


def rounded(text):
    """The text with every number that has a point rounded to float32."""
    return NUMBER.sub(lambda match: repr(float(np.float32(match.group()))), text)


class Net(torch.nn.Module):
    """The net of a problem, with its initial weights; layers are called as in the recordings' nets."""

    def __init__(self, problem):
        super().__init__()
        self.ip1 = self.layer(problem["init"], 1)
        self.ip2 = self.layer(problem["init"], 2) if "W2" in problem["init"] else None

    @staticmethod
    def layer(initial, number):
        """A layer; PyTorch has the transpose of the kernels."""
        bias = torch.tensor(initial[f"b{number}"])
        kernel = torch.tensor(initial[f"W{number}"]).reshape(-1, len(bias))
        layer = torch.nn.Linear(*kernel.shape)
        with torch.no_grad():
            layer.weight.copy_(kernel.T)
            layer.bias.copy_(bias)
        return layer

    def forward(self, inputs):
        """The outputs before the loss."""
        return self.ip1(inputs) if self.ip2 is None else self.ip2(torch.tanh(self.ip1(inputs)))

    def weights(self):
        """Every weight by the recordings' names."""
        found = {}
        for number, layer in enumerate([self.ip1, self.ip2], 1):
            if layer is not None:
                found[f"W{number}"] = layer.weight.detach().numpy().T.reshape(-1).copy()
                found[f"b{number}"] = layer.bias.detach().numpy().copy()
        return found


def loss_of(model, batch):
    """The problem's loss, the mean over the batch."""
    inputs, targets = batch
    outputs = model(inputs)
    if targets.is_floating_point():
        return 0.5 * ((outputs - targets) ** 2).sum() / BATCH
    return torch.nn.functional.cross_entropy(outputs, targets)


def train(problem, configure, update, micro_steps):
    """The weights after each of so many updates."""
    model = Net(problem)
    optimizer, scheduler = configure(model)
    inputs = torch.tensor(problem["x"])
    targets = torch.tensor(problem["target"] if "target" in problem else problem["labels"])
    reached = {}
    batch = 0
    for number in range(1, UPDATES + 1):
        batches = []
        for _ in range(micro_steps):
            rows = slice(batch * BATCH, (batch + 1) * BATCH)
            batches.append((inputs[rows], targets[rows]))
            batch = (batch + 1) % (len(inputs) // BATCH)
        update(model, optimizer, scheduler, loss_of, iter(batches))
        reached[number] = model.weights()
    return reached


def instance(description, *first):
    """The object that a class path and arguments describe."""
    module, name = description["class_path"].rsplit(".", 1)
    arguments = {}
    for key, value in description["init_args"].items():
        if key == "lr_lambda":
            value = eval(value, {"math": math})  # pylint: disable=eval-used
        if key == "schedulers":
            value = [instance(part, *first) for part in value]
        arguments[key] = value
    return getattr(importlib.import_module(module), name)(*first, **arguments)


def of_json(text):
    """What the Python text would define, from the JSON."""
    port = json.loads(text)

    def configure(model):
        named = dict(model.named_parameters())
        for name in port.get("frozen", []):
            named[name].requires_grad_(False)
        groups = [p for p in named.values() if p.requires_grad]
        if "param_groups" in port:
            groups = []
            for group in port["param_groups"]:
                rest = {key: value for key, value in group.items() if key != "param_names"}
                groups.append({"params": [named[name] for name in group["param_names"]], **rest})
        optimizer = instance(port["optimizer"], groups)
        return optimizer, instance(port["scheduler"], optimizer) if "scheduler" in port else None

    def update(model, optimizer, scheduler, loss, batches):
        optimizer.zero_grad()
        batches = list(batches)
        for batch in batches:
            names = {"loss": loss(model, batch), "model": model}
            exec(port.get("loss_penalty", ""), names)  # pylint: disable=exec-used
            (names["loss"] / len(batches)).backward()
        if "grad_clip" in port:
            instance(port["grad_clip"], list(model.parameters()))
        optimizer.step()
        if scheduler:
            scheduler.step()

    return configure, update, port.get("accumulation", 1)


def of_yaml(text):
    """What the Python text would define, from YAML of Lightning's CLI or of Hydra."""
    document = yaml.safe_load(text)

    def described(part):
        if "class_path" in part:
            return {"class_path": part["class_path"], "init_args": part.get("init_args", {})}
        arguments = {key: value for key, value in part.items() if not key.startswith("_")}
        return {"class_path": part["_target_"], "init_args": arguments}

    port = {"optimizer": described(document["optimizer"])}
    scheduler = document.get("lr_scheduler", document.get("scheduler"))
    if scheduler:
        # Lightning's CLI steps it after every epoch; Hydra's templates as they are told.
        if document.get("interval") != "step":
            raise RuntimeError("a scheduler that nobody steps after an update")
        port["scheduler"] = described(scheduler)
    trainer_part = document.get("trainer", {})
    port["accumulation"] = trainer_part.get("accumulate_grad_batches", 1)
    if "gradient_clip_val" in trainer_part:
        by_value = trainer_part.get("gradient_clip_algorithm") == "value"
        port["grad_clip"] = {
            "class_path": "torch.nn.utils.clip_grad_" + ("value_" if by_value else "norm_"),
            "init_args": {"clip_value" if by_value else "max_norm": trainer_part["gradient_clip_val"]},
        }
    return of_json(json.dumps(port))


def of_python(text):
    """What the Python text defines."""
    names = {"__name__": "port"}
    exec(compile(text, "port.py", "exec"), names)  # pylint: disable=exec-used
    counted = re.search(r"One update from the next (\d+) batches", text)
    return names["configure"], names["update"], int(counted.group(1)) if counted else 1


def difference(reached, expected):
    """The largest difference of a weight; infinite where one is no number."""
    worst = 0.0
    for step, weights in expected.items():
        for name, values in weights.items():
            apart = float(np.max(np.abs(reached[step][name] - np.array(values))))
            worst = max(worst, apart if np.isfinite(apart) else float("inf"))
    return worst


def snapshots(of, micro_steps=1):
    """Weights by update."""
    return {
        s["step"] // micro_steps: {name: values for name, values in s.items() if re.fullmatch(r"[Wb]\d", name)}
        for s in of["snapshots"]
        if s["step"] > 0
    }


def trainer(launcher, folder, text, problem):
    """What the tool's own trainer reaches with the JSON."""
    port = folder / "port.json"
    port.write_text(text)
    _, output = samestep(launcher, "train", port, "--problem", problem, "--steps", str(UPDATES))
    return snapshots(json.loads(output))


def check(launcher, path, problems, tolerances):
    """The line of the table for one recording, and whether it is as it should be."""
    recording = json.loads(path.read_text())
    problem = problems[recording["problem"]]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for part in ("solver", "net"):
            (folder / f"{part}.prototxt").write_text(recording["native"][f"{part}_prototxt"])
        command = (folder / "solver.prototxt", "--net", folder / "net.prototxt", "--to", "pytorch")
        json_exit, text = samestep(launcher, *command)
        python_exit, python = samestep(launcher, *command, "--as", "python")
        yamls = {style: samestep(launcher, *command, "--as", style) for style in ("lightning", "hydra")}
        by_trainer = trainer(launcher, folder, text, recording["problem"])
    by_json = train(problem, *of_json(text))
    by_python = train(problem, *of_python(python))
    as_float32 = train(problem, *of_python(rounded(python)))
    recorded = snapshots(recording)
    apart = {
        "trainer": difference(by_json, by_trainer),
        "json": difference(by_json, recorded),
        "python": difference(by_python, recorded),
        "float32": difference(as_float32, recorded),
    }
    good = apart["trainer"] <= tolerances.trainer_tolerance
    verdict = "agrees" if good else "THE TRAINER DISAGREES"
    limit = tolerances.exact_tolerance if "dyadic" in path.stem else tolerances.tolerance
    for exit_code, of in ((json_exit, "json"), (python_exit, "python")):
        if exit_code == 0 and apart[of] > limit:
            verdict, good = f"{of} DISAGREES", False
    for style, (yaml_exit, written) in yamls.items():
        reached = train(problem, *of_yaml(written))
        if yaml_exit == 0 and difference(reached, recorded) > limit:
            verdict, good = f"{style} DISAGREES", False
    if python_exit == 0 and apart["float32"] > tolerances.exact_tolerance:
        verdict, good = "DISAGREES beyond rounding", False
    if good and python_exit != 0:
        verdict = "not called the same"
    numbers = "  ".join(f"{apart[of]:8.1e}" for of in ("trainer", "json", "python", "float32"))
    exits = "/".join(str(code) for code in (json_exit, python_exit, *(of[0] for of in yamls.values())))
    return f"{exits}  {numbers}  {verdict}", good


def main():
    """Prints the table; the number of failures decides the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("translate", type=pathlib.Path, help="the launcher")
    parser.add_argument("recordings", type=pathlib.Path, help="folder of recordings, caffe-*.json")
    parser.add_argument("problems", type=pathlib.Path, help="the problems' data and initial weights")
    parser.add_argument("--tolerance", type=float, default=2e-5)
    parser.add_argument("--exact-tolerance", type=float, default=1e-9)
    parser.add_argument("--trainer-tolerance", type=float, default=1e-12)
    parser.add_argument("--only", default="", help="recordings whose name contains this")
    arguments = parser.parse_args()

    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    problems = json.loads(arguments.problems.read_text())
    paths = sorted(path for path in arguments.recordings.glob("caffe-*.json") if arguments.only in path.stem)
    if not paths:
        parser.error(f"no caffe-*{arguments.only}*.json in {arguments.recordings}")
    width = max(len(path.stem) for path in paths)
    print("exit codes: JSON/Python/Lightning/Hydra")
    print(f"torch {torch.__version__}; largest deviation of a weight, of JSON from Samestep's trainer, else from Caffe's")
    print(f"{'recording':{width}}  exit     trainer      json    python   float32")
    failures = 0
    for path in paths:
        try:
            line, good = check(arguments.translate.resolve(), path, problems, arguments)
        except Exception as error:  # pylint: disable=broad-exception-caught
            line, good = f"FAILS: {type(error).__name__}: {error}", False
        failures += not good
        print(f"{path.stem:{width}}  {line}", flush=True)
    print(f"{len(paths)} recordings, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
