"""Drives optimizers of PyTorch on small twins of their parameters. The user's objects are not touched."""

from __future__ import annotations

import copy
import inspect
import sys
import warnings
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Callable

from samestep import _torch, _torch_schedules
from samestep._description import Description
from samestep._drivers import DOUBLE, Tensor, places, representatives
from samestep._streams import Stream

# What a used optimizer counts in its groups.
_COUNTERS = {"step": None, "lookahead_step": 0}


class _Batches:
    """The numbers of an update's batches: an iterator, as the loop that is written takes it, of which the length is known."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.taken = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> _Batches:
        return self

    def __next__(self) -> int:
        self.taken += 1
        if self.taken > self._count:
            raise StopIteration
        return self.taken - 1


class TorchDriver:
    """A live optimizer of PyTorch, ready to be driven in double precision."""

    def __init__(
        self,
        optimizer: Any,
        model: Any,
        scheduler: Any,
        description: Description,
        scheduler_every: int,
        clip_norm: float | None,
        clip_value: float | None,
        accumulation: int,
        before_step: Callable[[list[Any]], Any] | None,
        update: Callable[..., Any] | None,
    ) -> None:
        self._torch: Any = sys.modules["torch"]
        self._optimizer = optimizer if hasattr(optimizer, "_base_optimizer") else _torch.unwrapped(optimizer)
        self._scheduler = scheduler
        self._every = scheduler_every
        self._clips = (clip_norm, clip_value)
        self._before_step = before_step
        self._update = update
        found = {f.name: f for f in _torch.parameters(_torch.unwrapped(optimizer), model)}
        self._rows = representatives([f.row() for f in found.values()])
        self._real = [found[row["name"]].tensor for row in self._rows]
        self._shapes = [_small(row["shape"]) for row in self._rows]
        self.tensors = [_tensor(row, shape, self._rows) for row, shape in zip(self._rows, self._shapes)]
        self.micro_steps = accumulation
        self.unit, self.limit, self.shipped = DOUBLE, 4096.0, False
        # A scheduler counts for itself, and the optimizer's own count begins anew.
        self.counts_updates = False
        self.powers = 0.0
        self.places = [] if scheduler is None else places(description.data["scheduler"]["init_args"])
        self.description: Description | None = description

    @property
    def groups(self) -> list[int]:
        """The groups that are trained."""
        return sorted({row["group"] for row in self._rows if row["trained"]})

    def of_group(self, number: int) -> Callable[[Sequence[float], float, int], list[list[float]]]:
        """The updates of one weight of each tensor of a group, where all gradients are equal, and all weights are held."""

        def respond(gradients: Sequence[float], weight: float, start: int) -> list[list[float]]:
            places = [i for i, row in enumerate(self._rows) if row["trained"] and row["group"] == number]
            before = self._torch.get_default_dtype()
            self._torch.set_default_dtype(self._torch.float64)
            try:
                return self._updates(places, gradients, weight, start)
            finally:
                self._torch.set_default_dtype(before)

        return respond

    def _updates(
        self, places: Sequence[int], gradients: Sequence[float], weight: float, start: int
    ) -> list[list[float]]:
        held = [[weight] * t.size for t in self.tensors]
        twins = [self._twin(w, s, r) for w, s, r in zip(held, self._shapes, self._rows)]
        optimizer = _optimizer(self._optimizer, {id(real): twin for real, twin in zip(self._real, twins)})
        for group in optimizer.param_groups:
            # The rate before the schedule's first factor, as a description has it.
            group["lr"] = group.get("initial_lr", group["lr"]) if "lr" in group else None
        if start:
            self._count_to(start, optimizer, twins, weight)
        after: list[list[float]] = [[] for _ in places]
        for gradient in gradients:
            self._step_with(gradient, optimizer, twins)
            for of_tensor, place in zip(after, places):
                of_tensor.append(_flat(twins[place].detach())[0] - weight)
            self._hold(twins, weight)
        return after

    def _step_with(self, gradient: float, optimizer: Any, twins: list[Any]) -> None:
        for twin, row in zip(twins, self._rows):
            twin.grad = self._torch.full_like(twin, gradient) if row["trained"] else None
        optimizer.step()

    def _hold(self, twins: list[Any], weight: float) -> None:
        with self._torch.no_grad():
            for twin in twins:
                twin.fill_(weight)

    def _count_to(self, start: int, optimizer: Any, twins: list[Any], weight: float) -> None:
        """Makes whatever counts updates count this many, without a gradient."""
        self._step_with(0.0, optimizer, twins)
        first = dict(_counts(optimizer))
        self._step_with(0.0, optimizer, twins)
        for place, (owner, key, value) in _counts(optimizer).items():
            if place in first and value - first[place][2] == 1:
                owner[key] = owner[key] + (start - 2)
        self._hold(twins, weight)

    def run(self, stream: Stream) -> list[list[list[float]]]:
        """The weights after each update, for each tensor."""
        # PyTorch keeps scalars of its optimizers, such as NAdam's product, in single precision unless this says otherwise.
        before = self._torch.get_default_dtype()
        self._torch.set_default_dtype(self._torch.float64)
        try:
            return self._weights(stream)
        finally:
            self._torch.set_default_dtype(before)

    def _weights(self, stream: Stream) -> list[list[list[float]]]:
        twins = [self._twin(w, s, r) for w, s, r in zip(stream.initial, self._shapes, self._rows)]
        optimizer = _optimizer(self._optimizer, {id(real): twin for real, twin in zip(self._real, twins)})
        trained = [t for t, row in zip(twins, self._rows) if row["trained"]]
        after: list[list[list[float]]] = []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scheduler = self._copied_scheduler(optimizer)
            for _ in range(stream.start // self._every if scheduler is not None else 0):
                scheduler.step()
            for number, update in enumerate(stream.gradients):
                if self._update is not None:
                    self._run_update(optimizer, scheduler, twins, update)
                    after.append([_flat(t.detach()) for t in twins])
                    continue
                self._gradients(twins, update)
                self._clip(trained)
                optimizer.step()
                if scheduler is not None and (stream.start + number + 1) % self._every == 0:
                    scheduler.step()
                after.append([_flat(t.detach()) for t in twins])
        return after

    def _run_update(self, optimizer: Any, scheduler: Any, twins: list[Any], update: list[list[list[float]]]) -> None:
        """The user's own update, with a loss whose gradients are the stream's."""
        model = _module(self._torch, {row["name"]: twin for row, twin in zip(self._rows, twins)})

        def loss_of(_model: Any, batch: int) -> Any:
            parts = [
                (twin * _shaped(self._torch.tensor(update[batch][number], dtype=self._torch.float64), shape)).sum()
                for number, (twin, row, shape) in enumerate(zip(twins, self._rows, self._shapes))
                if row["trained"]
            ]
            return sum(parts[1:], parts[0])

        batches = _Batches(len(update))
        known = {
            "model": model,
            "optimizer": optimizer,
            "scheduler": scheduler,
            "loss_of": loss_of,
            "batches": batches,
        }
        own: Any = self._update
        wanted = inspect.signature(own).parameters
        try:
            own(**{name: known[name] for name in wanted})
        except StopIteration:
            raise ValueError(f"the update takes more batches than accumulation={len(batches)} says") from None
        if "batches" in wanted and batches.taken < len(batches):
            raise ValueError(f"the update takes {batches.taken} batches, not accumulation={len(batches)}")

    def _copied_scheduler(self, optimizer: Any) -> Any:
        scheduler = self._scheduler
        if scheduler is None:
            return None
        while hasattr(scheduler, "scheduler") and hasattr(scheduler.scheduler, "optimizer"):
            scheduler = scheduler.scheduler
        return _torch_schedules.copied(scheduler, optimizer)

    def _twin(self, weights: list[float], shape: list[int], row: dict[str, Any]) -> Any:
        tensor = self._torch.tensor(weights, dtype=self._torch.float64)
        twin = self._torch.nn.Parameter(_shaped(tensor, shape))
        if not row["trained"] and row["group"] is not None:
            twin.requires_grad_(False)
        return twin

    def _gradients(self, twins: list[Any], update: list[list[list[float]]]) -> None:
        for number, (twin, row, shape) in enumerate(zip(twins, self._rows, self._shapes)):
            if not row["trained"]:
                continue
            parts = [self._torch.tensor(step[number], dtype=self._torch.float64) for step in update]
            twin.grad = _shaped(sum(parts[1:], parts[0]) / len(parts), shape)

    def _clip(self, twins: list[Any]) -> None:
        norm, value = self._clips
        if norm is not None:
            self._torch.nn.utils.clip_grad_norm_(twins, norm)
        if value is not None:
            self._torch.nn.utils.clip_grad_value_(twins, value)
        if self._before_step is not None:
            self._before_step(twins)


def _module(torch: Any, named: dict[str, Any]) -> Any:
    """A module that has these parameters under these names."""
    root = torch.nn.Module()
    for name, parameter in named.items():
        path, _, own = name.rpartition(".")
        module = root
        for part in path.split(".") if path else ():
            if not hasattr(module, part):
                module.add_module(part, torch.nn.Module())
            module = getattr(module, part)
        module.register_parameter(own, parameter)
    return root


def _small(shape: list[int]) -> list[int]:
    """A shape of as many dimensions, with few entries."""
    wanted = (2, 3) if len(shape) > 1 else (3,)
    return [min(n, wanted[i]) if i < len(wanted) else 1 for i, n in enumerate(shape)]


def _tensor(row: dict[str, Any], shape: list[int], rows: list[dict[str, Any]]) -> Tensor:
    layer, _, _ = row["name"].rpartition(".")
    shared = sum(1 for r in rows if r["name"].rpartition(".")[0] == layer and r["role"] == row["role"]) > 1
    size = 1
    for n in shape:
        size *= n
    columns = shape[0] if len(shape) > 1 else size
    return Tensor(row["name"], row["name"] if shared or not layer else layer, row["role"], size // columns, columns)


def _shaped(tensor: Any, shape: list[int]) -> Any:
    """From inputs and outputs to PyTorch's order, in which outputs come first."""
    return tensor.reshape([-1, shape[0]]).T.reshape(shape).clone() if len(shape) > 1 else tensor.reshape(shape).clone()


def _flat(tensor: Any) -> list[float]:
    ordered = tensor.reshape([tensor.shape[0], -1]).T.reshape(-1) if tensor.ndim > 1 else tensor.reshape(-1)
    return [float(v) for v in ordered.tolist()]


def _optimizer(optimizer: Any, twins: dict[int, Any]) -> Any:
    """A new optimizer of the same class and numbers for the twins."""
    base = getattr(optimizer, "_base_optimizer", None)
    if base is not None:
        return _wrapper(optimizer, base, _optimizer(base, twins))
    groups = [
        {
            **{k: copy.deepcopy(v) for k, v in group.items() if k not in ("params", "param_names", *_COUNTERS)},
            **{k: v for k, v in _COUNTERS.items() if v is not None and k in group},
            "params": [twins[id(p)] for p in group["params"] if id(p) in twins],
        }
        for group in optimizer.param_groups
    ]
    known = inspect.signature(type(optimizer).__init__).parameters
    defaults = {k: copy.deepcopy(v) for k, v in optimizer.defaults.items() if k in known}
    try:
        new = type(optimizer)([g for g in groups if g["params"]], **defaults)
    except (TypeError, ValueError):
        new = object.__new__(type(optimizer))
        new.__dict__ = {k: v for k, v in optimizer.__dict__.items() if k not in ("step", "state")}
        new.__dict__.update(param_groups=groups, state=defaultdict(dict), defaults=dict(optimizer.defaults))
    for key, value in vars(optimizer).items():
        if isinstance(value, (bool, int, float, str)) and key not in ("_opt_called", "_step_count"):
            new.__dict__[key] = value
    for hooks in ("_optimizer_step_pre_hooks", "_optimizer_step_post_hooks"):
        if getattr(optimizer, hooks, None):
            setattr(new, hooks, getattr(optimizer, hooks).copy())
    return new


def _counts(optimizer: Any) -> dict[tuple[int, str], tuple[Any, Any, float]]:
    """Every single number that an optimizer keeps: where it stands, and what it is."""
    owners = [vars(optimizer), *optimizer.param_groups, *optimizer.state.values()]
    found: dict[tuple[int, str], tuple[Any, Any, float]] = {}
    for number, owner in enumerate(owners):
        for key, value in owner.items() if isinstance(owner, dict) else ():
            if isinstance(value, bool):
                continue
            if isinstance(value, (int, float)) or getattr(value, "ndim", None) == 0:
                found[number, str(key)] = (owner, key, float(value))
    return found


def _wrapper(optimizer: Any, base: Any, new_base: Any) -> Any:
    """A wrapper around another optimizer, such as timm's Lookahead, whose groups are that one's."""
    new = object.__new__(type(optimizer))
    shared = {id(base): new_base, id(base.param_groups): new_base.param_groups, id(base.defaults): new_base.defaults}
    for key, value in vars(optimizer).items():
        if key == "step":
            continue
        if id(value) in shared:
            new.__dict__[key] = shared[id(value)]
        elif key == "state":
            new.__dict__[key] = defaultdict(dict)
        else:
            new.__dict__[key] = copy.copy(value)
    return new
