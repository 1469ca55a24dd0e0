"""What a parameter of PyTorch is for, by the module that it is of, and by its name."""

from __future__ import annotations

import re
from typing import Any

_NORMALISATION = re.compile(r"norm", re.IGNORECASE)


def role(model: Any, name: str, tensor: Any) -> str:
    """What a parameter is for.

    Args:
        model: the model.
        name: the parameter's name in it, such as ``layer1.0.bn1.weight``.
        tensor: the parameter.

    Returns:
        The word of a role, such as ``kernel`` or ``gamma``.
    """
    path, _, own = name.rpartition(".")
    module: Any | None = model
    for part in path.split(".") if path else ():
        module = getattr(module, part, None)
    kind = type(module).__name__ if module is not None else ""
    if _NORMALISATION.search(kind):
        return "gamma" if own == "weight" else "beta" if own == "bias" else "parameter"
    if kind.startswith("Embedding"):
        return "embeddings"
    if kind == "PReLU":
        return "alpha"
    return of_name(name, tensor)


def of_name(name: str, tensor: Any) -> str:
    """What a parameter is for, where its module is not known.

    Args:
        name: its name.
        tensor: the parameter.

    Returns:
        The word of a role.
    """
    own = name.rpartition(".")[2]
    if own.startswith("weight_hh"):
        return "recurrent kernel"
    if own == "bias" or own.startswith("bias_") or own.endswith("_bias"):
        return "bias"
    if own == "weight" or own.startswith("weight_") or own.endswith("_weight"):
        return "kernel" if tensor.ndim > 1 else "parameter"
    return "kernel" if tensor.ndim > 1 and own.startswith("parameter") else "parameter"
