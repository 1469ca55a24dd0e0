"""Gradients that tell the equations of an optimizer of the user's: each number has a probe that it alone decides.

The weights are held while gradients are given, so that every update is a function of the gradients alone. Two opposite gradients
tell the decay of the mean, a gradient and an eighth of it that of the squares.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Callable

# The updates of one weight of each tensor, for gradients, a weight that is held, and what whole numbers in the state begin with.
Respond = Callable[[Sequence[float], float, int], "list[list[float]]"]

# How near two measured numbers are that are the same, relative to them.
DOUBLE, SINGLE = 1e-11, 1e-6
# So large that no epsilon is seen beside it; its square fits in single precision.
_LARGE = 2.0**40
# So small that every epsilon but zero is all that is seen; its square is a number.
_LEAST_EXPONENT, _MOST_EXPONENT = -250, 40
# Where a rate that follows the count of updates is looked at.
_LATE = tuple(base * 10**power for power in range(1, 7) for base in (1, 3))
_LEFT = 1e-13
# What the rounding of one minus a number of single precision may change, where that number is 0.9999 or less.
_ROUNDED = 1e-3


class Unsolved(ValueError):
    """No known equations give the answers; the message says what was seen."""


@dataclass
class Solution:
    """Equations and their numbers.

    Attributes:
        family: ``sgd``, ``adam``, ``rms``, ``rss``, ``sign`` or ``lion``.
        scale: what the family's own update is multiplied by; below zero where weights fall.
        numbers: the family's numbers, by the names that Optax has for them.
        coupled: the decay that is added to the gradient, for each tensor.
        decoupled: the decay that is added to the family's own update, for each tensor.
    """

    family: str
    scale: float
    numbers: dict[str, float | bool] = field(default_factory=dict)
    coupled: list[float] = field(default_factory=list)
    decoupled: list[float] = field(default_factory=list)


class Probe:
    """Asks an optimizer, anew for each question."""

    def __init__(self, respond: Respond, single: bool) -> None:
        self._respond = respond
        self._single = single
        self._near = SINGLE if single else DOUBLE

    def _ask(self, *gradients: float, start: int = 0) -> list[float]:
        answers = self._respond(gradients, 0.0, start)
        if any(not self._equal(a, b) for one in answers for a, b in zip(one, answers[0])):
            raise Unsolved("it does not do the same to every parameter")
        if not all(map(math.isfinite, answers[0])):
            raise Unsolved("its updates are not numbers")
        return answers[0]

    def _equal(self, a: float, b: float) -> bool:
        return abs(a - b) <= self._near * max(abs(a), abs(b))

    def family(self) -> Solution:
        """The equations that divide by nothing, by a root or by the size, with their numbers; without a decay."""
        mixed = (_LARGE, -_LARGE / 3, _LARGE / 7)
        if self._ask(*mixed) != self._ask(*mixed):
            raise Unsolved("it gives other updates for the same gradients")
        (large,), (less,), (least,) = (self._ask(_LARGE * by) for by in (1.0, 2.0**-10, 2.0**-100))
        if large == 0:
            raise Unsolved("it does nothing with a gradient")
        if self._equal(large, less * 2.0**10):
            return self._linear()
        if not self._equal(large, less):
            raise Unsolved("its first update is neither proportional to the gradient nor without its size")
        second = self._ask(_LARGE, -_LARGE / 4)[1]
        if self._equal(large, least) and self._equal(abs(second), abs(large)):
            return self._sign(large)
        constant = self._ask(*[_LARGE] * 5)
        if all(self._equal(c, large) for c in constant):
            return self._adam(large)
        apart = max(abs(c / large - 1) for c in constant)
        if self._single and apart < _ROUNDED:
            raise Unsolved(
                f"for equal gradients its updates are equal but for {apart:.1g} of themselves, as where 1 - b2**count is"
                " computed in single precision: make its numbers Python's own, such as float(b2), or doubles"
            )
        return self._squares(constant)

    def is_steady(self, found: Solution) -> None:
        """That the rate is the same where the state counts many updates, but for the correction of means that began at zero."""
        first = self._ask(_LARGE)[0]
        for start in _LATE:
            late = self._ask(_LARGE, start=start)[0]
            corrected = first
            if found.family == "adam":
                one, two = (1 - b for b in (float(found.numbers["b1"]), float(found.numbers["b2"])))
                corrected *= one / (1 - (1 - one) ** (start + 1)) / math.sqrt(two / (1 - (1 - two) ** (start + 1)))
            if not self._equal(late, first) and abs(late - corrected) > SINGLE * abs(corrected):
                size = _LARGE if found.family == "sgd" else 1.0
                raise Unsolved(
                    f"its rate changes: {first / size:.6g} at the first update, {late / size:.6g} where it has counted {start}"
                )

    def _linear(self) -> Solution:
        one, two, three = (u / _LARGE for u in self._ask(_LARGE, 0, 0))
        late = self._ask(0, 0, 0, 0, _LARGE)[-1] / _LARGE
        if not self._equal(one, late):
            raise Unsolved(f"its rate changes: {one:.6g} at the first update, {late:.6g} at the fifth")
        if two == 0:
            return Solution("sgd", one)
        decay = three / two
        if self._equal(two, one * decay):
            return Solution("sgd", one, {"decay": decay, "nesterov": False})
        if not self._equal(two * (1 + decay), one * decay * decay):
            raise Unsolved(
                f"after one gradient its updates are {one:.6g}, {two:.6g}, {three:.6g}: no momentum gives these"
            )
        return Solution("sgd", one / (1 + decay), {"decay": decay, "nesterov": True})

    def _sign(self, scale: float) -> Solution:
        self._steady(scale)
        after_one = threshold(lambda x: self._ask(1.0, -x)[1] * scale > 0)
        if after_one == 0:
            return Solution("sign", scale)
        after_two = threshold(lambda x: self._ask(1.0, 0.0, -x)[2] * scale > 0)
        second = after_two / after_one
        odds = after_one / (1 - second)
        return Solution("lion", scale, {"b1": odds / (1 + odds), "b2": second})

    def _steady(self, scale: float) -> None:
        """That the size of an update is the same after any number of equal gradients."""
        last = self._ask(*[_LARGE] * 5)[-1]
        if not self._equal(scale, last):
            raise Unsolved(f"its rate changes: {abs(scale):.6g} at the first update, {abs(last):.6g} at the fifth")

    def _adam(self, scale: float) -> Solution:
        ratio = -self._ask(_LARGE, -_LARGE)[1] / scale
        first = _or_zero((1 - ratio) / (1 + ratio))
        # After one gradient and an eighth of it, from the squares' mean alone.
        mean = (first + 1 / 8) / (1 + first)
        root = (mean * scale / self._ask(_LARGE, _LARGE / 8)[1]) ** 2
        if root >= 1:
            raise Unsolved("its squares have no mean that decays")
        second = _or_zero((root - 1 / 64) / (1 - root))
        outside, inside = self._epsilon(scale)
        return Solution("adam", scale, {"b1": first, "b2": second, "eps": outside, "eps_root": inside})

    def _squares(self, constant: list[float]) -> Solution:
        """What divides by the root of the squares' mean, or of their sum, and may have a momentum of what that gives."""
        one = constant[0]
        momentum = self._ask(_LARGE, 0)[1] / one
        own = [b - momentum * a for a, b in zip([0.0, *constant], constant)]
        decay = (one / own[1]) ** 2 - 1
        total, share = 1.0, 1.0
        for value in own[1:]:
            share *= decay
            total += share
            if not self._equal(value, one / math.sqrt(total)):
                raise Unsolved(
                    f"for equal gradients its updates are {one:.6g}, {own[1]:.6g}, {own[2]:.6g}: no rate that stays the same gives these"
                )
        outside, inside = self._epsilon(one)
        numbers: dict[str, float | bool] = {} if momentum == 0 else {"momentum": momentum}
        if self._equal(decay, 1.0):
            if outside:
                raise Unsolved("its epsilon is beside the root of a sum of squares")
            return Solution("rss", one, {"initial_accumulator_value": inside, **numbers})
        weight = 1 - decay
        epsilon = outside * math.sqrt(weight) if outside else inside * weight
        own_numbers: dict[str, float | bool] = {"decay": decay, "eps": epsilon, "eps_in_sqrt": not outside}
        return Solution("rms", one * math.sqrt(weight), {**own_numbers, **numbers})

    def _epsilon(self, scale: float) -> tuple[float, float]:
        """Epsilon beside the root, and in it, of an update of the scale times g / (g + one) or g / sqrt(g² + other)."""
        low, high = _LEAST_EXPONENT, _MOST_EXPONENT
        if self._equal(self._ask(2.0**low)[0], scale):
            return 0.0, 0.0
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._ask(2.0**middle)[0] / scale < 0.5 else (low, middle)
        at = 2.0**high
        share = self._ask(at)[0] / scale
        farther = self._ask(4 * at)[0] / scale
        outside, inside = at * (1 / share - 1), at * at * (1 / share**2 - 1)
        if self._equal(farther, 4 * at / (4 * at + outside)):
            return outside, 0.0
        if self._equal(farther, 4 * at / math.sqrt(16 * at * at + inside)):
            return 0.0, inside
        raise Unsolved("an epsilon is neither beside the root nor in it")


def _or_zero(decay: float) -> float:
    """A decay, or zero where numbers of the size of one were subtracted and left nothing else."""
    return 0.0 if abs(decay) < _LEFT else decay


def threshold(is_kept: Callable[[float], bool]) -> float:
    """The largest number for which something holds; 0 where there is none.

    Args:
        is_kept: whether it holds; it does up to a number, and not above.
    """
    low, high = 2.0**-40, 2.0**40
    if not is_kept(low):
        return 0.0
    while high / low > 2:
        middle = math.sqrt(low * high)
        low, high = (middle, high) if is_kept(middle) else (low, middle)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if is_kept(middle) else (low, middle)
    return low
