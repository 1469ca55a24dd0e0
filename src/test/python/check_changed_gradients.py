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
from torch.optim.optimizer import register_optimizer_step_post_hook, register_optimizer_step_pre_hook

FOLDER = pathlib.Path("fixtures/programs")
PARTS = ("gradients/pytorch", "pytorch/idioms")
EPOCHS, BATCHES, BATCH = 10, 40, 4
OPEN = {"SS043", "SS045", "SS441", "SS615"}
TOLERANCE = 1e-9
LEAST_FINITE = 10  # updates that a program which diverges must have before


class Loader(list):
    """Batches that remembers which of them were taken, and of those which had a backward pass, with their targets."""

    taken = []
    used = set()

    def __iter__(self):
        for batch in super().__iter__():
            Loader.taken.append(batch)
            yield batch

    @classmethod
    def clear(cls):
        cls.taken, cls.used = [], set()

    @classmethod
    def learnt(cls):
        """The batches that were learnt from; all, if no tensor's own backward() was called."""
        return [batch for at, batch in enumerate(cls.taken) if at in cls.used or not cls.used]


BACKWARD, CROSS_ENTROPY = torch.Tensor.backward, torch.nn.functional.cross_entropy


def backward(loss, *args, **kwargs):
    """Notes that the batch that was taken last is learnt from."""
    Loader.used.add(len(Loader.taken) - 1)
    return BACKWARD(loss, *args, **kwargs)


def cross_entropy(output, target, *args, **kwargs):
    """Notes the target, where it is not the batch's own but, as of a teacher, of probabilities."""
    if Loader.taken and target.is_floating_point() and not target.requires_grad:
        Loader.taken[-1] = Loader.taken[-1][0], target
    return CROSS_ENTROPY(output, target, *args, **kwargs)


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
    """The names of the program at its end, the weights before its first step, and those after each step with its rate."""
    first, steps, real_rates = {}, [], []

    def before(optimizer, *_):
        real_rates.append(optimizer.param_groups[0]["lr"])
        for group in optimizer.param_groups:
            for p in group["params"]:
                first.setdefault(id(p), p.detach().clone())

    def after(optimizer, *_):
        steps.append({id(p): p.detach().clone() for group in optimizer.param_groups for p in group["params"]})

    data = types.ModuleType("data")
    data.loader, data.use_amp = Loader(batches()), False
    Loader.clear()
    sys.modules.update(data=data, utils=unittest.mock.MagicMock(), wandb=unittest.mock.MagicMock())
    sys.argv = [str(path)]
    torch.manual_seed(0)
    hooks = register_optimizer_step_pre_hook(before), register_optimizer_step_post_hook(after)
    environment = dict(os.environ)
    names = {"__name__": "__main__"}
    try:
        patched = unittest.mock.patch.multiple
        with (
            contextlib.redirect_stdout(io.StringIO()),
            patched(torch.Tensor, backward=backward),
            patched(torch.nn.functional, cross_entropy=cross_entropy),
        ):
            exec(compile(path.read_text(), str(path), "exec"), names)  # pylint: disable=exec-used
    finally:
        for hook in hooks:
            hook.remove()
        os.environ.clear()
        os.environ.update(environment)
    return names, first, steps, real_rates


def rates(launcher, path, said, codes, real):
    """The rate at an update; of a schedule by epochs that of its table, and the program's own where the table leaves an epoch out."""
    if "SS431" in codes:
        table = {p["update"]: p["rate"] for p in said["learning_rate"]["points"]}

        def found(update):
            epoch = update // BATCHES
            before = max(e for e in table if e <= epoch)
            after = min((e for e in table if e >= epoch), default=before)
            return table[before] if before == epoch or table[before] == table[after] else real[update]

        return found
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
    """The largest difference of a weight at the end; of a program that diverges that after any update before, over the weight."""
    names, first, steps, real_rates = run(path)
    model = copy.deepcopy(names["model"])
    with torch.no_grad():
        for ours, real in zip(model.parameters(), names["model"].parameters()):
            ours.copy_(first.get(id(real), real)).requires_grad_(True)
            ours.grad = None
    replay, rate = Replay(model, said), rates(launcher, path, said, codes, real_rates)
    many, divisor = replay.accumulated()
    total, count = {}, 0
    real = list(names["model"].parameters())
    diverges = not all(bool(p.isfinite().all()) for p in real)
    worst = 0.0
    for at, (x, y) in enumerate(Loader.learnt()):
        loss = torch.nn.functional.cross_entropy(model(x), y)
        found = torch.autograd.grad(loss, list(model.parameters()))
        for name, g in zip(replay.names, found):
            total[name] = total.get(name, 0) + g / divisor
        if (at + 1) % many == 0:
            replay.update(total, rate(count), count)
            total, count = {}, count + 1
            if diverges:
                found = [steps[count - 1].get(id(p), p) for p in real]
                if not all(bool(p.isfinite().all()) for p in found):
                    return worst if count > LEAST_FINITE else float("inf")
                pairs = zip(model.parameters(), found)
                worst = max(worst, *(float(((a - b) / b.abs().clamp(min=1)).abs().max()) for a, b in pairs))
    return max(float((a - b).abs().max()) for a, b in zip(model.parameters(), real))


def main(launcher, only=""):
    warnings.simplefilter("ignore")
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    held = left = wrong = 0
    for path in (p for part in PARTS for p in sorted((FOLDER / part).rglob("*.py")) if only in str(p)):
        said, codes = explained(launcher, path)
        if said is None or codes & OPEN:
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
