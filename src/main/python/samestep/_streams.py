"""Gradients that are made to find a difference between two updates."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

# Decimal exponents of the smallest and the largest gradients, updates without a gradient at the start, the share of zeros
# among gradients, and whether weights start at zero. The proof of the program has the same, but for the small ones, which
# show where epsilon is.
_KINDS = (
    ("gradients of all scales", -12, 6, 0, 0.0, False),
    ("ordinary gradients", -1, 1, 0, 0.0, False),
    ("small gradients", -9, -6, 0, 0.0, False),
    ("the first gradients are zero", -2, 2, 3, 0.0, False),
    ("gradients are sparse and weights start at zero", -2, 2, 0, 0.5, True),
    ("all gradients are zero", 0, 0, 1_000_000, 0.0, False),
)


# Updates of a stream that looks at a place of the schedule.
_WINDOW = 5


@dataclass(frozen=True)
class Stream:
    """Weights to start with, and the gradients of every update.

    Attributes:
        name: what the gradients are like.
        initial: for each tensor, its weights.
        gradients: for each update, for each micro-step, for each tensor.
        start: the update of the schedule at which it begins, from 0.
    """

    name: str
    initial: list[list[float]]
    gradients: list[list[list[list[float]]]]
    start: int = 0


def streams(sizes: Sequence[int], updates: int, micro_steps: int, seed: int = 0) -> list[Stream]:
    """The streams of a verification; the same for the same arguments.

    Args:
        sizes: the number of weights of each tensor.
        updates: how many updates each stream has.
        micro_steps: gradients in an update.
        seed: another one gives other numbers.

    Returns:
        One stream of each kind.
    """
    made: list[Stream] = []
    for name, smallest, largest, silence, sparsity, at_zero in _KINDS:
        chance = random.Random(f"{seed} {name}")
        initial = [[0.0 if at_zero else _number(chance, 0) for _ in range(size)] for size in sizes]
        gradients: list[list[list[list[float]]]] = []
        for update in range(updates):
            exponent = largest if update == 0 else smallest if update == 1 else chance.randint(smallest, largest)
            gradients.append(
                [
                    [
                        [
                            0.0 if update < silence or chance.random() < sparsity else _number(chance, exponent)
                            for _ in range(size)
                        ]
                        for size in sizes
                    ]
                    for _ in range(micro_steps)
                ]
            )
        made.append(Stream(name, initial, gradients))
    return made


def windows(sizes: Sequence[int], micro_steps: int, starts: Sequence[int], seed: int = 0) -> list[Stream]:
    """Streams of a few updates, each at another place of the schedule.

    Args:
        sizes: the number of weights of each tensor.
        micro_steps: gradients in an update.
        starts: the updates at which they begin, from 0.
        seed: another one gives other numbers.

    Returns:
        One stream of ordinary gradients for each start.
    """
    ordinary = streams(sizes, _WINDOW, micro_steps, seed)[1]
    return [
        Stream(f"from update {start + 1} of the schedule", ordinary.initial, ordinary.gradients, start)
        for start in starts
    ]


def _number(chance: random.Random, exponent: int) -> float:
    """A number of either sign, from a tenth to one times a power of ten."""
    return float(chance.choice((-1, 1)) * chance.uniform(0.1, 1.0) * 10.0**exponent)
