"""Finds the equations of an optimizer of the user's from what it answers: known ones with free numbers, solved one by one.

A number is rounded to a short decimal only where that is within the rounding of what was measured. What is found here is a
guess: it is believed only after it was run against the optimizer, on gradients that nothing was solved on.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from functools import partial
from typing import Any

from samestep._probe import DOUBLE, SINGLE, Probe, Respond, Solution, Unsolved, threshold

_DIGITS = 9
_LARGEST_SINGLE = 1e38


def solve(respond: Respond, single: bool = False) -> Solution:
    """Finds equations that answer as an optimizer does to a few gradients.

    Args:
        respond: the optimizer, anew for each call.
        single: whether it computes in single precision: a number is then known only if it is a short decimal.

    Returns:
        What was found; it has still to be confirmed.

    Raises:
        Unsolved: no known equations give these answers.
    """
    probe = Probe(respond, single)
    found = probe.family()
    probe.is_steady(found)
    _decay(respond, found)
    return _rounded(found, SINGLE if single else DOUBLE, single)


def _decay(respond: Respond, found: Solution) -> None:
    """The decay of each tensor: what is done without a gradient; or the gradient that undoes it."""
    one, two = respond([0.0] * 3, 1.0, 0), respond([0.0] * 3, 2.0, 0)
    if not any(any(u) for u in one):
        return
    if all(
        abs(u - a[0]) <= SINGLE * abs(a[0]) and abs(v - 2 * a[0]) <= SINGLE * abs(a[0])
        for a, b in zip(one, two)
        for u, v in zip(a, b)
    ):
        found.decoupled = [a[0] / found.scale for a in one]
        return
    found.coupled = [
        threshold(partial(_is_weaker, respond, i, found.scale)) if any(a) else 0.0 for i, a in enumerate(one)
    ]


def _is_weaker(respond: Respond, tensor: int, scale: float, gradient: float) -> bool:
    """Whether the decay of a weight of one is more than a gradient against it."""
    return respond([-gradient], 1.0, 0)[tensor][0] * scale > 0


def _rounded(found: Solution, near: float, must: bool) -> Solution:
    numbers = {k: v if isinstance(v, bool) else _short(v, near, must) for k, v in found.numbers.items()}
    decays = [[_short(v, 100 * near, must) for v in one] for one in (found.coupled, found.decoupled)]
    return Solution(found.family, _short(found.scale, near, must), numbers, *decays)


def _short(value: float, near: float, must: bool) -> float:
    """The shortest decimal, or number of single precision, that a measured number may be; else the number."""
    if value == 0:
        return 0.0
    for digits in range(1, _DIGITS):
        short = float(f"{value:.{digits - 1}e}")
        if abs(short - value) <= near * abs(value):
            return short
    if must:
        raise Unsolved(f"it computes in single precision, in which {value:.6g} cannot be told from its neighbours")
    single = _single(value)
    return single if abs(single - value) <= near * abs(value) else value


def meant(numbers: Mapping[str, Any]) -> str:
    """Which numbers are those of single precision that are next to a short decimal, and which decimal; empty where none is."""
    said: dict[str, None] = {}
    for name, value in numbers.items():
        for one in value if isinstance(value, (list, tuple)) else (value,):
            decimal = _decimal(one) if isinstance(one, float) else one
            if decimal != one:
                said[f"{name} is {one!r}, which is {decimal!r} in single precision"] = None
    return "; ".join(said)


def _decimal(value: float) -> float:
    """The shortest decimal that is this number in single precision; the number itself where it is none of these."""
    if float(f"{value:.{_DIGITS - 1}e}") == value or abs(value) > _LARGEST_SINGLE or value != _single(value):
        return value
    for digits in range(1, _DIGITS - 1):
        short = float(f"{value:.{digits - 1}e}")
        if _single(short) == value:
            return short
    return value


def _single(value: float) -> float:
    return float(struct.unpack("f", struct.pack("f", value))[0])
