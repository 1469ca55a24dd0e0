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
        yield "accumulation", {"accumulation": 1, "update": None}, ("accumulation",)
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


def linear() -> torch.nn.Module:
    """A small model."""
    return torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.LayerNorm(2))


def test_a_schedule_that_is_missing_is_found_far_from_the_start(tmp_path):
    solver = tmp_path / "solver.prototxt"
    solver.write_text('base_lr: 0.1\nlr_policy: "step"\nstepsize: 5000\ngamma: 0.5\nmax_iter: 20000\n')
    model = linear()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    found = samestep.verify(optimizer, solver, model)
    assert not found
    assert found.first is not None
    assert found.first.update == 5001
    assert [t.name for t in found.traits] == ["learning rate"]
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 5000, gamma=0.5)
    assert samestep.verify(optimizer, solver, model, scheduler=scheduler)


def test_a_configuration_that_cannot_be_run_is_misuse_and_a_broken_one_too(tmp_path):
    solver = tmp_path / "solver.prototxt"
    solver.write_text("base_lr: {")
    model = linear()
    with pytest.raises(ValueError, match=r"solver\.prototxt"):
        samestep.verify(torch.optim.SGD(model.parameters(), lr=0.1), solver, model)


def test_nothing_that_is_given_is_changed():
    model = linear()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=50)
    for parameter in model.parameters():
        parameter.grad = torch.ones_like(parameter)
    optimizer.step()
    before = repr((model.state_dict(), optimizer.state_dict(), scheduler.state_dict()))
    gradients = [p.grad.clone() for p in model.parameters()]
    samestep.verify(optimizer, samestep.describe(torch.optim.Adam(model.parameters(), lr=0.1), model), model)
    samestep.same(optimizer, optimizer, model, model)
    assert repr((model.state_dict(), optimizer.state_dict(), scheduler.state_dict())) == before
    assert all(torch.equal(p.grad, g) for p, g in zip(model.parameters(), gradients, strict=True))


@pytest.mark.parametrize("kind", ["SGD", "Adam", "AdamW", "Adagrad", "RMSprop", "Adadelta", "Adamax", "NAdam", "RAdam"])
def test_every_optimizer_of_torch_agrees_with_its_own_description(kind):
    model = linear()
    optimizer = getattr(torch.optim, kind)(model.parameters(), lr=0.01, weight_decay=0.1)
    assert samestep.verify(optimizer, samestep.describe(optimizer, model), model)


def test_two_live_optimizers_are_held_against_each_other():
    model, other = linear(), linear()
    one = torch.optim.AdamW(model.parameters(), lr=0.01, weight_decay=0.1)
    assert samestep.same(one, torch.optim.AdamW(other.parameters(), lr=0.01, weight_decay=0.1), model, other)
    found = samestep.same(one, torch.optim.AdamW(other.parameters(), lr=0.01, weight_decay=0.2), model, other)
    assert not found
    assert [t.name for t in found.traits] == ["decoupled decay"]


def test_a_function_of_the_users_is_driven():
    model = torch.nn.Sequential()
    model.add_module("layer", torch.nn.Linear(3, 2))

    def start(decay):
        def begin(weights):
            state = {name: list(values) for name, values in weights.items()}

            def step(gradients):
                for name, values in state.items():
                    for i, gradient in enumerate(gradients[name]):
                        values[i] -= 0.1 * (gradient + decay * values[i])
                return state

            return step

        return begin

    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, weight_decay=0.01)
    assert samestep.same(start(0.01), optimizer, other_model=model)
    assert not samestep.same(start(0.02), optimizer, other_model=model)
    assert samestep.verify(start(0.01), samestep.describe(optimizer, model))
    found = samestep.verify(start(0.02), samestep.describe(optimizer, model))
    assert [str(t) for t in found.traits] == ["L2 in the gradient (0.02 | 0.01)"]


def test_an_update_takes_as_many_batches_as_are_said():
    model = linear()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

    def update(model, optimizer, loss_of, batches):
        optimizer.zero_grad()
        for _ in range(2):
            (loss_of(model, next(batches)) / 2).backward()
        optimizer.step()

    described = samestep.describe(optimizer, model, accumulation=2)
    assert samestep.verify(optimizer, described, model, update=update, accumulation=2)
    with pytest.raises(ValueError, match="more batches than accumulation=1"):
        samestep.verify(optimizer, described, model, update=update)
    with pytest.raises(ValueError, match="takes 2 batches, not accumulation=3"):
        samestep.verify(optimizer, described, model, update=update, accumulation=3)
