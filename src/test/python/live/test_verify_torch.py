"""Exact translations of Caffe's recordings to PyTorch, run as live optimizers: they agree with the solver; with one trait
broken they are refuted, and the trait is named."""

from __future__ import annotations

import json
import re

import pytest
from replaying import recordings

torch = pytest.importorskip("torch")

import samestep

LAYERS = {"mlp": ("ip1", "ip2"), "linear": ("ip1",)}


class Port:
    """A recording's solver, and what is written for it, as live objects."""

    def __init__(self, file, tmp_path):
        recording = json.loads(file.read_text())
        self.name = file.name
        found = re.search(r"iter_size: (\d+)", recording["native"]["solver_prototxt"])
        self.accumulation = int(found.group(1)) if found else 1
        self.solver, self.net = tmp_path / "solver.prototxt", tmp_path / "net.prototxt"
        self.solver.write_text(recording["native"]["solver_prototxt"])
        self.net.write_text(recording["native"]["net_prototxt"])
        self.model = torch.nn.Sequential()
        for name in LAYERS[recording["problem"]]:
            self.model.add_module(name, torch.nn.Linear(3, 2))
        translated = samestep.translate(self.solver, "pytorch", as_="python", net=self.net)
        self.exact = translated.proven
        self.names: dict = {}
        if self.exact:
            exec(compile(translated.text, "emitted.py", "exec"), self.names)  # noqa: S102 - what was translated here
            made = self.names["configure"](self.model)
            self.optimizer, self.scheduler = made if isinstance(made, tuple) else (made, None)

    def verified(self, **changed):
        """The verdict, with the emitted update unless another one is given."""
        given = {
            "scheduler": self.scheduler,
            "update": self.names["update"],
            "accumulation": self.accumulation,
            **changed,
        }
        return samestep.verify(given.pop("optimizer", self.optimizer), self.solver, self.model, net=self.net, **given)


def broken(port):
    """Copies with one trait broken: what it is, how it is done, and the words of which one has to be in the traits."""
    groups = port.optimizer.param_groups
    decays = [g.get("weight_decay", 0) for g in groups]

    def each(key, change):
        def applied():
            for group in groups:
                group[key] = change(group[key])

        return applied

    if any(decays):
        yield "factor 2", each("weight_decay", lambda d: 2 * d), ("L2", "decay")
    if any(decays) and 0 in decays:
        yield "bias decayed", each("weight_decay", lambda d: d or max(decays)), ("L2", "decay")
    if "eps" in groups[0]:
        yield "epsilon", each("eps", lambda e: 10 * e), ("eps", "epsilon", "delta")
    if groups[0].get("momentum"):
        yield "nesterov", each("nesterov", lambda n: not n), ("nesterov", "equations")
    if port.scheduler is not None:
        yield "schedule by one", port.scheduler.step, ("schedule", "learning rate")


def without_the_loop(port):
    """What else can be forgotten: the loop's clipping, accumulation, and the rate in the velocity."""
    solver = port.solver.read_text()
    if "clip_gradients" in solver and "l1" not in solver.lower():
        yield "clip", {"update": None}, ("clip",)
    if port.accumulation > 1:
        yield "accumulation", {"accumulation": 1}, ("accumulation",)
    if type(port.optimizer).__name__ == "RateInVelocitySGD":
        group = port.optimizer.param_groups
        known = ("params", "lr", "initial_lr", "momentum", "weight_decay", "nesterov")
        plain = torch.optim.SGD([{k: v for k, v in g.items() if k in known} for g in group], lr=0.1)
        yield "rate in the velocity", {"optimizer": plain}, ("equations", "learning rate")


def restored(port, action):
    """The verdict after a change, which is undone."""
    groups = [dict(g) for g in port.optimizer.param_groups]
    state = port.scheduler.state_dict() if port.scheduler is not None else None
    try:
        action()
        return port.verified()
    finally:
        for group, before in zip(port.optimizer.param_groups, groups, strict=True):
            group.update(before)
        if state is not None:
            port.scheduler.load_state_dict(state)


def test_exact_translations_agree_and_broken_ones_are_refuted_by_name(tmp_path):
    agree, wrong, other, refuted, unnamed, missed = [], {}, [], 0, [], []
    for file in recordings("caffe"):
        port = Port(file, tmp_path)
        if not port.exact:
            other.append(port.name)
            continue
        found = port.verified()
        if not found:
            wrong[port.name] = str(found)
            continue
        agree.append(port.name)
        verdicts = [(what, words, restored(port, action)) for what, action, words in broken(port)]
        verdicts += [(what, words, port.verified(**changed)) for what, changed, words in without_the_loop(port)]
        for what, words, verdict in verdicts:
            if verdict:
                missed.append(f"{port.name}: {what}")
                continue
            refuted += 1
            named = " ".join(t.name for t in verdict.traits)
            if not any(word in named for word in words):
                unnamed.append(f"{port.name}: {what}: {verdict}")
    print(f"{len(agree)} agree, {len(wrong)} differ, {len(other)} are not exact")
    print(f"{refuted} refuted, {len(unnamed)} of them without the name, {len(missed)} missed")
    print(*unnamed, *missed, sep="\n")
    assert not wrong
    assert not missed
    assert not unnamed
    assert len(agree) > 30
