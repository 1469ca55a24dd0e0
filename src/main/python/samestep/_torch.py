"""Describes live optimizers of PyTorch. PyTorch is not imported: whoever has an optimizer has imported it."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, field
from typing import Any

from samestep import _torch_roles, _torch_schedules
from samestep._description import VERSION, Description, Note, libraries
from samestep._probe import Unsolved

# What schedulers put into groups, and what names parameters.
_NOT_ARGUMENTS = {"params", "param_names", "initial_lr", "max_lr", "min_lr", "base_momentum", "max_momentum"}
_LIBRARIES = ("torch", "timm", "transformers", "accelerate", "lightning", "pytorch_lightning", "deepspeed")


def is_optimizer(value: object) -> bool:
    """Whether a value is an optimizer of PyTorch, or a wrapper around one."""
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(unwrapped(value), torch.optim.Optimizer)


def unwrapped(optimizer: Any) -> Any:
    """The optimizer inside wrappers such as accelerate's, DeepSpeed's and timm's Lookahead."""
    torch = sys.modules.get("torch", None)
    if torch is None:
        return optimizer
    for _ in range(8):
        inner = getattr(optimizer, "optimizer", None) or getattr(optimizer, "_base_optimizer", None)
        if not isinstance(inner, torch.optim.Optimizer) or inner is optimizer:
            break
        optimizer = inner
    return optimizer


@dataclass
class Found:
    """A parameter of the model, of the optimizer, or of both."""

    name: str
    tensor: Any
    role: str
    group: int | None = None
    also: list[str] = field(default_factory=list)
    of_model: bool = True

    @property
    def trained(self) -> bool:
        """Whether the optimizer has it and it gets gradients."""
        return self.group is not None and bool(self.tensor.requires_grad)

    def row(self) -> dict[str, Any]:
        """As it stands in the document."""
        row: dict[str, Any] = {
            "name": self.name,
            "shape": list(self.tensor.shape),
            "dtype": str(self.tensor.dtype).replace("torch.", ""),
            "role": self.role,
            "group": self.group,
            "trained": self.trained,
        }
        if self.also:
            row["also"] = self.also
        return row


def parameters(optimizer: Any, model: Any) -> list[Found]:
    """Every parameter of a model and of an optimizer, each once.

    Args:
        optimizer: the optimizer, unwrapped.
        model: the model; None where names have to come from the groups.

    Returns:
        Those of the model in its order, then those that only the optimizer has.
    """
    found: dict[int, Found] = {}
    if model is not None:
        for name, tensor in model.named_parameters(remove_duplicate=False):
            if id(tensor) in found:
                found[id(tensor)].also.append(name)
            else:
                found[id(tensor)] = Found(name, tensor, _torch_roles.role(model, name, tensor))
    for number, group in enumerate(optimizer.param_groups):
        names = list(group.get("param_names", ()))
        for place, tensor in enumerate(group["params"]):
            if id(tensor) not in found:
                name = names[place] if place < len(names) else f"group{number}.parameter{place}"
                role = _torch_roles.of_name(name, tensor)
                found[id(tensor)] = Found(name, tensor, role, of_model=model is None)
            if found[id(tensor)].group is None:
                found[id(tensor)].group = number
    return _distinct(list(found.values()))


def _distinct(found: list[Found]) -> list[Found]:
    """Parameters of another model may have the names of this one's."""
    taken = {f.name for f in found if f.of_model}
    for one in found:
        if not one.of_model:
            while one.name in taken:
                one.name = "another." + one.name
            taken.add(one.name)
    return found


def plain(value: Any) -> Any:
    """A value of a group as JSON has it."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else repr(value)
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if getattr(value, "ndim", None) == 0 and hasattr(value, "item"):
        return plain(value.item())
    return repr(value)


def describe(
    optimizer: Any,
    model: Any,
    scheduler: Any,
    updates: int | None,
    scheduler_every: int,
    clip_norm: float | None,
    clip_value: float | None,
    accumulation: int,
) -> Description:
    """Describes an optimizer of PyTorch. The arguments are those of :func:`samestep.describe`."""
    if model is not None and not hasattr(model, "named_parameters"):
        hint = ": give it as scheduler=" if hasattr(model, "last_epoch") else ""
        raise TypeError(f"{type(model).__name__} is no model of PyTorch{hint}")
    inner = unwrapped(optimizer)
    found = parameters(inner, model)
    named = model is not None or any("param_names" in g for g in inner.param_groups) or len(inner.param_groups) > 1
    groups = [_group(inner, number, group, found if named else []) for number, group in enumerate(inner.param_groups)]
    data: dict[str, Any] = {
        "samestep": VERSION,
        "framework": "pytorch",
        "libraries": libraries(*_LIBRARIES),
        "optimizer": {"class_path": _path(inner), "init_args": dict(_arguments(inner, inner.param_groups[0]))},
        "param_groups": groups,
        "roles": {f.name: f.role for f in found} if named else {},
        "frozen": [f.name for f in found if not f.trained] if named else [],
        "parameters": [f.row() for f in found],
    }
    if model is not None:
        data["model"] = {"class": _path(model)}
    if updates is not None:
        data["updates"] = updates
    clips = _clips(clip_norm, clip_value)
    if clips:
        data["grad_clip"] = clips
    if accumulation > 1:
        data["accumulation"] = accumulation
    hooks = _hooks(inner, found)
    if hooks:
        data["hooks"] = hooks
    notes = list(_notes(inner, model, found))
    if scheduler is not None:
        schedule = _torch_schedules.describe(scheduler, inner, updates, scheduler_every)
        data["scheduler"] = schedule.data
        if schedule.changes:
            data["changes"] = schedule.changes
        notes += schedule.notes
    elif any("initial_lr" in group for group in inner.param_groups):
        notes.append(
            Note("warning", "scheduler-not-given", "a scheduler sets the rates of this optimizer, and is not given")
        )
    else:
        notes += _rates(inner)
    return Description(data, tuple(notes))


def explained(
    optimizer: Any,
    model: Any,
    scheduler: Any,
    updates: int | None,
    scheduler_every: int,
    clip_norm: float | None,
    clip_value: float | None,
    accumulation: int,
) -> Description:
    """The same; a step that is the user's own is run on twins, and described by a known class that does what it does."""
    from samestep import _torch_solved
    from samestep._torch_driver import TorchDriver

    loop = (scheduler_every, clip_norm, clip_value, accumulation)
    description = describe(optimizer, model, scheduler, updates, *loop)
    inner = unwrapped(optimizer)
    own = _torch_solved.own_step(inner, description)
    if own is None:
        return description
    if not own.runs:
        reason = "it was put in place of the step of this one optimizer, so that it cannot be run on twins"
        return _torch_solved.unexplained(description, own, reason)
    driver = TorchDriver(inner, model, scheduler, description, *loop, None, None)
    try:
        return _torch_solved.solved(description, own, driver, scheduler is not None)
    except Unsolved as e:
        return _torch_solved.unexplained(description, own, str(e))


def _rates(optimizer: Any) -> list[Note]:
    """Whether the rates look as a training loop sets them, with no scheduler."""
    made = optimizer.defaults.get("lr")
    # Adafactor of transformers has no rate where it makes its own.
    given = [group["lr"] for group in optimizer.param_groups]
    if made is None or None in given:
        return []
    rates = set(map(float, given))
    if len(rates) != 1 or float(made) in rates:
        return []
    message = (
        f"the rate is {rates.pop()!r}, and the optimizer was made with {float(made)!r}: if the loop sets it, only this "
        "update's is known"
    )
    return [Note("warning", "rate-set-by-the-loop", message)]


def _path(value: Any) -> str:
    kind = type(value)
    return f"{kind.__module__}.{kind.__qualname__}"


def _arguments(optimizer: Any, group: dict[str, Any]) -> dict[str, Any]:
    arguments = {
        key: plain(value)
        for key, value in group.items()
        if key not in _NOT_ARGUMENTS and (key in optimizer.defaults or key == "lr")
    }
    if "initial_lr" in group:
        arguments["lr"] = plain(group["initial_lr"])
    return arguments


def _group(optimizer: Any, number: int, group: dict[str, Any], found: list[Found]) -> dict[str, Any]:
    row = _arguments(optimizer, group)
    tags = {
        key: plain(value) for key, value in group.items() if key not in optimizer.defaults and key not in _NOT_ARGUMENTS
    }
    names = [f.name for f in found if f.group == number]
    result: dict[str, Any] = {"param_names": names} if names else {}
    result.update(row)
    tags.pop("lr", None)
    if tags:
        # The optimizer's constructor has no such argument: a name for people, or for a library that makes groups.
        result["defaults"] = tags
    return result


def _clips(norm: float | None, value: float | None) -> list[dict[str, Any]]:
    clips: list[dict[str, Any]] = []
    if norm is not None:
        clips.append({"class_path": "torch.nn.utils.clip_grad_norm_", "init_args": {"max_norm": norm}})
    if value is not None:
        clips.append({"class_path": "torch.nn.utils.clip_grad_value_", "init_args": {"clip_value": value}})
    return clips


def _hooks(optimizer: Any, found: list[Found]) -> list[str]:
    hooks = [
        kind.strip("_").replace("_", " ")
        for kind in ("_optimizer_step_pre_hooks", "_optimizer_step_post_hooks")
        if getattr(optimizer, kind, None)
    ]
    hooks += [
        f"{f.name}: a hook on its gradient"
        for f in found
        if getattr(f.tensor, "_backward_hooks", None) or getattr(f.tensor, "_post_accumulate_grad_hooks", None)
    ]
    return hooks


def _notes(optimizer: Any, model: Any, found: list[Found]) -> list[Note]:
    notes: list[Note] = []
    if model is not None:
        notes += _of_another_model(found)
    seen: dict[int, int] = {}
    twice: list[str] = []
    names = {id(f.tensor): f.name for f in found}
    for group in optimizer.param_groups:
        for tensor in group["params"]:
            seen[id(tensor)] = seen.get(id(tensor), 0) + 1
            if seen[id(tensor)] == 2:
                twice.append(names[id(tensor)])
    if twice:
        notes.append(Note("error", "parameters-twice", f"{_count(twice)} twice in the groups", tuple(twice)))
    still = tuple(f.name for f in found if f.group is not None and not f.tensor.requires_grad)
    if still:
        notes.append(
            Note("note", "parameters-without-gradient", f"{_count(still)} in a group without requires_grad", still)
        )
    decayed = tuple(_decayed(optimizer, found))
    if decayed:
        message = f"{_count(decayed)} (bias or normalisation) decayed; many recipes leave these out"
        notes.append(Note("note", "decay-of-norms-and-biases", message, decayed))
    return notes


def _of_another_model(found: list[Found]) -> list[Note]:
    notes: list[Note] = []
    foreign = tuple(f.name for f in found if not f.of_model)
    missing = tuple(f.name for f in found if f.of_model and f.group is None and f.tensor.requires_grad)
    frozen = tuple(f.name for f in found if f.of_model and f.group is None and not f.tensor.requires_grad)
    if foreign:
        message = f"{_count(foreign)} of the optimizer, but not of the model"
        notes.append(Note("error", "parameters-of-another-model", message, foreign))
    if missing:
        all_of_them = all(f.group is None for f in found if f.of_model)
        message = f"{_count(missing)} of the model in no group of the optimizer: they are not trained"
        notes.append(Note("error" if all_of_them else "warning", "parameters-in-no-group", message, missing))
    if frozen:
        notes.append(Note("note", "parameters-not-trained", f"{_count(frozen)} frozen, and in no group", frozen))
    return notes


def _decayed(optimizer: Any, found: list[Found]) -> list[str]:
    groups: list[dict[str, Any]] = optimizer.param_groups
    return [
        f.name
        for f in found
        if f.trained and f.role in ("bias", "gamma", "beta") and plain(groups[f.group or 0].get("weight_decay"))
    ]


def _count(names: tuple[str, ...] | list[str]) -> str:
    return f"{len(names)} parameter is" if len(names) == 1 else f"{len(names)} parameters are"
