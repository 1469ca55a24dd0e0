"""Runs programs that change gradients, and holds the weights against the equations that `explain` prints. Optional: needs torch.

Each program of fixtures/programs/gradients/pytorch and fixtures/programs/pytorch/idioms that `explain` reads with nothing left
open is run in real PyTorch, on batches of its own, in double precision. The equations of its JSON document are evaluated beside it, with the gradients of the plain loss,
and the weights of both after all updates must agree. What is left open, or is not read, is only counted.

    python src/test/python/check_changed_gradients.py ./translate [PART OF A PATH]
"""

import builtins
import contextlib
import copy
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import types
import unittest.mock
import warnings

import torch
from torch.optim.optimizer import register_optimizer_step_pre_hook

FOLDER = pathlib.Path("fixtures/programs")
PARTS = ("gradients/pytorch", "pytorch/idioms")
EPOCHS, BATCHES, BATCH = 10, 40, 4
OPEN = {"SS043", "SS045", "SS441", "SS615"}
# The loss of the first is against what another network says; the weights of the second become NaN; of the next three the table of
# rates leaves epochs out; the last takes other batches between epochs.
LEFT_OUT = {
    "gradients/pytorch/" + name
    for name in (
        "same/teacher.py",
        "changed/autocast_loss_scaled_by_hand.py",
        "changed/epochs_of_a_group.py",
        "scheduled/changed/counted_late.py",
        "scheduled/changed/second.py",
        "scheduled/same/loader_twice.py",
    )
}
TOLERANCE = 1e-9


class Loader(list):
    """Batches that remembers which of them were taken."""

    taken = []

    def __iter__(self):
        for batch in super().__iter__():
            Loader.taken.append(batch)
            yield batch


def batches():
    random = torch.Generator().manual_seed(5)
    return [
        (torch.randn(BATCH, 10, generator=random) / 8, torch.randint(0, 2, (BATCH,), generator=random)) for _ in range(BATCHES)
    ]


def explained(launcher, path):
    done = subprocess.run([launcher, "explain", path, "--format", "json"], capture_output=True, text=True, check=False)
    codes = set(re.findall(r"\[(SS\d+)]", done.stderr))
    return (json.loads(done.stdout)["files"][0] if done.stdout else None), codes


def run(path):
    """The names of the program at its end, and the weights before its first step."""
    first = {}

    def before(optimizer, *_):
        for group in optimizer.param_groups:
            for p in group["params"]:
                first.setdefault(id(p), p.detach().clone())

    data = types.ModuleType("data")
    data.loader, data.use_amp = Loader(batches()), False
    Loader.taken = []
    sys.modules.update(data=data, utils=unittest.mock.MagicMock(), wandb=unittest.mock.MagicMock())
    sys.argv = [str(path)]
    torch.manual_seed(0)
    hook = register_optimizer_step_pre_hook(before)
    environment = dict(os.environ)
    names = {"__name__": "__main__"}
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(path.read_text(), str(path), "exec"), names)  # pylint: disable=exec-used
    finally:
        hook.remove()
        os.environ.clear()
        os.environ.update(environment)
    return names, first


def rates(launcher, path, said, codes):
    """The rate at an update; of a schedule by epochs those between two points of the table are that of the first."""
    if "SS431" in codes:
        points = said["learning_rate"]["points"]
        return lambda update: [p["rate"] for p in points if p["update"] <= update // BATCHES][-1]
    command = [launcher, "train", path, "--steps", str(EPOCHS * BATCHES), "--snapshots", "1"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["learning_rates"]
    return lambda update: found[update]


class Replay:
    """Evaluates equations of explain with the gradients of a model."""

    def __init__(self, model, said):
        self.model = model
        self.equations = {}
        for update in said["updates"]:
            for name in update["parameters"]:
                self.equations[name] = [] if update["frozen"] else update["equations"]
        self.multipliers = {n: u["rate_multiplier"] for u in said["updates"] for n in u["parameters"]}
        self.names = {self.row(n): p for n, p in model.named_parameters()}
        self.state = {}

    def row(self, name):
        layer, own = name.rsplit(".", 1)
        return f"{layer} {'bias' if own == 'bias' else 'kernel'}"

    def accumulated(self):
        """How many batches one update has, and by what their sum is divided."""
        found = re.search(r"(sum|mean) of g over (\d+) batches", str(self.equations))
        return (int(found[2]), int(found[2]) if found[1] == "mean" else 1) if found else (1, 1)

    def update(self, gradients, rate, count):
        values = {n: {"g": gradients[n], "w": self.names[n].detach()} for n in self.names if self.equations.get(n)}
        lines = max(map(len, self.equations.values()))
        for line in range(lines):
            before = [v["g"] for v in values.values()]
            for name, own in values.items():
                equations = self.equations[name]
                text = equations[line] if line < len(equations) else ""
                if not text or " of g over " in text:
                    continue
                target, formula = text.split(" = ", 1)
                own[target] = self.value(formula, name, own, before, rate, count)
        with torch.no_grad():
            for name, own in values.items():
                self.names[name].copy_(own["w"])
                self.state[name] = {k: v for k, v in own.items() if k not in "gw"}

    def value(self, formula, name, own, before, rate, count):
        def norm(g, scope):
            parts = before if scope == "all" else [g]
            return torch.sqrt(sum((p * p).sum() for p in parts))

        scope = {
            "where": lambda c, a, b: a if bool(c) else b, "norm": norm, "all": "all", "tensor": "tensor",
            "min": lambda a, b: builtins.min(a, b), "sign": torch.sign, "clip": torch.clip, "sqrt": torch.sqrt,
            "first": int(count == 0), "t": count + 1, "eta": rate * self.multipliers[name], "batch": BATCH,
        }
        state = self.state.get(name, {})
        missing = {w: torch.zeros(()) for w in re.findall(r"[a-z_]+", formula) if w not in scope and w not in own}
        return eval(formula, {**scope, **missing, **state, **own})  # pylint: disable=eval-used


def apart(launcher, path, said, codes):
    """The largest difference of a weight."""
    names, first = run(path)
    model = copy.deepcopy(names["model"])
    with torch.no_grad():
        for ours, real in zip(model.parameters(), names["model"].parameters()):
            ours.copy_(first.get(id(real), real)).requires_grad_(True)
            ours.grad = None
    replay, rate = Replay(model, said), rates(launcher, path, said, codes)
    many, divisor = replay.accumulated()
    total, count = {}, 0
    for at, (x, y) in enumerate(Loader.taken):
        loss = torch.nn.functional.cross_entropy(model(x), y)
        found = torch.autograd.grad(loss, list(model.parameters()))
        for name, g in zip(replay.names, found):
            total[name] = total.get(name, 0) + g / divisor
        if (at + 1) % many == 0:
            replay.update(total, rate(count), count)
            total, count = {}, count + 1
    pairs = zip(model.parameters(), names["model"].parameters())
    return max(float((a - b).abs().max()) for a, b in pairs)


def main(launcher, only=""):
    warnings.simplefilter("ignore")
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    held = left = wrong = 0
    for path in (p for part in PARTS for p in sorted((FOLDER / part).rglob("*.py")) if only in str(p)):
        said, codes = explained(launcher, path)
        if said is None or codes & OPEN or str(path.relative_to(FOLDER)) in LEFT_OUT:
            left += 1
            continue
        try:
            difference = apart(launcher, path, said, codes)
        except Exception as error:  # pylint: disable=broad-except
            print(f"{path.relative_to(FOLDER)}: not run: {type(error).__name__}: {error}")
            continue
        held += 1
        if not difference <= TOLERANCE:
            wrong += 1
            print(f"{path.relative_to(FOLDER)}: WRONG by {difference:.1e}")
    print(f"{held} programs held against PyTorch, {wrong} wrong; {left} refused or left open")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
