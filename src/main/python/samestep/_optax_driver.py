"""Drives transformations of Optax on small twins of a tree of parameters, in double precision. What is given is not touched."""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Sequence
from typing import Any

from samestep import _optax
from samestep._description import Description
from samestep._drivers import DOUBLE, SINGLE, Tensor, representatives
from samestep._optax_powers import powers_of_one, with_power_off
from samestep._optax_tree import leaves
from samestep._streams import Stream

# States whose count is that of a schedule; each transformation has a count of its own.
_OF_SCHEDULES = ("ScaleByScheduleState", "WrappedScheduleState", "InjectStatefulHyperparamsState")


# Updates of a stream from which it pays to compile a step.
_LONG = 100

# What Optax computes or keeps in single precision, whatever the parameters are: schedules, the decay of Adafactor's moments
# (optax/_src/factorized.py, _decay_rate_pow), and a state that is said to be of this type.
_NARROW = ("f32[", "f16[")
_IN_SINGLE_PRECISION = ("schedule", "scale_by_factored_rms", "float32")


def doubles() -> Any:
    """A context in which JAX has doubles."""
    jax: Any = sys.modules["jax"]
    enable = getattr(jax, "enable_x64", None)
    return (sys.modules["jax.experimental"].enable_x64 if enable is None else enable)(True)


class OptaxDriver:
    """A transformation, ready to be driven."""

    def __init__(self, optimizer: Any, model: Any, description: Description | None) -> None:
        self._jax: Any = sys.modules["jax"]
        self._optimizer = _in_doubles(optimizer)
        tree = _optax.example() if model is None else model
        found = leaves(tree)
        self._structure = self._jax.tree.structure(tree)
        self._shapes = [_small(leaf.shape) for leaf in found]
        rows = [{**leaf.row(), "number": i} for i, leaf in enumerate(found) if leaf.is_described]
        self._chosen = [row["number"] for row in representatives(rows)]
        self.tensors = [
            Tensor(found[i].name, found[i].layer or found[i].name, found[i].role, *_matrix(self._shapes[i]))
            for i in self._chosen
        ]
        steps = (description.data.get("MultiSteps") if description is not None else None) or {}
        self.micro_steps = int(steps.get("every_k_schedule", 1))
        self.unit, self.limit, self.shipped = DOUBLE, 4096.0, False
        data = {} if description is None else description.data
        chain = json.dumps(data.get("chain"))
        solved = any(part["precision"] == "single" for part in data.get("solved", ()))
        if solved or any(f'"{word}"' in chain for word in _IN_SINGLE_PRECISION):
            self.unit, self.limit = SINGLE, 64.0
        self.counts_updates = False
        self._compiled: Any = None
        # What is made of a step before it is run; nothing but where powers are put off.
        self._changed: Any = None
        self._counts: set[int] = set()
        self._compiled_counts: set[int] = set()
        self._decays = _decays(description.data.get("chain") if description is not None else None)
        self.places: list[int] = []
        self.description: Description | None = description

    @property
    def powers(self) -> float:
        """The largest relative error of the powers of this transformation's numbers that JAX computed: XLA's are not rounded."""
        worst = 0.0
        with doubles():
            # What is computed step by step multiplies, for a whole count; what is compiled has a power.
            compiled = self._jax.jit(lambda decay, count: decay**count)
            for counts, power in ((self._counts, pow), (self._compiled_counts, compiled)):
                for decay in self._decays:
                    worst = max([worst, *(self._error(power, decay, count) for count in counts)])
        # Those of Python and of Java are within a unit.
        return worst + DOUBLE if worst > 0 else 0.0

    def _error(self, power: Any, decay: float, count: int) -> float:
        exact = decay**count
        # What is less adds nothing to a number of the size of one.
        if exact <= DOUBLE:
            return 0.0
        return abs(float(power(decay, self._jax.numpy.asarray(count, "int32"))) - exact) / exact

    def spread(self, stream: Stream) -> list[list[list[float]]]:
        """How far the errors of the powers may move each weight after each update: each power is put off by what was measured."""
        error = self.powers
        count = self._powers_of_a_step() if error else 0
        found: list[list[list[float]]] = []
        for place in range(count):
            self._changed = lambda step, place=place: with_power_off(step, place, error)
            moved = self.run(stream)
            self._changed = lambda step: with_power_off(step, -1, 0.0)
            right = self.run(stream)
            self._changed = None
            apart = [[[abs(a - b) for a, b in zip(*of)] for of in zip(*after)] for after in zip(moved, right)]
            found = [[[a + b for a, b in zip(*of)] for of in zip(*after)] for after in zip(found, apart)] or apart
        return found

    def _powers_of_a_step(self) -> int:
        with doubles():
            weights = self._filled(1.0)
            state = self._optimizer.init(weights)
            return powers_of_one(self._optimizer.update, weights, state, weights)

    def run(self, stream: Stream) -> list[list[list[float]]]:
        """The weights after each update, for each tensor."""
        jax, optax = self._jax, sys.modules["optax"]
        is_compiled = self.micro_steps > 1 or len(stream.gradients) > _LONG
        # Nesterov's variants correct with the count after this one.
        (self._compiled_counts if is_compiled else self._counts).update(range(1, len(stream.gradients) + 2))
        with doubles():
            weights: Any = self._tree(stream.initial)
            state = self._optimizer.init(weights)

            def step(gradients: Any, state: Any, weights: Any) -> Any:
                updates, state = self._optimizer.update(gradients, state, weights)
                return optax.apply_updates(weights, updates), state

            if self._changed is not None:
                step = jax.jit(self._changed(step))
            elif is_compiled:
                # MultiSteps has a condition in it, which JAX would compile anew at every call.
                step = self._compiled = self._compiled or jax.jit(step)
            state = _at(state, stream.start) if stream.start else state
            after: list[list[list[float]]] = []
            for update in stream.gradients:
                for gradients in update:
                    weights, state = step(self._tree(gradients), state, weights)
                flat = jax.tree.leaves(weights)
                after.append([[float(v) for v in flat[i].reshape(-1)] for i in self._chosen])
            return after

    def updates(self, gradients: Sequence[float], weight: float, start: int = 0) -> list[list[float]]:
        """The updates of one weight of each tensor, where all gradients of an update are equal, and all weights are held.

        The state begins with its whole numbers larger by the start: they count updates.
        """
        with doubles():
            weights = self._filled(weight)
            state = self._optimizer.init(weights)
            state = self._jax.tree.map(lambda n: n + start if _counts(n) else n, state) if start else state
            after: list[list[float]] = [[] for _ in self._chosen]
            for gradient in gradients:
                updates, state = self._optimizer.update(self._filled(gradient), state, weights)
                flat = self._jax.tree.leaves(updates)
                for of_tensor, place in zip(after, self._chosen):
                    of_tensor.append(float(flat[place].reshape(-1)[0]))
            return after

    def _filled(self, value: float) -> Any:
        return self._tree([[value] * t.size for t in self.tensors])

    def has_single_precision(self) -> bool:
        """Whether anything is computed in single precision, though the parameters are doubles."""
        with doubles():
            weights = self._filled(1.0)
            state = self._optimizer.init(weights)
            traced = str(self._jax.make_jaxpr(self._optimizer.update)(weights, state, weights))
        return any(kind in traced for kind in _NARROW)

    def _tree(self, numbers: list[list[float]]) -> Any:
        """A tree of the model's structure; what is not driven is zero."""
        numpy: Any = sys.modules["numpy"]
        jnp = self._jax.numpy
        made = [numpy.zeros(shape) for shape in self._shapes]
        for place, values in zip(self._chosen, numbers):
            made[place] = numpy.asarray(values, dtype="float64").reshape(self._shapes[place])
        return self._jax.tree.unflatten(self._structure, [jnp.asarray(m) for m in made])


def _counts(value: Any) -> bool:
    """Whether a part of a state is one whole number."""
    if isinstance(value, bool):
        return False
    kind = getattr(getattr(value, "dtype", None), "kind", "i" if isinstance(value, int) else "")
    return kind in "iu" and getattr(value, "ndim", 0) == 0


def _at(state: Any, start: int) -> Any:
    """A state whose schedules begin at another update."""
    if isinstance(state, tuple) and hasattr(state, "_fields"):
        fields = {name: _at(getattr(state, name), start) for name in state._fields}
        if type(state).__name__ in _OF_SCHEDULES:
            jnp: Any = sys.modules["jax"].numpy
            fields["count"] = jnp.asarray(start, fields["count"].dtype)
        return type(state)(**fields)
    if isinstance(state, (tuple, list)):
        return type(state)(_at(part, start) for part in state)
    if isinstance(state, dict):
        return type(state)((key, _at(part, start)) for key, part in state.items())
    return state


def _decays(part: Any) -> set[float]:
    """The numbers of a chain that may be raised to a power: those between 0 and 1."""
    if isinstance(part, dict):
        return set().union(*map(_decays, part.values()))
    if isinstance(part, list):
        return set().union(*map(_decays, part))
    return {part} if isinstance(part, float) and 0 < part < 1 else set()


def _in_doubles(optimizer: Any) -> Any:
    """The same, whose mean of several gradients is in double precision too."""
    optax: Any = sys.modules["optax"]
    steps = getattr(getattr(optimizer, "update", None), "__self__", optimizer)
    if not isinstance(steps, optax.MultiSteps):
        return optimizer
    own = copy.copy(steps)
    own._accumulator_dtype = "float64"
    return own


def _small(shape: tuple[int, ...]) -> tuple[int, ...]:
    """A shape of as many dimensions, with few entries."""
    if len(shape) < 2:
        return tuple(min(n, 3) for n in shape)
    return (*(1 for _ in shape[:-2]), min(shape[-2], 3), min(shape[-1], 2))


def _matrix(shape: tuple[int, ...]) -> tuple[int, int]:
    size = 1
    for n in shape:
        size *= n
    columns = shape[-1] if shape else 1
    return size // columns, columns
