"""Rates of live schedulers of PyTorch, by stepping a copy. The user's scheduler and optimizer are not touched."""

from __future__ import annotations

import copy
import functools
import warnings
from dataclasses import dataclass, field
from typing import Any

from samestep._description import Note

# A run of unknown length is followed so far.
_STEPS = 1_000
_MOST_STEPS = 2_000_000
_MOST_PIECES = 20_000
_ARGUMENTS: dict[str, tuple[str, ...]] = {
    "StepLR": ("step_size", "gamma"),
    "MultiStepLR": ("milestones", "gamma"),
    "ConstantLR": ("factor", "total_iters"),
    "LinearLR": ("start_factor", "end_factor", "total_iters"),
    "ExponentialLR": ("gamma",),
    "PolynomialLR": ("total_iters", "power"),
    "CosineAnnealingLR": ("T_max", "eta_min"),
    "CosineAnnealingWarmRestarts": ("T_0", "T_mult", "eta_min"),
}
_PROPORTION = 1e-9


@dataclass
class Schedule:
    """A scheduler as the document has it.

    Attributes:
        data: class, arguments and rates.
        changes: what it changes beside the rate.
        notes: what was noticed.
    """

    data: dict[str, Any]
    changes: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def describe(scheduler: Any, optimizer: Any, updates: int | None, every: int) -> Schedule:
    """Describes a scheduler.

    Args:
        scheduler: the live object; wrappers such as accelerate's are unwrapped.
        optimizer: the optimizer whose rates it sets, unwrapped.
        updates: how many updates the run has from here; None where nobody says so.
        every: updates between two steps of the scheduler.

    Returns:
        The rates of the first group, update for update, as pieces of one rate each.
    """
    while hasattr(scheduler, "scheduler") and hasattr(scheduler.scheduler, "optimizer"):
        scheduler = scheduler.scheduler
    if not hasattr(scheduler, "optimizer"):
        raise TypeError(f"{type(scheduler).__name__} is no scheduler of torch.optim.lr_scheduler")
    path = f"{type(scheduler).__module__}.{type(scheduler).__qualname__}"
    own: Any = scheduler.optimizer
    if type(scheduler).__name__ == "ReduceLROnPlateau":
        rate = float(optimizer.param_groups[0]["lr"])
        data = _data(path, {}, [(0, rate)], 1, False, every)
        return Schedule(data, [], [Note("warning", "rate-of-a-metric", "the rate follows a measured value")])
    steps = _STEPS if updates is None else min(max(1, -(-updates // every)), _MOST_STEPS)
    rates, changes = _step(scheduler, own, optimizer, steps)
    pieces = [(start * every, rate) for start, rate in _pieces(rates)]
    complete = updates is not None and steps * every >= updates and len(pieces) <= _MOST_PIECES
    notes: list[Note] = []
    resumed = int(getattr(scheduler, "last_epoch", 0)) > 0
    if resumed:
        notes.append(
            Note("note", "scheduler-stepped", f"the scheduler was stepped {scheduler.last_epoch} times already")
        )
    arguments = {} if every > 1 else _arguments(scheduler)
    if resumed:
        arguments["resumed"] = True
    if arguments and "class_path" in arguments:
        path = arguments.pop("class_path")
    data = _data(path, arguments, pieces[:_MOST_PIECES], min(steps * every, updates or steps * every), complete, every)
    return Schedule(data, changes, notes)


def _data(
    path: str, arguments: dict[str, Any], pieces: list[tuple[int, float]], steps: int, complete: bool, every: int
) -> dict[str, Any]:
    table = {"rates": [list(piece) for piece in pieces], "steps": steps, "complete": complete}
    return {
        "class_path": path,
        "init_args": {**arguments, **table},
        "stepped": "after every update" if every == 1 else f"after every {every} updates",
    }


def twin_of_rates(optimizer: Any) -> Any:
    """An optimizer with the same numbers in its groups, and no parameters."""
    twin = copy.copy(optimizer)
    groups = [{k: copy.copy(v) for k, v in g.items() if k != "params"} for g in optimizer.param_groups]
    twin.__dict__ = {k: v for k, v in optimizer.__dict__.items() if k not in ("step", "state")}
    twin.__dict__["param_groups"] = [dict(group, params=[]) for group in groups]
    twin.__dict__["state"] = {}
    twin.__dict__["defaults"] = dict(optimizer.defaults)
    # What a scheduler looks at before it warns that nothing was stepped.
    twin.__dict__["_opt_called"] = True
    return twin


def copied(scheduler: Any, optimizer: Any) -> Any:
    """A copy of a scheduler that steps another optimizer.

    Args:
        scheduler: the live object.
        optimizer: what the copy is to step, in place of the scheduler's own.

    Returns:
        The copy, with copies of all that it holds.

    Raises:
        TypeError: something in it cannot be copied.
    """
    own = scheduler.optimizer
    memo: dict[int, Any] = {id(own): optimizer}
    for wrapper in (getattr(own, "optimizer", None), getattr(own, "_base_optimizer", None)):
        if wrapper is not None:
            memo[id(wrapper)] = optimizer
    try:
        return copy.deepcopy(scheduler, memo)
    except Exception as e:
        raise TypeError(f"{type(scheduler).__name__} cannot be copied, so its rates are not known: {e}") from e


def _step(scheduler: Any, own: Any, optimizer: Any, steps: int) -> tuple[list[float], list[str]]:
    twin = twin_of_rates(optimizer)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        stepped = copied(scheduler, twin)
        rates: list[float] = []
        changes: list[str] = []
        first = [_others(group) for group in twin.param_groups]
        proportions = _proportions(twin)
        for step in range(steps):
            rates.append(float(twin.param_groups[0]["lr"]))
            _compare(twin, first, proportions, changes)
            if step + 1 < steps:
                try:
                    stepped.step()
                except ValueError as e:
                    changes.append(f"nothing after step {step + 1}, where it raises an error ({e})")
                    break
    return rates, changes


def _others(group: dict[str, Any]) -> dict[str, str]:
    return {k: repr(v) for k, v in group.items() if k not in ("lr", "params")}


def _proportions(optimizer: Any) -> list[float] | None:
    base = [float(g.get("initial_lr", g["lr"])) for g in optimizer.param_groups]
    return [rate / base[0] for rate in base] if base[0] else None


def _compare(twin: Any, first: list[dict[str, str]], proportions: list[float] | None, changes: list[str]) -> None:
    base = float(twin.param_groups[0]["lr"])
    for number, group in enumerate(twin.param_groups):
        for key, value in _others(group).items():
            if first[number].get(key) != value and key not in changes:
                changes.append(key)
        share = proportions[number] if proportions is not None else 1.0
        difference = abs(float(group["lr"]) - base * share)
        if difference > _PROPORTION * max(abs(base * share), abs(float(group["lr"]))):
            words = "rates of groups out of proportion"
            if words not in changes:
                changes.append(words)


def _pieces(rates: list[float]) -> list[tuple[int, float]]:
    pieces: list[tuple[int, float]] = []
    for step, rate in enumerate(rates):
        if not pieces or pieces[-1][1] != rate:
            pieces.append((step, rate))
    return pieces


def _arguments(scheduler: Any) -> dict[str, Any]:
    """The arguments that made a scheduler, where its class keeps them; they are held against the rates later."""
    name = type(scheduler).__name__
    if not type(scheduler).__module__.startswith("torch.optim"):
        return {}
    if name == "SequentialLR":
        parts = [_inner(part) for part in scheduler._schedulers]
        return {"schedulers": parts, "milestones": list(scheduler._milestones)}
    if name == "LambdaLR":
        return _of_library(scheduler.lr_lambdas)
    arguments: dict[str, Any] = {}
    for argument in _ARGUMENTS.get(name, ()):
        value = getattr(scheduler, argument, None)
        if argument == "milestones" and value is not None:
            value = sorted(value.elements()) if hasattr(value, "elements") else list(value)
        if isinstance(value, (int, float, list)):
            arguments[argument] = value
    return arguments


def _inner(scheduler: Any) -> dict[str, Any]:
    arguments = _arguments(scheduler)
    path = f"{type(scheduler).__module__}.{type(scheduler).__qualname__}"
    return {"class_path": arguments.pop("class_path", path), "init_args": arguments}


def _of_library(lambdas: list[Any]) -> dict[str, Any]:
    """Schedules of transformers are functions with their arguments bound."""
    first = lambdas[0] if lambdas else None
    if not isinstance(first, functools.partial) or any(f is not first and _same(f, first) is False for f in lambdas):
        return {}
    name = getattr(first.func, "__name__", "")
    module = getattr(first.func, "__module__", "") or ""
    if not module.startswith("transformers") or not name.startswith("_get_") or not name.endswith("_lr_lambda"):
        return {}
    numbers = {k: v for k, v in first.keywords.items() if isinstance(v, (int, float)) and not isinstance(v, bool)}
    return {"class_path": "transformers." + name[1 : -len("_lr_lambda")], **numbers}


def _same(one: Any, other: Any) -> bool:
    return (
        isinstance(one, functools.partial)
        and isinstance(other, functools.partial)
        and one.func is other.func
        and one.keywords == other.keywords
    )
