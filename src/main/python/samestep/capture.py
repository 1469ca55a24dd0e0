"""Runs a training script and describes the optimizer that really runs, at its first step.

Usage: python -m samestep.capture [--out FILE] [--compare FILE] [--net FILE] [--stop] script.py [arguments...]

The script runs as it is. Models are those that ran forward before the first step of an optimizer of PyTorch, or the model whose
``fit`` or optimizer's ``apply_gradients`` is called in Keras. Only what its user starts is run.
"""

from __future__ import annotations

import argparse
import importlib.abc
import importlib.machinery
import os
import runpy
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, Callable

from samestep import _torch
from samestep._describe import describe
from samestep._description import Description, Note
from samestep._functions import compare


class Stopped(SystemExit):
    """What ends the script after the description, with ``--stop``."""


class Capture:
    """What is seen of a script, and what is said about it."""

    def __init__(self, out: str | None, against: str | None, net: str | None, stop: bool) -> None:
        self._out = out
        self._against = against
        self._net = net
        self._stop = stop
        self._models: dict[int, Any] = {}
        self._schedulers: dict[int, Any] = {}
        self._stepped: set[int] = set()
        self._described: set[int] = set()
        self._early: set[int] = set()
        self._rates: dict[int, list[float]] = {}
        self.found: list[Description] = []

    def model(self, model: Any) -> None:
        """A model ran forward; those that are parts of others run inside of them, and are seen after."""
        self._models.setdefault(id(model), model)

    def scheduler(self, scheduler: Any) -> None:
        """A scheduler was made."""
        self._schedulers[id(scheduler)] = scheduler

    def scheduler_step(self, scheduler: Any) -> None:
        """A scheduler is stepped; before the optimizer it skips the first rate."""
        optimizer = getattr(scheduler, "optimizer", None)
        if optimizer is not None and id(optimizer) not in self._stepped:
            self._early.add(id(optimizer))

    def torch_step(self, optimizer: Any) -> None:
        """An optimizer of PyTorch is about to step."""
        inner = _torch.unwrapped(optimizer)
        self._stepped.add(id(inner))
        if id(inner) in self._described:
            self._later(inner)
            return
        self._described.add(id(inner))
        self._rates[id(inner)] = _rates(inner)
        schedulers = [s for s in self._schedulers.values() if _torch.unwrapped(getattr(s, "optimizer", None)) is inner]
        outer = _outermost(schedulers)
        scheduler = outer[0] if outer else None
        model = _of_optimizer(inner, list(self._models.values()))
        notes: list[Note] = []
        if id(inner) in self._early:
            message = "the scheduler is stepped before the optimizer: the first rate of the schedule is skipped"
            notes.append(Note("warning", "scheduler-order", message))
        if len(outer) > 1:
            notes.append(Note("warning", "several-schedulers", f"{len(outer)} schedulers; the first is described"))
        self._say(_tried(inner, model, scheduler), notes)

    def _later(self, optimizer: Any) -> None:
        """At a later step: rates that no scheduler has set were set by the loop, and the description does not have them."""
        first = self._rates.get(id(optimizer))
        scheduled = [
            s for s in self._schedulers.values() if _torch.unwrapped(getattr(s, "optimizer", None)) is optimizer
        ]
        if first is None or scheduled or _rates(optimizer) == first:
            return
        del self._rates[id(optimizer)]
        message = f"the loop sets the rates: {first} at the first step, {_rates(optimizer)} later; only the first are described"
        print(f"samestep: {Note('warning', 'rate-set-by-the-loop', message)}", file=sys.stderr)

    def keras_fit(self, model: Any) -> None:
        """A model of Keras is about to be trained."""
        if id(model) in self._described or getattr(model, "optimizer", None) is None:
            return
        self._described.update((id(model), id(model.optimizer)))
        self._say(describe(model), [])

    def keras_apply(self, optimizer: Any, variables: Sequence[Any]) -> None:
        """An optimizer of Keras is about to step, in a loop of the user's."""
        if id(optimizer) in self._described:
            return
        self._described.add(id(optimizer))
        models = [m for m in self._models.values() if getattr(m, "trainable_variables", None)]
        model = models[-1] if models else None
        notes: list[Note] = []
        if model is not None and variables:
            given = {id(v) for v in variables}
            missing = tuple(str(v.path) for v in model.trainable_variables if id(v) not in given)
            if missing:
                message = f"{len(missing)} trainable variables of the model get no gradients"
                notes.append(Note("warning", "parameters-in-no-group", message, missing))
        self._say(describe(optimizer, model), notes)

    def _say(self, found: Description, more: list[Note]) -> None:
        found = Description(found.data, (*found.notes, *more))
        self.found.append(found)
        print(f"samestep: {found}", file=sys.stderr)
        if self._out is not None:
            name = self._out if len(self.found) == 1 else f"{self._out}.{len(self.found)}"
            found.save(name)
            print(f"samestep: written to {name}", file=sys.stderr)
        if self._against is not None:
            print(f"samestep: {compare(self._against, found, net=self._net)}", file=sys.stderr)
        if self._stop:
            raise Stopped(1 if any(n.severity == "error" for n in found.notes) else 0)


def _rates(optimizer: Any) -> list[float]:
    return [float(group["lr"]) for group in optimizer.param_groups]


def _tried(optimizer: Any, model: Any, scheduler: Any) -> Description:
    try:
        return describe(optimizer, model, scheduler)
    except TypeError as e:
        found = describe(optimizer, model)
        return Description(found.data, (*found.notes, Note("warning", "scheduler-not-described", str(e))))


def _outermost(schedulers: list[Any]) -> list[Any]:
    """Schedulers that are no part of another one."""
    inner = {id(part) for s in schedulers for part in getattr(s, "_schedulers", ())}
    return [s for s in schedulers if id(s) not in inner]


def _of_optimizer(optimizer: Any, models: list[Any]) -> Any:
    """The largest model that ran, of those that share most with the optimizer; the largest of all if none shares any."""
    own = {id(p) for group in optimizer.param_groups for p in group["params"]}

    def rank(model: Any) -> tuple[int, int]:
        ids = [id(p) for p in model.parameters()]
        return (sum(1 for i in ids if i in own), len(ids))

    return max(models, key=rank) if models else None


def _wrap(owner: Any, name: str, before: Callable[..., None]) -> None:
    """Calls something before each call of a method."""
    original = getattr(owner, name)

    def wrapped(self: Any, *arguments: Any, **named: Any) -> Any:
        before(self, *arguments, **named)
        return original(self, *arguments, **named)

    wrapped.__name__ = name
    wrapped.__doc__ = original.__doc__
    wrapped.__wrapped__ = original  # type: ignore[attr-defined]
    setattr(owner, name, wrapped)


def watch_torch(torch: Any, capture: Capture) -> None:
    """Looks at PyTorch: what runs forward, which schedulers are made, and the first steps."""
    # torch.optim has a class where its module of that name was.
    optimizers: Any = sys.modules["torch.optim.optimizer"]
    optimizers.register_optimizer_step_pre_hook(lambda optimizer, *_: capture.torch_step(optimizer))
    torch.nn.modules.module.register_module_forward_hook(lambda module, *_: _seen(module, capture))
    base = torch.optim.lr_scheduler.LRScheduler
    original = base.__init__

    def made(self: Any, *arguments: Any, **named: Any) -> None:
        original(self, *arguments, **named)
        capture.scheduler(self)

    base.__init__ = made
    for kind in {base, *_subclasses(base)}:
        if "__init__" in vars(kind) and kind is not base and kind.__name__ in ("SequentialLR", "ChainedScheduler"):
            _after(kind, capture)
        if "step" in vars(kind):
            _wrap(kind, "step", lambda self, *_, **__: _outside(self, capture))


def _seen(module: Any, capture: Capture) -> None:
    if next(iter(module.parameters()), None) is not None:
        capture.model(module)


def _outside(scheduler: Any, capture: Capture) -> None:
    """Schedulers step themselves when they are made; that is no step of the training loop."""
    frame = sys._getframe(3)
    if frame.f_code.co_name not in ("_initial_step", "__init__", "step"):
        capture.scheduler_step(scheduler)


def _after(kind: Any, capture: Capture) -> None:
    original = kind.__init__

    def made(self: Any, *arguments: Any, **named: Any) -> None:
        original(self, *arguments, **named)
        capture.scheduler(self)

    kind.__init__ = made


def _subclasses(kind: Any) -> list[Any]:
    return [s for direct in kind.__subclasses__() for s in (direct, *_subclasses(direct))]


def watch_keras(keras: Any, capture: Capture) -> None:
    """Looks at Keras 3: fit, train_on_batch, and apply of the optimizer."""
    if not hasattr(keras, "Model") or not hasattr(keras, "optimizers"):
        return
    for name in ("fit", "train_on_batch"):
        for kind in {keras.Model, *[k for k in keras.Model.__mro__ if name in vars(k)]}:
            if name in vars(kind):
                _wrap(kind, name, lambda self, *_, **__: capture.keras_fit(self))
    _wrap(keras.Model, "__call__", lambda self, *_, **__: capture.model(self))
    for kind in [k for k in keras.optimizers.Optimizer.__mro__ if "apply" in vars(k)]:
        _wrap(kind, "apply", lambda self, _grads, variables=None, **__: capture.keras_apply(self, variables or ()))


class Finder(importlib.abc.MetaPathFinder):
    """Looks at a framework as soon as the script has imported it; it imports none by itself."""

    def __init__(self, watched: dict[str, Callable[[Any], None]]) -> None:
        self._watched = watched

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The module's own place, with a look at it after it is loaded."""
        if name not in self._watched:
            return None
        look = self._watched.pop(name)
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is None or spec.loader is None:
            return spec
        loader: Any = spec.loader
        execute = loader.exec_module

        def executed(module: ModuleType) -> None:
            execute(module)
            look(module)

        loader.exec_module = executed
        return spec


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a script and describes its optimizer.

    Args:
        arguments: those of the command line by default.

    Returns:
        0, or 1 where an error was found in what runs; the script's own end is this one's.
    """
    parser = argparse.ArgumentParser(prog="python -m samestep.capture", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--out", metavar="FILE", help="writes the description there, as JSON")
    parser.add_argument("--compare", metavar="FILE", help="says what this configuration says differently")
    parser.add_argument("--net", metavar="FILE", help="the net of the configuration, where it is a Caffe solver")
    parser.add_argument("--stop", action="store_true", help="ends the script after the description")
    parser.add_argument("script", help="the training script")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="its arguments")
    given = parser.parse_args(arguments)
    capture = Capture(given.out, given.compare, given.net, given.stop)
    watched = {
        "torch": lambda module: watch_torch(module, capture),
        "keras": lambda module: watch_keras(module, capture),
    }
    sys.meta_path.insert(0, Finder(watched))
    before, path = sys.argv, sys.path[0]
    # As python itself has them for a script.
    sys.argv = [given.script, *given.arguments]
    sys.path[0] = os.path.dirname(os.path.abspath(given.script))
    try:
        runpy.run_path(given.script, run_name="__main__")
    except Stopped as e:
        return int(e.code or 0)
    finally:
        sys.argv, sys.path[0] = before, path
    if not capture.found:
        print("samestep: the script ended without a step of an optimizer that is known here", file=sys.stderr)
    return 1 if any(n.severity == "error" for d in capture.found for n in d.notes) else 0


if __name__ == "__main__":
    sys.exit(main())
