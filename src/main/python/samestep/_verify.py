"""Holds real optimizers against configurations, and against each other, step for step."""

from __future__ import annotations

import html
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Callable

from samestep import _keras, _optax, _torch
from samestep._describe import describe
from samestep._description import Description
from samestep._drivers import SINGLE, Driver, FunctionDriver, Tensor, places
from samestep._functions import Files, Source, compare, files
from samestep._keras2_driver import Keras2Driver
from samestep._keras_driver import KerasDriver
from samestep._optax_driver import OptaxDriver
from samestep._results import Trait
from samestep._streams import Stream, streams, windows
from samestep._torch_driver import TorchDriver

_UNUSABLE = 2
_ROLES = ("kernel", "bias")


@dataclass(frozen=True)
class First:
    """The first update and weight that differ.

    Attributes:
        stream: what the gradients are like.
        update: from 1.
        parameter: its name.
        observed: the weight that the optimizer gave.
        expected: the weight that the configuration, or the other optimizer, gives.
        units: the distance, in units of the number format.
    """

    stream: str
    update: int
    parameter: str
    observed: float
    expected: float
    units: float

    def __str__(self) -> str:
        return (
            f"{self.parameter}, update {self.update} ({self.stream}): "
            f"{self.observed!r} observed, {self.expected!r} expected"
        )


@dataclass(frozen=True)
class Verification:
    """Whether an optimizer does what a configuration says.

    Attributes:
        agrees: whether it does, at every weight after every update.
        largest: the largest difference, in units of the number format; infinite where nothing could be run.
        unit: that unit, relative to a weight.
        updates: how many updates each stream had.
        parameters: the parameters that were driven.
        first: the first difference; None where there is none.
        traits: what explains the difference, found by testing: with these set to what the optimizer has, the configuration
            does what was observed. Empty where nothing that was tried explains it.
        message: what else was said.
        excused: the largest difference, in units, that is more than the limit and that the measured error of XLA's powers
            explains; 0 where there is none.
    """

    agrees: bool
    largest: float
    unit: float
    updates: int
    parameters: tuple[str, ...]
    first: First | None = None
    traits: tuple[Trait, ...] = ()
    message: str = ""
    excused: float = 0.0

    def __bool__(self) -> bool:
        return self.agrees

    def __str__(self) -> str:
        if self.agrees:
            return (
                f"agrees: {len(self.parameters)} parameters, {self.updates} updates of {_COUNT} gradient streams, "
                f"{self.largest:.3g} units of {self.unit:.2g} at most"
                + (f", of which XLA's powers explain up to {self.excused:.3g}" if self.excused else "")
            )
        lines = [f"differs: {self.first}"] if self.first is not None else ["not the same update"]
        if self.traits:
            lines.append("because of: " + ", ".join(map(str, self.traits)))
        return "\n".join([*lines, self.message.strip()]).strip()

    def _repr_html_(self) -> str:
        return "<p>" + html.escape(str(self)).replace("\n", "<br>") + "</p>"


_COUNT = len(streams([1], 1, 1))


def _driver(subject: Any, model: Any, options: Mapping[str, Any]) -> Driver:
    given = {k: v for k, v in options.items() if v is not None}
    if _torch.is_optimizer(subject):
        before, update = given.pop("before_step", None), given.pop("update", None)
        scheduler = given.pop("scheduler", None)
        loop = {"scheduler_every": 1, "clip_norm": None, "clip_value": None, "accumulation": 1, **_described(given)}
        found = _torch.describe(subject, model, scheduler, None, **loop)
        return TorchDriver(
            subject,
            model,
            scheduler,
            found,
            given.get("scheduler_every", 1),
            given.get("clip_norm"),
            given.get("clip_value"),
            given.get("accumulation", 1),
            before,
            update,
        )
    if _keras.is_known(subject):
        kind = Keras2Driver if _keras.is_keras2(_keras.library(subject)) else KerasDriver
        return kind(subject, model, describe(subject, model))
    if _optax.is_optimizer(subject):
        return OptaxDriver(subject, model, given.get("described") or _optax.describe(subject, model, None, False))
    if callable(subject):
        tensors = given.get("tensors") or [
            Tensor(f"layer.{r}", "layer", r, 3 if r == "kernel" else 1, 2) for r in _ROLES
        ]
        return FunctionDriver(subject, tensors)
    raise TypeError(f"expected an optimizer, a compiled Keras model or a function, not {type(subject)}")


def _described(given: Mapping[str, Any]) -> dict[str, Any]:
    return {k: given[k] for k in ("scheduler_every", "clip_norm", "clip_value", "accumulation") if k in given}


def verify(
    optimizer: Any,
    config: Source,
    model: Any = None,
    updates: int = 12,
    *,
    scheduler: Any = None,
    scheduler_every: int = 1,
    clip_norm: float | None = None,
    clip_value: float | None = None,
    accumulation: int = 1,
    before_step: Callable[[list[Any]], Any] | None = None,
    update: Callable[..., Any] | None = None,
    net: Source | None = None,
    layers: Mapping[str, str] | None = None,
    seed: int = 0,
) -> Verification:
    """Drives a real optimizer, and holds every weight after every update against a configuration.

    Small twins of the parameters get gradients of all scales, zeros, sparse ones, and a late start. What is given is not
    changed.

    Args:
        optimizer: an optimizer of PyTorch, a compiled Keras model, or a function: it takes the first weights, as lists by
            name, and gives a function that takes gradients and gives the weights after the update.
        config: a file, a description, or another live optimizer's description.
        model: the model, for names of parameters.
        updates: how many updates each stream has.
        scheduler: the scheduler of PyTorch that sets its rates.
        scheduler_every: updates between two steps of the scheduler.
        clip_norm: what the training loop gives ``clip_grad_norm_``.
        clip_value: what it gives ``clip_grad_value_``.
        accumulation: batches whose mean gradient makes an update.
        before_step: called with the parameters before each step, for what else the loop does to their gradients.
        update: the training loop's own update, as ``translate`` writes it: a function of those of ``model``, ``optimizer``,
            ``scheduler``, ``loss_of``, ``batches`` that it needs. ``batches`` is an iterator of ``accumulation`` batches, all of
            which it takes; ``loss_of(model, batch)`` is a loss with the gradients that are wanted. The function zeroes them,
            takes them, clips, and steps optimizer and scheduler.
        net: the net that a Caffe solver trains.
        layers: layers of the optimizer's model, and what the configuration calls them.
        seed: another one gives other gradients.

    Returns:
        The verdict; it is true where they agree.

    Raises:
        FileNotFoundError: a file is not there.
        TypeError: the optimizer is of no framework that is known here, or a model is needed.
        ValueError: the configuration cannot be run, or the update takes another number of batches; the message says why.
    """
    options = {
        "scheduler": scheduler,
        "scheduler_every": scheduler_every,
        "clip_norm": clip_norm,
        "clip_value": clip_value,
        "accumulation": accumulation,
        "before_step": before_step,
        "update": update,
    }
    driver = _driver(optimizer, model, options)
    sizes = [t.size for t in driver.tensors]
    with files() as given:
        name, trained = given.name(config), [] if net is None else ["--net", given.name(net)]
        starts = sorted({*driver.places, *_turns(given, name, trained)})
        made = streams(sizes, updates, driver.micro_steps, seed) + windows(sizes, driver.micro_steps, starts, seed)
        observed = [(stream, driver.run(stream)) for stream in made]
        arguments = ["--observed", name, *trained]
        if driver.description is not None:
            arguments += ["--described", given.name(_hint(optimizer, driver.description))]
        for here, there in (layers or {}).items():
            arguments += ["--map", f"{here}={there}"]
        answer = given.call(arguments, json.dumps(_observation(driver, observed)))
    if answer.code == _UNUSABLE:
        raise ValueError(answer.err.strip())
    return _verification(json.loads(answer.out), answer.err, driver, updates)


def agreement(driver: Driver, config: Description, updates: int = 12, more: Sequence[Stream] = ()) -> Verification:
    """The verdict alone: nothing is looked for that explains a difference.

    Args:
        driver: the optimizer.
        config: the description that it is held against.
        updates: how many updates each stream has.
        more: other streams that it is driven with.

    Returns:
        The verdict, without traits.

    Raises:
        ValueError: the description cannot be run.
    """
    sizes = [t.size for t in driver.tensors]
    with files() as given:
        name = given.name(config)
        made = streams(sizes, updates, driver.micro_steps) + windows(sizes, driver.micro_steps, _turns(given, name, []))
        made += more
        observed = [(stream, driver.run(stream)) for stream in made]
        answer = given.call(["--observed", name, "--verdict-only"], json.dumps(_observation(driver, observed)))
    if answer.code == _UNUSABLE:
        raise ValueError(answer.err.strip())
    return _verification(json.loads(answer.out), answer.err, driver, updates)


def _turns(given: Files, name: str, trained: list[str]) -> list[int]:
    """Where the configuration's own schedule is looked at: shortly before each turn of its rate."""
    answer = given.call(["explain", name, *trained, "--format", "json"])
    if answer.code != 0:
        return []
    rate = json.loads(answer.out)["files"][0]["learning_rate"]
    turns = [int(point["update"]) for point in rate["points"]]
    return [] if "unit" in rate else places({"turns": turns})


def _hint(optimizer: Any, description: Description) -> Description:
    """The description, with a class whose equations are known where the optimizer's own are not.

    Traits are looked for in it, and each is tested against what was observed before it is named.
    """
    if description.framework != "pytorch":
        return description
    inner = _torch.unwrapped(optimizer)
    own = type(inner).__name__
    known = [
        c for c in type(inner).__mro__ if c.__module__.startswith(("torch.optim.", "timm.optim.", "transformers."))
    ]
    path = f"{known[0].__module__}.{known[0].__qualname__}" if known else ""
    data = dict(description.data)
    if own == "RateInVelocitySGD":
        # What is written where a rate is in the velocity; its base class has a number that it does not look at.
        path = f"samestep.{own}"
        data["param_groups"] = [{k: v for k, v in g.items() if k != "dampening"} for g in data["param_groups"]]
        arguments = {k: v for k, v in data["optimizer"]["init_args"].items() if k != "dampening"}
        data["optimizer"] = {**data["optimizer"], "init_args": arguments}
    data["optimizer"] = {**data["optimizer"], "class_path": path}
    return Description(data) if path else description


def _observation(driver: Driver, observed: Sequence[tuple[Stream, list[list[list[float]]]]]) -> dict[str, Any]:
    return {
        "unit": driver.unit,
        "limit": driver.limit,
        "powers": driver.powers,
        "shipped": driver.shipped,
        "tensors": [
            {"name": t.name, "layer": t.layer, "role": t.role, "shape": [t.rows, t.columns]} for t in driver.tensors
        ],
        "streams": [
            {
                "name": stream.name,
                "schedule_from": stream.start,
                "updates_from": stream.start if driver.counts_updates else 0,
                "initial": stream.initial,
                "gradients": stream.gradients,
                "weights": [[[v if math.isfinite(v) else None for v in t] for t in after] for after in weights],
            }
            for stream, weights in observed
        ],
    }


def _verification(data: dict[str, Any], message: str, driver: Driver, updates: int) -> Verification:
    first = data.get("first")
    return Verification(
        agrees=data["agrees"],
        largest=math.inf if data["largest"] is None else float(data["largest"]),
        unit=driver.unit,
        updates=updates,
        parameters=tuple(t.name for t in driver.tensors),
        first=None if first is None else First(**{k: _number(v) for k, v in first.items()}),
        traits=tuple(Trait(t["name"], t["source"], t["target"]) for t in data["traits"]),
        message=message,
    )


def _number(value: Any) -> Any:
    return math.nan if value is None else value


def same(
    first: Any, second: Any, model: Any = None, other_model: Any = None, updates: int = 12, *, seed: int = 0
) -> Verification:
    """Holds two live optimizers, of any two frameworks, against each other, step for step.

    Args:
        first: an optimizer of PyTorch, a compiled Keras model, or a function (see :func:`verify`).
        second: the other one.
        model: the first one's model.
        other_model: the second one's.
        updates: how many updates each stream has.
        seed: another one gives other gradients.

    Returns:
        The verdict; it is true where both give the same weights. Parameters are paired by name, else in their order.

    Raises:
        TypeError: one of them cannot be driven.
        ValueError: they have no parameters to pair, or accumulate differently.
    """
    functions = [
        callable(s) and not any(known(s) for known in (_torch.is_optimizer, _keras.is_known, _optax.is_optimizer))
        for s in (first, second)
    ]
    one = None if functions[0] else _driver(first, model, {})
    other = None if functions[1] else _driver(second, other_model, {})
    tensors = {"tensors": (one or other).tensors} if one is not None or other is not None else {}  # type: ignore[union-attr]
    left = one if one is not None else _driver(first, None, tensors)
    right = other if other is not None else _driver(second, None, tensors)
    if left.micro_steps != right.micro_steps:
        raise ValueError(f"one accumulates {left.micro_steps} batches, the other {right.micro_steps}")
    pairs = _pairs(left.tensors, right.tensors)
    unit, limit = max((left.unit, left.limit), (right.unit, right.limit))
    largest, excused, found = 0.0, 0.0, None
    for stream in streams([t.size for t in left.tensors], updates, left.micro_steps, seed):
        here = left.run(stream)
        there = right.run(_reordered(stream, pairs))
        units, place = _distance(stream, here, there, pairs, left.tensors, unit, limit)
        if place is not None:
            # Only what the limit does not cover is excused by measuring.
            allowed = _allowed(left, right, stream, pairs)
            if allowed:
                units, place = _distance(stream, here, there, pairs, left.tensors, unit, limit, allowed)
                excused = max(excused, units) if place is None else excused
        largest = max(largest, units)
        found = found or place
    traits = _traits(left.description, right.description) if found is not None else ()
    names = tuple(t.name for t in left.tensors)
    excused = excused if found is None else 0.0
    return Verification(found is None, largest, unit, updates, names, found, traits, excused=excused)


def _allowed(left: Driver, right: Driver, stream: Stream, pairs: list[int]) -> list[list[list[float]]]:
    """How far the errors of powers move each weight, as they were measured; nothing where powers are rounded."""
    one = left.spread(stream) if isinstance(left, OptaxDriver) else []
    other = right.spread(_reordered(stream, pairs)) if isinstance(right, OptaxDriver) else []
    of_left = [[after[number] for number in pairs] for after in one]
    if not of_left or not other:
        return of_left or other
    return [[[a + b for a, b in zip(*t)] for t in zip(*after)] for after in zip(of_left, other)]


def _pairs(left: list[Tensor], right: list[Tensor]) -> list[int]:
    """For each tensor of the second, the place of its partner."""
    places = {(t.layer, t.role): i for i, t in enumerate(left)}
    by_name = [places.get((t.layer, t.role), -1) for t in right]
    pairs = by_name if sorted(by_name) == list(range(len(left))) else list(range(len(right)))
    fits = len(left) == len(right) and all(
        (left[i].rows, left[i].columns, left[i].role) == (t.rows, t.columns, t.role) for i, t in zip(pairs, right)
    )
    if not fits:
        raise ValueError("the parameters of the two do not pair: give both models, of the same layers")
    return pairs


def _reordered(stream: Stream, pairs: list[int]) -> Stream:
    return Stream(
        stream.name,
        [stream.initial[i] for i in pairs],
        [[[step[i] for i in pairs] for step in update] for update in stream.gradients],
    )


def _distance(
    stream: Stream,
    here: list[list[list[float]]],
    there: list[list[list[float]]],
    pairs: list[int],
    tensors: list[Tensor],
    unit: float,
    limit: float,
    allowed: list[list[list[float]]] | None = None,
) -> tuple[float, First | None]:
    largest, first = 0.0, None
    highest = [[abs(v) for v in weights] for weights in stream.initial]
    for update, (left, right) in enumerate(zip(here, there)):
        for place, number in enumerate(pairs):
            for entry, (a, b) in enumerate(zip(left[number], right[place])):
                high = max(highest[number][entry], abs(a), abs(b))
                highest[number][entry] = high
                if a == b or (not math.isfinite(a) and not math.isfinite(b)):
                    continue
                units = abs(a - b) / (high * unit)
                units = units if math.isfinite(units) else math.inf
                largest = max(largest, units)
                # As in the program: no allowance is above the rounding of single precision.
                more = min(allowed[update][place][entry] / (high * unit), SINGLE / unit) if allowed and high else 0.0
                if not units <= limit + more and first is None:
                    first = First(stream.name, update + 1, tensors[number].name, a, b, units)
    return largest, first


def _traits(one: Description | None, other: Description | None) -> tuple[Trait, ...]:
    if one is None or other is None:
        return ()
    compared = compare(one, other, update_only=True)
    found: list[Trait] = []
    for difference in compared.differences:
        found += [t for t in difference.traits if t not in found]
    return tuple(found)
