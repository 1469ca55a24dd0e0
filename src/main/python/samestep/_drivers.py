"""Drives a real optimizer with given gradients, on small twins of its parameters. What one driver gives can be compared with
what another gives: weights are lists, of a matrix by its inputs and then by its outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Callable, Protocol

from samestep._description import Description
from samestep._streams import Stream

# Rounding of doubles and of single precision, relative to a number.
DOUBLE = 2.0**-52
SINGLE = 2.0**-23
Weights = dict[str, list[float]]


@dataclass(frozen=True)
class Tensor:
    """A twin of a parameter.

    Attributes:
        name: as the framework calls the parameter.
        layer: its layer.
        role: what it is for there.
        rows: inputs; 1 of a vector.
        columns: outputs.
    """

    name: str
    layer: str
    role: str
    rows: int
    columns: int

    @property
    def size(self) -> int:
        """Number of weights."""
        return self.rows * self.columns


class Driver(Protocol):
    """A real optimizer, ready to be driven."""

    tensors: list[Tensor]
    micro_steps: int
    unit: float
    limit: float
    shipped: bool
    description: Description | None
    # Whether the schedule begins elsewhere only with the optimizer's own count.
    counts_updates: bool
    # Updates at which the schedule is looked at, from 0.
    places: list[int]

    @property
    def powers(self) -> float:
        """The largest relative error of a power of a number; 0 where powers are rounded as those of Java are."""

    def run(self, stream: Stream) -> list[list[list[float]]]:
        """The weights after each update, for each tensor; every run begins with a new optimizer."""


class FunctionDriver:
    """Drives a function of the user's: it takes the first weights, and gives one that takes gradients and gives weights."""

    def __init__(
        self, start: Callable[[Weights], Callable[[Weights], Mapping[str, Any]]], tensors: list[Tensor]
    ) -> None:
        self._start = start
        self.tensors = tensors
        self.micro_steps = 1
        self.unit, self.limit, self.shipped = DOUBLE, 4096.0, False
        self.description: Description | None = None
        self.counts_updates = False
        self.places: list[int] = []
        self.powers = 0.0

    def run(self, stream: Stream) -> list[list[list[float]]]:
        """The weights after each update."""
        names = [t.name for t in self.tensors]
        step = self._start({n: list(w) for n, w in zip(names, stream.initial)})
        after: list[list[list[float]]] = []
        for update in stream.gradients:
            weights = step({n: list(g) for n, g in zip(names, update[0])})
            after.append([[float(v) for v in weights[n]] for n in names])
        return after


# Parameters of the twin; of more, two of each group and role stand for the others.
_MOST = 48
_OF_A_KIND = 2


def representatives(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The parameters that get a twin.

    Args:
        rows: parameters as a description has them.

    Returns:
        All of them, or of many the first two of each group, role and number of dimensions.
    """
    rows = [row for row in rows if row["role"] != "statistics"]
    if len(rows) <= _MOST:
        return rows
    seen: dict[tuple[Any, ...], int] = {}
    chosen: list[dict[str, Any]] = []
    for row in rows:
        key = (row["group"], row["role"], len(row["shape"]), row["trained"])
        seen[key] = seen.get(key, 0) + 1
        if seen[key] <= _OF_A_KIND:
            chosen.append(row)
    return chosen


# A scheduler is stepped up to a place one by one.
_FARTHEST = 200_000
_MOST_PLACES = 8
_BEFORE = 2


def places(arguments: dict[str, Any], micro_steps: int = 1) -> list[int]:
    """Where a schedule is looked at: shortly before it changes, and in the middle of what is known.

    Args:
        arguments: its numbers, as a description has them; whole ones are taken for steps.
        micro_steps: steps of it in an update.

    Returns:
        Updates, rising.
    """
    steps: set[int] = set()
    for name, value in arguments.items():
        if name == "rates":
            pieces = [int(start) for start, _ in value]
            steps.update(pieces[1 : _MOST_PLACES + 1] if len(pieces) <= _MOST_PLACES else (pieces[len(pieces) // 2],))
        elif name == "schedulers":
            for part in value:
                steps.update(places(part["init_args"]))
        else:
            numbers = value if isinstance(value, list) else [value]
            steps.update(int(n) for n in numbers if isinstance(n, int) and not isinstance(n, bool))
    updates = sorted({max(0, step // micro_steps - _BEFORE) for step in steps if 0 < step // micro_steps <= _FARTHEST})
    return updates if len(updates) <= _MOST_PLACES else updates[:: len(updates) // _MOST_PLACES + 1]
