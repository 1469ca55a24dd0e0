"""Optimizers of PyTorch whose step is the user's own: a known class that answers every gradient as they do, or why there is none."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from samestep._description import Description, Note
from samestep._drivers import Driver
from samestep._pipe import PROGRAM
from samestep._probe import Solution, Unsolved
from samestep._solve import meant, solve
from samestep._streams import streams

# Whose steps are what their classes' names say.
_TRUSTED = (
    "torch",
    "timm",
    "transformers",
    "accelerate",
    "lightning",
    "pytorch_lightning",
    "lightning_fabric",
    "deepspeed",
    "apex",
    "samestep",
)
_REFUSED = "cannot be read yet"
_LONG = 1000


@dataclass(frozen=True)
class Own:
    """A step that no known library has.

    Attributes:
        name: as Python calls it.
        runs: whether a new optimizer of the class has it too, so that it can be run on twins.
    """

    name: str
    runs: bool


def own_step(optimizer: Any, description: Description) -> Own | None:
    """The step of an optimizer, where it is none of a known class.

    Args:
        optimizer: the optimizer, unwrapped.
        description: what its class says of it.

    Returns:
        None where the class is known and its step is the library's.
    """
    of_class = list(_chain(type(optimizer).step))
    # Schedulers put a wrapper around the class's step into the object.
    of_object = [f for f in _chain(vars(optimizer).get("step")) if f not in of_class]
    for function in (*of_object, *of_class):
        if not _is_of_a_library(function):
            module = getattr(function, "__module__", "")
            name = f"{module}.{getattr(function, '__qualname__', type(function).__name__)}"
            return Own(name, function in of_class)
    path = str(description.data["optimizer"]["class_path"])
    # The class may be new to the program, though its step is a library's.
    if path.partition(".")[0] not in _TRUSTED and _REFUSED in PROGRAM.call(["explain", "-"], description.json()).err:
        return Own(path, True)
    return None


def _chain(function: Any) -> Iterator[Any]:
    """A function, and those that it is a wrapper of."""
    for _ in range(16):
        if function is None:
            return
        if isinstance(function, functools.partial):
            function = function.func
            continue
        function = getattr(function, "__func__", function)
        yield function
        function = getattr(function, "__wrapped__", None)


def _is_of_a_library(function: Any) -> bool:
    """By the file of its code: a name can be anything, and a wrapper takes that of what it wraps."""
    code = getattr(function, "__code__", None)
    if code is None:
        return str(getattr(function, "__module__", "")).partition(".")[0] in _TRUSTED
    folders = (os.path.dirname(getattr(sys.modules.get(name), "__file__", None) or "") for name in _TRUSTED)
    return any(folder and str(code.co_filename).startswith(folder + os.sep) for folder in folders)


def unexplained(description: Description, own: Own, reason: str) -> Description:
    """The description of a step that is not known: under its own name, which no reader takes for a known class."""
    data = dict(description.data)
    path = str(data["optimizer"]["class_path"])
    shown = own.name if path.partition(".")[0] in _TRUSTED else path
    data["optimizer"] = {**data["optimizer"], "class_path": shown}
    note = Note("warning", "optimizer-not-explained", f"the step {own.name} is not known: {reason}")
    return Description(data, (*description.notes, note))


def solved(description: Description, own: Own, driver: Any, has_scheduler: bool) -> Description:
    """The description with a known class that does what the step does.

    Args:
        description: what the optimizer's class and groups say.
        own: its step.
        driver: the optimizer, to be run on twins.
        has_scheduler: whether a scheduler sets the rates of its groups.

    Returns:
        A description that was held against the optimizer on gradients that nothing was solved on.

    Raises:
        Unsolved: there is no such class; the message says what was seen.
    """
    data = dict(description.data)
    try:
        found = {number: _class(solve(driver.of_group(number))) for number in driver.groups}
    except Unsolved:
        raise
    except Exception as e:  # It is the user's step, which may raise anything.
        raise Unsolved(f"it cannot be run alone: {type(e).__name__}: {e}") from e
    paths = {path for path, _ in found.values()}
    if len(paths) != 1:
        raise Unsolved(
            "its groups have different equations: " + ", ".join(sorted(paths)) if paths else "it trains nothing"
        )
    first = next(iter(found.values()))[1]
    groups = []
    for number, group in enumerate(data["param_groups"]):
        numbers = found[number][1] if number in found else first
        if has_scheduler and number in found and numbers["lr"] != group.get("lr"):
            raise Unsolved(
                f"its rate is {numbers['lr']:.9g}, and the group's that the scheduler sets {group.get('lr')}"
            )
        names = {"param_names": group["param_names"]} if "param_names" in group else {}
        groups.append({**names, **numbers})
    path = paths.pop()
    data["optimizer"] = {"class_path": path, "init_args": first}
    data["param_groups"] = groups
    data["solved"] = [{"function": own.name, "calls": [{"fn": path, "kwargs": first}], "precision": "double"}]
    note = Note(
        "warning",
        "equations-from-answers",
        f"the numbers of {own.name} were found from its answers to gradients, and held against others for {_LONG} updates:"
        " what it changes later is not known",
    )
    said = "; ".join(dict.fromkeys(filter(None, (meant(numbers) for _, numbers in found.values()))))
    more = (Note("note", "numbers-of-single-precision", said),) if said else ()
    result = Description(data, (*description.notes, note, *more))
    _confirm(driver, result)
    return result


def _confirm(driver: Driver, description: Description) -> None:
    from samestep._verify import agreement

    more = [streams([t.size for t in driver.tensors], _LONG, driver.micro_steps, seed=1)[1]]
    try:
        verdict = agreement(driver, description, more=more)
    except ValueError as e:
        raise Unsolved(f"the program has no equations for what was found: {e}") from e
    if not verdict:
        raise Unsolved(f"it is not what its answers to a few gradients say: {verdict}")


def _class(found: Solution) -> tuple[str, dict[str, Any]]:
    """A class and its arguments that do the same."""
    numbers = dict(found.numbers)
    coupled, decoupled = _decay(found.coupled), _decay(found.decoupled)
    rate, family = -found.scale, found.family
    own: dict[str, Any]
    if rate <= 0:
        raise Unsolved("its weights rise with the gradient")
    if family == "sgd":
        momentum = numbers.get("decay", 0.0)
        if decoupled and momentum:
            raise Unsolved("its decay is beside the momentum")
        own = {"momentum": momentum, "dampening": 0.0, "nesterov": bool(numbers.get("nesterov", False))}
        return "torch.optim.sgd.SGD", {"lr": rate, **own, "weight_decay": coupled or decoupled}
    if family == "adam":
        if numbers["eps_root"]:
            raise Unsolved(f"its epsilon, {numbers['eps_root']:.6g}, is in the root")
        name = "torch.optim.adam.Adam" if coupled else "torch.optim.adamw.AdamW"
        own = {"betas": [numbers["b1"], numbers["b2"]], "eps": numbers["eps"]}
        return name, {"lr": rate, **own, "weight_decay": coupled or decoupled, "amsgrad": False}
    if family == "sign":
        # A mean of one gradient alone loses small ones in the rounding of what classes with a mean compute.
        raise Unsolved("it takes the sign of the gradient, without a mean: no class that is known does this")
    if family == "lion":
        if coupled:
            raise Unsolved("its decay is in the gradient whose sign it takes")
        betas = [numbers["b1"], numbers["b2"]]
        return "timm.optim.lion.Lion", {"lr": rate, "betas": betas, "weight_decay": decoupled}
    if decoupled:
        raise Unsolved("its decay is beside what it divides by a root")
    momentum = numbers.get("momentum", 0.0)
    if family == "rms":
        if numbers["eps_in_sqrt"] and numbers["eps"]:
            raise Unsolved(f"its epsilon, {numbers['eps']:.6g}, is in the root")
        own = {"alpha": numbers["decay"], "eps": numbers["eps"], "momentum": momentum, "centered": False}
        return "torch.optim.rmsprop.RMSprop", {"lr": rate, **own, "weight_decay": coupled}
    if momentum:
        raise Unsolved("it has a momentum of what it divides by the root of a sum")
    own = {"lr_decay": 0.0, "initial_accumulator_value": numbers["initial_accumulator_value"], "eps": 0.0}
    return "torch.optim.adagrad.Adagrad", {"lr": rate, **own, "weight_decay": coupled}


def _decay(values: Sequence[float]) -> float:
    sizes = sorted(set(values))
    if len(sizes) > 1:
        raise Unsolved(f"in one group its decay is {sizes[0]:.6g} of one parameter and {sizes[-1]:.6g} of another")
    return sizes[0] if sizes else 0.0
