"""Describes live optimizers."""

from __future__ import annotations

from typing import Any

from samestep import _keras, _optax, _torch
from samestep._description import Description


def describe(
    optimizer: Any,
    model: Any = None,
    scheduler: Any = None,
    updates: int | None = None,
    *,
    scheduler_every: int = 1,
    clip_norm: float | None = None,
    clip_value: float | None = None,
    accumulation: int = 1,
) -> Description:
    """Describes what a live optimizer does to each parameter.

    Nothing that is given is changed: schedules are followed by stepping a copy.

    Args:
        optimizer: an optimizer of ``torch.optim``, timm or transformers, also inside a wrapper such as accelerate's; a
            compiled Keras model; an optimizer of Keras; or a transformation of Optax.
        model: the model, for the names of parameters; with Optax, the tree of parameters.
        scheduler: the scheduler of ``torch.optim.lr_scheduler`` that sets its rates.
        updates: how many updates the run has, from here. Rates of a schedule that is nobody's known class are known only
            so far.
        scheduler_every: updates between two steps of the scheduler: batches in an epoch if it is stepped once an epoch.
        clip_norm: what the training loop gives ``clip_grad_norm_``; None if it does not call it.
        clip_value: what it gives ``clip_grad_value_``.
        accumulation: batches whose mean gradient makes an update.

    Returns:
        The description. Every other function takes it in place of a file.

    Raises:
        TypeError: the optimizer, model or scheduler is of no framework that is known here.
        ValueError: a number is out of its range; or a transformation of Optax has a part that is not explained.
    """
    for name, number in (("updates", updates), ("scheduler_every", scheduler_every), ("accumulation", accumulation)):
        if number is not None and number < 1:
            raise ValueError(f"{name}: at least 1, not {number}")
    if _torch.is_optimizer(optimizer):
        return _torch.explained(
            optimizer, model, scheduler, updates, scheduler_every, clip_norm, clip_value, accumulation
        )
    if _keras.is_known(optimizer):
        if scheduler is not None or clip_norm is not None or clip_value is not None or accumulation != 1:
            raise TypeError("Keras' optimizers have their schedule, clipping and accumulation in themselves")
        return _keras.describe(optimizer, model, updates)
    if _optax.is_optimizer(optimizer):
        if scheduler is not None or clip_norm is not None or clip_value is not None or accumulation != 1:
            raise TypeError("Optax' transformations have their schedule, clipping and accumulation in themselves")
        return _optax.describe(optimizer, model, updates)
    raise TypeError(
        f"expected an optimizer of PyTorch, Keras or Optax, or a compiled Keras model, not {_said(optimizer, model)}"
    )


def _said(given: Any, second: Any) -> str:
    """What was given, and what was probably meant."""
    if isinstance(given, type):
        return f"the class {given.__name__}: make an object of it"
    if second is not None and (_torch.is_optimizer(second) or _optax.is_optimizer(second)):
        return f"{type(given)}: the optimizer comes first, then the model"
    return str(type(given))
