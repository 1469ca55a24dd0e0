"""Describes live transformations of Optax: closures, whose numbers are read by name and then tried.

What is read from a closure is believed only where it does what the transformation does: the description is run in the program
on streams of gradients, and every weight after every update is held against the real transformation's. JAX and Optax are not
imported: whoever has a transformation has imported them.
"""

from __future__ import annotations

import inspect
import sys
from typing import Any, Callable

from samestep._description import VERSION, Description, Note, libraries
from samestep._optax_solved import Solved, name_of, solved
from samestep._optax_tree import Leaf, leaves, of_roles
from samestep._probe import Unsolved
from samestep._solve import meant
from samestep._streams import streams

# Updates of a schedule that is a function of the user's.
_KNOWN_UPDATES = 1000
# What Optax makes of other functions' arguments, and adds nothing itself.
_WRAPPERS = {"with_extra_args_support": "tx", "apply_if_finite": "inner", "flatten": "inner"}
_EXAMPLE = {"layer": {"kernel": (3, 2), "bias": (2,)}}


class Unexplained(ValueError):
    """A part of a transformation that is not known."""


def is_optimizer(value: object) -> bool:
    """Whether a value is a transformation of Optax, or its MultiSteps."""
    optax: Any = sys.modules.get("optax")
    return optax is not None and isinstance(value, (optax.GradientTransformation, optax.MultiSteps))


def describe(optimizer: Any, model: Any, updates: int | None, confirm: bool = True) -> Description:
    """Describes a transformation. The arguments are those of :func:`samestep.describe`; a model is a tree of parameters."""
    notes: list[Note] = []
    found = leaves(example() if model is None else model)
    reading = _Reading(found, example() if model is None else model, updates or _KNOWN_UPDATES, notes)
    steps, inner = reading.accumulation(optimizer)
    chain = reading.parts(inner)
    if updates is None and (reading.has_table or reading.solved):
        # After the last rate that is known, nothing is.
        updates = _KNOWN_UPDATES
    data: dict[str, Any] = {
        "samestep": VERSION,
        "framework": "optax",
        "libraries": libraries("optax", "jax", "flax"),
        "optimizer": {"class_name": "optax.chain"},
        "chain": chain,
        "parameters": [] if model is None else [leaf.row() for leaf in found],
        **({} if steps is None else {"MultiSteps": steps}),
        **({} if updates is None else {"updates": updates}),
        **({"solved": [part.row() for part in reading.solved]} if reading.solved else {}),
    }
    other = [leaf.name for leaf in found if not leaf.is_described]
    if other:
        notes.append(Note("note", "parameters-of-other-kinds", "what is done to these is not described", tuple(other)))
    description = Description(data, tuple(notes))
    if confirm:
        _confirm(optimizer, description, model)
    return description


def example() -> Any:
    """A tree of parameters, where none is given."""
    jnp: Any = sys.modules["jax"].numpy
    return {k: {n: jnp.zeros(s) for n, s in v.items()} for k, v in _EXAMPLE.items()}


def _confirm(optimizer: Any, description: Description, model: Any) -> None:
    from samestep._optax_driver import OptaxDriver
    from samestep._verify import agreement

    driver = OptaxDriver(optimizer, model, description)
    more = []
    if description.data.get("solved"):
        updates = min(description.data["updates"], _KNOWN_UPDATES)
        more = [streams([t.size for t in driver.tensors], updates, driver.micro_steps, seed=1)[1]]
    try:
        verdict = agreement(driver, description, more=more)
    except ValueError as e:
        raise Unexplained(f"the program has no equations for this transformation: {e}") from e
    if not verdict:
        raise Unexplained(f"this transformation is not explained by what its closures have: {verdict}")


class _Reading:
    def __init__(self, found: list[Leaf], tree: Any, updates: int, notes: list[Note]) -> None:
        self._optax: Any = sys.modules["optax"]
        self._leaves = found
        self._tree = tree
        self._updates = updates
        self._notes = notes
        self.has_table = False
        self.solved: list[Solved] = []

    def accumulation(self, optimizer: Any) -> tuple[dict[str, Any] | None, Any]:
        """The arguments of MultiSteps, and what it makes an update of; no arguments without it."""
        whole = getattr(getattr(optimizer, "update", None), "__self__", None)
        steps = optimizer if isinstance(optimizer, self._optax.MultiSteps) else whole
        if not isinstance(steps, self._optax.MultiSteps):
            return None, optimizer
        counts = {int(steps._every_k_schedule(n)) for n in (0, 1, 10, 1000)}
        if len(counts) != 1:
            raise Unexplained("MultiSteps makes an update of a number of gradients that changes")
        return {"every_k_schedule": counts.pop(), "use_grad_mean": bool(steps._use_grad_mean)}, steps._opt

    def parts(self, transformation: Any) -> list[dict[str, Any]]:
        """The parts of a transformation, in order, as calls of Optax' functions."""
        if self.accumulation(transformation)[0] is not None:
            raise Unexplained("MultiSteps inside of another transformation")
        return self._parts(transformation.update, getattr(transformation, "init", None))

    def _parts(self, update: Any, init: Any) -> list[dict[str, Any]]:
        name = _maker(update)
        if not str(getattr(update, "__module__", "")).startswith("optax.") or not hasattr(self._optax, name):
            return self._solved(update, init)
        own = _cells(update)
        if name == "chain":
            return [part for one in own["update_fns"] for part in self._of_function(one)]
        if name == "named_chain":
            return [part for _, one in own["transforms"] for part in self.parts(one)]
        if name == "inject_hyperparams":
            return self._injected(own, _cells(init))
        if name in _WRAPPERS:
            return self.parts(own[_WRAPPERS[name]])
        if name == "partition":
            return [self._partition(own)]
        if name == "masked":
            inner = {"fn": "chain", "args": self.parts(own["inner"])}
            return [{"fn": "masked", "kwargs": {"inner": inner, "mask": self._mask(own["mask"])}}]
        return [self._call(name, update, init)]

    def _of_function(self, update: Any) -> list[dict[str, Any]]:
        """A part of a chain, of which only the update is at hand; its beginning is in what it was made of."""
        name, own = _maker(update), _cells(update)
        if name in _WRAPPERS:
            return self.parts(own[_WRAPPERS[name]])
        return self._parts(update, None)

    def _solved(self, update: Any, init: Any) -> list[dict[str, Any]]:
        """What is none of Optax' own, as calls of those of Optax that answer every gradient as it does."""
        shown = name_of(update)
        known = f"{shown} is not a transformation of Optax that is known"
        if init is None:
            raise Unexplained(known)
        try:
            found = solved(init, update, self._tree)
        except Unsolved as e:
            raise Unexplained(f"{known}, and from its answers to gradients it is none either: {e}") from e
        self.solved.append(found)
        self._notes.append(
            Note(
                "warning",
                "equations-from-answers",
                f"the numbers of {shown} were found from its answers to gradients, and held against others for the first"
                f" {self._updates} updates: what it changes later is not known",
            )
        )
        if said := "; ".join(filter(None, (meant(call["kwargs"]) for call in found.calls))):
            self._notes.append(Note("note", "numbers-of-single-precision", said))
        return found.calls

    def _call(self, name: str, update: Any, init: Any) -> dict[str, Any]:
        maker = getattr(self._optax, name)
        known = {**_cells(init, name), **_cells(update, name)}
        if name == "scale_by_schedule" and _maker(known["step_size_fn"]) == "scale_by_learning_rate":
            rate = _cells(known["step_size_fn"])
            arguments = {"learning_rate": self._value(rate["learning_rate"]), "flip_sign": rate["m"] < 0}
            return {"fn": "scale_by_learning_rate", "kwargs": arguments}
        self._only_gradients(name, update)
        taken = [
            parameter.name
            for parameter in inspect.signature(maker).parameters.values()
            if known.get(parameter.name) is not None and not _is_default(known[parameter.name], parameter.default)
        ]
        return {"fn": name, "kwargs": {p: self._value(known[p]) for p in taken}}

    @staticmethod
    def _only_gradients(name: str, update: Any) -> None:
        """That gradients are enough to make an update."""
        others = [
            p.name
            for p in inspect.signature(update).parameters.values()
            if p.kind is p.KEYWORD_ONLY and p.default is p.empty
        ]
        if others:
            raise Unexplained(f"{name} takes more than gradients: {', '.join(others)}")

    def _injected(self, own: dict[str, Any], first: dict[str, Any]) -> list[dict[str, Any]]:
        schedules = {k: getattr(f, "schedule_fn", None) for k, f in own["sched_hps"].items()}
        if None in schedules.values():
            raise Unexplained("inject_hyperparams has a schedule with a state of its own")
        made = own["inner_factory"](**{**own["other_hps"], **first.get("numeric_hps", {}), **schedules})
        self._notes.append(
            Note(
                "warning",
                "hyperparameters-in-the-state",
                "inject_hyperparams keeps its numbers in the state: they are described as they begin",
                tuple(sorted({**first.get("numeric_hps", {}), **schedules})),
            )
        )
        return self.parts(made)

    def _partition(self, own: dict[str, Any]) -> dict[str, Any]:
        given = own["param_labels"]
        labels = of_roles(given(self._tree) if callable(given) else given, self._tree, self._leaves, str)
        transforms = {str(k): {"fn": "chain", "args": self.parts(t)} for k, t in own["transforms"].items()}
        return {
            "fn": "multi_transform",
            "kwargs": {"transforms": transforms, "param_labels": {"parameters": {"*": labels}}},
        }

    def _mask(self, mask: Any) -> Any:
        if isinstance(mask, bool):
            return mask
        said = of_roles(mask(self._tree) if callable(mask) else mask, self._tree, self._leaves, bool)
        return {"parameters": {"*": said}}

    def _value(self, value: Any) -> Any:
        if isinstance(value, (bool, int, float, str)):
            return value
        if callable(value):
            return self._schedule(value)
        if type(value).__module__ == "numpy.dtypes":
            return str(value)
        if hasattr(value, "item") and getattr(value, "size", 1) == 1:
            return value.item()
        raise Unexplained(f"an argument that is a {type(value).__name__}")

    def _schedule(self, function: Callable[[Any], Any]) -> dict[str, Any]:
        name = _maker(function) if str(getattr(function, "__module__", "")).startswith("optax.") else ""
        own = _cells(function) if name else {}
        if name == "join_schedules":
            parts = [self._schedule(one) for one in own["schedules"]]
            return _schedule(name, schedules=parts, boundaries=[int(b) for b in own["boundaries"]])
        if name == "piecewise_constant_schedule":
            scales = {str(int(k)): float(v) for k, v in (own["boundaries_and_scales"] or {}).items()}
            return _schedule(name, init_value=self._value(own["init_value"]), boundaries_and_scales=scales)
        if name in ("polynomial_schedule", "exponential_decay", "cosine_decay_schedule", "constant_schedule") and own:
            taken = inspect.signature(getattr(self._optax, name)).parameters
            numbers = {p: self._value(own[p]) for p in taken if own.get(p) is not None}
            if name != "constant_schedule" or numbers:
                return _schedule(name, **numbers)
        return self._table(function)

    def _table(self, function: Callable[[Any], Any]) -> dict[str, Any]:
        """The rates of a function that is none of Optax' own, one by one."""
        self.has_table = True
        starts, rates = [0], [float(function(0))]
        for update in range(1, self._updates):
            rate = float(function(update))
            if rate != rates[-1]:
                starts.append(update)
                rates.append(rate)
        shown = getattr(function, "__qualname__", type(function).__name__)
        message = f"the schedule {shown} is a function: its rates are known for the first {self._updates} updates"
        self._notes.append(Note("warning", "rates-of-a-function", message))
        parts = [_schedule("constant_schedule", value=rate) for rate in rates]
        return _schedule("join_schedules", schedules=parts, boundaries=starts[1:])


def _schedule(name: str, **arguments: Any) -> dict[str, Any]:
    return {"schedule": name, "kwargs": arguments}


def _is_default(value: Any, default: Any) -> bool:
    """Whether an argument is the function of Optax that it is where nothing is given."""
    return callable(value) and value is default


def _maker(function: Any) -> str:
    """The function that made a closure."""
    return str(getattr(function, "__qualname__", "")).split(".<locals>")[0]


def _cells(function: Any, maker: str = "") -> dict[str, Any]:
    """What a closure has, by name; with a maker, also what those of its helpers have that the same function made."""
    code, closure = getattr(function, "__code__", None), getattr(function, "__closure__", None)
    found: dict[str, Any] = {}
    for name, cell in zip(code.co_freevars if code is not None else (), closure or ()):
        try:
            value = cell.cell_contents
        except ValueError:
            continue
        if maker and callable(value) and _maker(value) == maker and value is not function:
            found = {**_cells(value, maker), **found}
        else:
            found[name] = value
    return found
