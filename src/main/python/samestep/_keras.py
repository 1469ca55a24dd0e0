"""Describes live models and optimizers of Keras 3, and of Keras 2 as tf_keras. Keras is not imported: whoever has one has imported it."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from samestep._description import VERSION, Description, Note, libraries

_ROLES = {
    "kernel": "kernel",
    "depthwise_kernel": "depthwise kernel",
    "recurrent_kernel": "recurrent kernel",
    "embeddings": "embeddings",
    "bias": "bias",
    "gamma": "gamma",
    "scale": "gamma",
    "beta": "beta",
    "alpha": "alpha",
}


def is_known(value: object) -> bool:
    """Whether a value is a model or an optimizer of Keras 3, or of Keras 2 as ``tf_keras`` has it."""
    return library(value) is not None


def library(value: object) -> Any:
    """The Keras whose model or optimizer a value is; None if it is of neither."""
    for name in ("keras", "tf_keras"):
        keras: Any = sys.modules.get(name)
        if keras is None or not hasattr(keras, "Model"):
            continue
        kinds = (keras.Model, keras.optimizers.Optimizer)
        legacy = getattr(getattr(keras.optimizers, "legacy", None), "Optimizer", None) if name == "tf_keras" else None
        if isinstance(value, kinds if legacy is None else (*kinds, legacy)):
            return keras
    return None


def is_keras2(keras: Any) -> bool:
    """Whether this is ``tf_keras``."""
    return str(keras.__name__) == "tf_keras"


def describe(optimizer: Any, model: Any, updates: int | None) -> Description:
    """Describes a compiled model, or an optimizer with a model. The arguments are those of :func:`samestep.describe`."""
    keras = library(optimizer)
    if isinstance(optimizer, keras.Model):
        model = optimizer
        optimizer = getattr(model, "optimizer", None)
        if optimizer is None:
            raise TypeError("the model has no optimizer: call compile() first, or give the optimizer")
    optimizer = _unscaled(optimizer)
    data: dict[str, Any] = {
        "samestep": VERSION,
        "framework": "keras",
        "keras_version": str(keras.__version__),
        "libraries": libraries(keras.__name__, "tensorflow", "torch", "jax"),
        "optimizer": _plain(keras.optimizers.serialize(optimizer)),
        "parameters": [] if model is None else [_row(v, optimizer) for v in _variables(model)],
    }
    notes: list[Note] = []
    if model is not None:
        _model(keras, model, data, notes)
    excluded = _excluded(optimizer, model)
    if excluded:
        data["exclude_from_weight_decay"] = {"var_names": excluded}
    if updates is not None:
        data["updates"] = updates
    return Description(data, tuple(notes))


def _unscaled(optimizer: Any) -> Any:
    inner = getattr(optimizer, "inner_optimizer", None)
    return optimizer if inner is None else inner


def _plain(value: Any) -> Any:
    """What Keras serializes, as JSON: numbers of arrays as numbers."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if hasattr(value, "item") and getattr(value, "size", 1) == 1:
        return value.item()
    return _plain(value.tolist()) if hasattr(value, "tolist") else repr(value)


def _model(keras: Any, model: Any, data: dict[str, Any], notes: list[Note]) -> None:
    """The model as Keras serializes it; the layers alone where it is a class of the user's."""
    try:
        whole = isinstance(model, keras.Sequential) or hasattr(model, "_functional") or hasattr(model, "operations")
        whole = whole or getattr(model, "_is_graph_network", False)
        config = json.loads(model.to_json()) if whole else None
    except Exception as e:  # noqa: BLE001 - a user's get_config may raise anything
        notes.append(Note("note", "model-not-serialized", f"Keras cannot serialize the model, so its layers are: {e}"))
        config = None
    if config is not None and "layers" in config.get("config", {}):
        config.pop("compile_config", None)
        data["model"] = config
        loss = _loss(model)
        if loss is not None:
            data["compile_config"] = loss
    else:
        data["model"] = {
            "class_name": "Functional",
            "config": {"name": model.name, "layers": [keras.layers.serialize(layer) for layer in _layers(model)]},
        }


def _layers(model: Any) -> list[Any]:
    """Layers that have variables of their own, each once."""
    return [
        layer
        for layer in model._flatten_layers(include_self=False)
        if next(iter(layer._flatten_layers(include_self=False)), None) is None
    ]


def _loss(model: Any) -> dict[str, Any] | None:
    config = getattr(model, "get_compile_config", lambda: None)()
    if not config:
        return None
    plain = _plain(config)
    plain.pop("optimizer", None)
    return dict(plain)


def _variables(model: Any) -> list[Any]:
    own = list(model.trainable_variables)
    seen = {id(v) for v in own}
    return own + [v for v in model.non_trainable_variables if id(v) not in seen]


def path(variable: Any) -> str:
    """The name of a variable, with those of its layers; Keras 2 has it with an output's number."""
    own = getattr(variable, "path", None)
    return str(own) if own is not None else str(variable.name).rsplit(":", 1)[0]


def role(variable: Any) -> str:
    """What a variable is for, by the name that Keras gives it."""
    name = path(variable).rsplit("/", 1)[-1]
    if name in ("moving_mean", "moving_variance"):
        return "statistics"
    return _ROLES.get(name, "parameter")


def _row(variable: Any, optimizer: Any) -> dict[str, Any]:
    return {
        "name": path(variable),
        "shape": [int(n) for n in variable.shape],
        "dtype": str(variable.dtype),
        "role": role(variable),
        "group": 0,
        "trained": bool(variable.trainable),
    }


def _excluded(optimizer: Any, model: Any) -> list[str]:
    """Regular expressions of the variables that the optimizer does not decay."""
    if not _excludes(optimizer):
        return []
    if model is None:
        raise TypeError("the optimizer leaves variables out of its decay: give the model, for their names")
    return [
        "(^|/)" + re.escape("/".join(name.split("/")[-2:])) + "(:0)?$"
        for name in undecayed(optimizer, model.trainable_variables)
    ]


def _excludes(optimizer: Any) -> bool:
    keys = getattr(optimizer, "_exclude_from_weight_decay", None)
    names = getattr(optimizer, "_exclude_from_weight_decay_names", None)
    return bool(keys) or bool(names) or getattr(optimizer, "_exclude_from_weight_decay_pattern", None) is not None


def undecayed(optimizer: Any, variables: list[Any]) -> list[str]:
    """Paths of the variables that an optimizer leaves out of its decay.

    They are asked one by one, as BaseOptimizer._use_weight_decay does, but without the cache that it fills.

    Args:
        optimizer: an optimizer of Keras.
        variables: those of the model.

    Returns:
        The paths.
    """
    if not _excludes(optimizer):
        return []
    if is_keras2(library(optimizer)):
        return [path(v) for v in variables if not optimizer._use_weight_decay(v)]
    keys = getattr(optimizer, "_exclude_from_weight_decay", None) or set()
    pattern = getattr(optimizer, "_exclude_from_weight_decay_pattern", None)
    # On TensorFlow the optimizer is handed TensorFlow's own variables, which have other names and identities.
    inner = sys.modules["keras"].backend.backend() == "tensorflow"
    excluded: list[str] = []
    for variable in variables:
        seen = variable.value if inner else variable
        if optimizer._var_key(seen) in keys or (pattern is not None and pattern.search(seen.name) is not None):
            excluded.append(path(variable))
    return excluded
