"""Transformations of the user's own: calls of Optax' functions that answer every gradient as they do, or an error that says why not."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from samestep._optax_tree import ROLES
from samestep._probe import Solution, Unsolved
from samestep._solve import solve

# Optax' functions for what is solved, and the numbers that go to a function of their own after it.
_FUNCTIONS = {
    "adam": "scale_by_adam",
    "rms": "scale_by_rms",
    "rss": "scale_by_rss",
    "sign": "scale_by_sign",
    "lion": "scale_by_lion",
}


@dataclass(frozen=True)
class Solved:
    """A part of a transformation whose equations were found from its answers.

    Attributes:
        function: what was solved, as Python calls it.
        calls: calls of Optax' functions that do the same.
        single: whether it computes in single precision, whatever the parameters are.
    """

    function: str
    calls: list[dict[str, Any]]
    single: bool

    def row(self) -> dict[str, Any]:
        """As a description has it."""
        return {"function": self.function, "calls": self.calls, "precision": "single" if self.single else "double"}


def name_of(function: Any) -> str:
    """What Python calls a function, with its module."""
    return f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', type(function).__name__)}"


def solved(init: Any, update: Any, tree: Any) -> Solved:
    """Finds calls of Optax' functions that answer as a transformation does.

    Args:
        init: its first function.
        update: its second.
        tree: parameters.

    Returns:
        What was found. It has still to be confirmed on other gradients.

    Raises:
        Unsolved: nothing that is known answers like this.
    """
    from samestep._optax_driver import OptaxDriver

    optax: Any = sys.modules["optax"]
    driver = OptaxDriver(optax.GradientTransformationExtraArgs(init, update), tree, None)
    try:
        single = driver.has_single_precision()
        found = solve(driver.updates, single)
    except Unsolved:
        raise
    except Exception as e:  # It is the user's function, which may raise anything.
        raise Unsolved(f"it cannot be run alone: {type(e).__name__}: {e}") from e
    return Solved(name_of(update), _calls(found, [t.role for t in driver.tensors]), single)


def _calls(found: Solution, roles: Sequence[str]) -> list[dict[str, Any]]:
    numbers = dict(found.numbers)
    after = numbers.pop("momentum", None)
    calls = _decay(found.coupled, roles)
    if found.family == "sgd":
        calls += [{"fn": "trace", "kwargs": numbers}] if numbers else []
    else:
        # The epsilon of a sum of squares is in its first value.
        calls.append(
            {"fn": _FUNCTIONS[found.family], "kwargs": {**numbers, **({"eps": 0.0} if found.family == "rss" else {})}}
        )
    if after is not None:
        calls.append({"fn": "trace", "kwargs": {"decay": after, "nesterov": False}})
    return [*calls, *_decay(found.decoupled, roles), {"fn": "scale", "kwargs": {"step_size": found.scale}}]


def _decay(values: Sequence[float], roles: Sequence[str]) -> list[dict[str, Any]]:
    """The decay, of the kinds of parameters that have it."""
    sizes = sorted({v for v in values if v})
    if not sizes:
        return []
    if len(sizes) > 1:
        raise Unsolved(f"its decay is {sizes[0]:.6g} of one parameter and {sizes[-1]:.6g} of another")
    call = {"fn": "add_decayed_weights", "kwargs": {"weight_decay": sizes[0]}}
    said: dict[str, bool] = {}
    for role, value in zip(roles, values):
        if said.setdefault(role, bool(value)) != bool(value):
            raise Unsolved(f"some of the parameters of one kind ({role}) decay")
    if all(said.values()):
        return [call]
    mask = {role: said.get(role, said.get("bias", False)) for role in ROLES}
    return [{"fn": "masked", "kwargs": {"inner": call, "mask": {"parameters": {"*": mask}}}}]
