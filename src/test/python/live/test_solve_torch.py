"""Optimizers of PyTorch with a step of their own: what it does is found from what it answers, never from the class's name."""

from __future__ import annotations

import pytest
from replaying import follows_the_schema

torch = pytest.importorskip("torch")

import samestep

ADAMW, SGD = torch.optim.AdamW, torch.optim.SGD


class Own(torch.optim.Optimizer):
    """A step of a weight, its gradient and its state; a group has its numbers."""

    def __init__(self, params, lr=0.1, **numbers):
        super().__init__(params, {"lr": lr, **numbers})

    def step(self, closure=None):
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is not None:
                    with torch.no_grad():
                        self.move(weight, weight.grad, self.state[weight], group)


class Momentum(Own):
    def move(self, w, g, state, group):
        g = g + group["decay"] * w
        state["v"] = group["momentum"] * state.get("v", 0) + g
        w -= group["lr"] * (g + group["momentum"] * state["v"] if group["nesterov"] else state["v"])


class Adam(Own):
    def move(self, w, g, state, group):
        state["t"] = t = state.get("t", 0) + 1
        state["m"] = 0.9 * state.get("m", 0) + 0.1 * g
        state["v"] = 0.95 * state.get("v", 0) + 0.05 * g * g
        root = (state["v"] / (1 - 0.95**t)).sqrt() + group["eps"]
        w -= group["lr"] * (state["m"] / (1 - 0.9**t) / root + group["decay"] * w)


class Lion(Own):
    def move(self, w, g, state, group):
        m = state.get("m", torch.zeros_like(w))
        w -= group["lr"] * (torch.sign(0.9 * m + 0.1 * g) + 0.1 * w)
        state["m"] = 0.99 * m + 0.01 * g


class Cubed(Own):
    def move(self, w, g, state, group):
        w -= group["lr"] * g**3


class Slowing(Own):
    def move(self, w, g, state, group):
        state["t"] = state.get("t", -1) + 1
        w -= group["lr"] * (1.0 if state["t"] < 20_000 else 0.5) * g


class Late(Own):
    def move(self, w, g, state, group):
        state["t"] = state.get("t", 0) + 2
        w -= group["lr"] * (1.0 if state["t"] < 1400 else 0.5) * g


class Clipped(Own):
    def move(self, w, g, state, group):
        w -= group["lr"] * g.clamp(-1, 1)


class SameAdamW(ADAMW):
    """Another name, and nothing else."""

    def step(self, closure=None):
        return super().step(closure)


class HalfAdamW(ADAMW):
    """What its name says is not what it does: the rate is halved."""

    def step(self, closure=None):
        for group in self.param_groups:
            group["lr"] /= 2
        super().step(closure)
        for group in self.param_groups:
            group["lr"] *= 2


class SignSGD(SGD):
    """Its gradients are replaced by their signs."""

    def step(self, closure=None):
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is not None:
                    weight.grad.sign_()
        super().step(closure)


def layer():
    return torch.nn.Linear(3, 2)


def sgd(rate, momentum=0.0, nesterov=False, decay=0.0):
    return {"lr": rate, "momentum": momentum, "dampening": 0.0, "nesterov": nesterov, "weight_decay": decay}


def adam(rate, second=0.999, eps=1e-8, decay=0.01):
    return {"lr": rate, "betas": [0.9, second], "eps": eps, "weight_decay": decay, "amsgrad": False}


@pytest.mark.parametrize(
    ("make", "name", "numbers"),
    [
        (lambda p: Momentum(p, 0.1, momentum=0.9, nesterov=False, decay=5e-4), "SGD", sgd(0.1, 0.9, decay=5e-4)),
        (lambda p: Momentum(p, 0.3, momentum=0.95, nesterov=True, decay=0.0), "SGD", sgd(0.3, 0.95, True)),
        (lambda p: Momentum(p, 0.1, momentum=0.0, nesterov=False, decay=0.01), "SGD", sgd(0.1, decay=0.01)),
        (lambda p: Adam(p, 1e-3, eps=1e-6, decay=0.1), "AdamW", adam(1e-3, 0.95, 1e-6, 0.1)),
        (lambda p: SameAdamW(p, 0.01), "AdamW", adam(0.01)),
        (lambda p: HalfAdamW(p, 0.01, weight_decay=0.1), "AdamW", adam(0.005, decay=0.1)),
        (lambda p: SGD(p, 0.01), "SGD", None),
        (lambda p: Lion(p, 1e-3), "Lion", {"lr": 1e-3, "betas": [0.9, 0.99], "weight_decay": 0.1}),
    ],
)
def test_a_step_of_ones_own_is_found_and_confirmed(make, name, numbers):
    model = layer()
    found = samestep.describe(make(model.parameters()), model)
    assert found.name == name
    assert samestep.explain(found).readable
    follows_the_schema([found.json()])
    if numbers is None:
        assert "solved" not in found.data
        return
    (group,) = found.data["param_groups"]
    assert {k: v for k, v in group.items() if k != "param_names"} == numbers
    assert "equations-from-answers" in {n.kind for n in found.notes}
    assert found.data["solved"][0]["function"].startswith("test_solve_torch.")


def test_a_number_of_single_precision_is_said_with_the_decimal_that_was_meant():
    model = layer()
    rate = float(torch.tensor(0.1, dtype=torch.float32))
    found = samestep.describe(SameAdamW(model.parameters(), rate), model)
    assert found.data["param_groups"][0]["lr"] == rate
    assert f"lr is {rate!r}, which is 0.1 in single precision" in str(found)


def test_groups_have_their_own_numbers_and_a_schedule_its_rates():
    model = layer()
    groups = [{"params": [model.weight], "decay": 0.1}, {"params": [model.bias], "decay": 0.0, "lr": 0.02}]
    optimizer = Adam(groups, 0.01, eps=1e-8, decay=0.0)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 5, gamma=0.5)
    found = samestep.describe(optimizer, model, scheduler, updates=20)
    assert [(g["lr"], g["weight_decay"]) for g in found.data["param_groups"]] == [(0.01, 0.1), (0.02, 0.0)]
    assert samestep.verify(optimizer, found, model, scheduler=scheduler)
    halved = HalfAdamW(model.parameters(), 0.01)
    scheduler = torch.optim.lr_scheduler.StepLR(halved, 5, gamma=0.5)
    assert "that the scheduler sets" in str(samestep.describe(halved, model, scheduler, updates=20))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda p: Cubed(p), "neither proportional to the gradient nor without its size"),
        (lambda p: Slowing(p), "its rate changes: -0.1 at the first update, -0.05 where it has counted 30000"),
        (lambda p: Late(p), "not what its answers to a few gradients say"),
        (lambda p: Clipped(p), "is not known: "),
        (lambda p: SignSGD(p, 1e-3), "it takes the sign of the gradient, without a mean"),
    ],
)
def test_what_is_not_explained_is_said_and_is_no_known_class(make, reason):
    model = layer()
    found = samestep.describe(make(model.parameters()), model)
    (note,) = [n for n in found.notes if n.kind == "optimizer-not-explained"]
    assert reason in note.message
    assert found.data["optimizer"]["class_path"].startswith("test_solve_torch.")
    assert not samestep.explain(found).readable


def test_a_step_that_was_replaced_is_not_taken_for_that_of_its_class(monkeypatch):
    model = layer()
    optimizer = SGD(model.parameters(), 0.1)
    optimizer.step = lambda closure=None: None
    found = samestep.describe(optimizer, model)
    assert not samestep.explain(found).readable
    assert "cannot be run on twins" in str(found)

    import functools

    own = SGD.step

    @functools.wraps(own)
    def weaker(self, closure=None):
        for group in self.param_groups:
            for weight in group["params"]:
                weight.grad = weight.grad / 4 if weight.grad is not None else None
        return own(self, closure)

    monkeypatch.setattr(SGD, "step", weaker)
    found = samestep.describe(SGD(model.parameters(), 0.1), model)
    assert found.data["param_groups"][0]["lr"] == 0.025


def test_a_known_step_under_schedulers_and_wrappers_is_known():
    model = layer()
    optimizer = ADAMW(model.parameters(), 0.1)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9)
    assert "solved" not in samestep.describe(optimizer, model, scheduler, updates=9).data
    accelerate = pytest.importorskip("accelerate")
    assert "solved" not in samestep.describe(accelerate.Accelerator(cpu=True).prepare(optimizer), model).data


def test_nothing_of_the_optimizer_is_changed():
    model = layer()
    optimizer = Adam(model.parameters(), 1e-3, eps=1e-6, decay=0.1)
    model(torch.ones(3)).sum().backward()
    optimizer.step()
    before = repr((optimizer.state_dict(), model.state_dict(), model.weight.grad, vars(optimizer).keys()))
    samestep.describe(optimizer, model)
    assert repr((optimizer.state_dict(), model.state_dict(), model.weight.grad, vars(optimizer).keys())) == before
