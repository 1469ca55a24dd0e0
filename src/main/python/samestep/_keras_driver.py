"""Drives optimizers of Keras 3 on small twins of a model's variables. The user's objects are not touched."""

from __future__ import annotations

import sys
from typing import Any

from samestep import _keras
from samestep._description import Description
from samestep._drivers import SINGLE, Tensor, places, representatives
from samestep._streams import Stream


class KerasDriver:
    """A live optimizer of Keras, ready to be driven. Its variables are doubles, its own numbers single precision."""

    def __init__(self, optimizer: Any, model: Any, description: Description) -> None:
        keras: Any = sys.modules["keras"]
        if isinstance(optimizer, keras.Model):
            model, optimizer = optimizer, optimizer.optimizer
        if model is None:
            raise TypeError("an optimizer of Keras needs model=, for the variables and their regularizers")
        self._keras = keras
        self._backend = str(keras.backend.backend())
        self._optimizer = _keras._unscaled(optimizer)
        rows = {str(v.path): v for v in model.trainable_variables}
        chosen = representatives([_keras._row(v, optimizer) for v in model.trainable_variables])
        self._real = [rows[row["name"]] for row in chosen]
        self._shapes = [small(row["shape"]) for row in chosen]
        self.tensors = [tensor(row, shape) for row, shape in zip(chosen, self._shapes)]
        self.micro_steps = int(getattr(self._optimizer, "gradient_accumulation_steps", None) or 1)
        self._weight = loss_weight(model)
        # Keras has its hyper-parameters in single precision, whatever the variables are.
        self.unit, self.limit, self.shipped = SINGLE, 64.0, True
        self.counts_updates = True
        self.powers = 0.0
        rate = description.data["optimizer"]["config"].get("learning_rate")
        self.places = places(rate["config"], self.micro_steps) if isinstance(rate, dict) else []
        self.description: Description | None = description

    def run(self, stream: Stream) -> list[list[list[float]]]:
        """The weights after each update, for each tensor."""
        variables = [self._twin(w, s, v) for w, s, v in zip(stream.initial, self._shapes, self._real)]
        optimizer = type(self._optimizer).from_config(self._optimizer.get_config())
        self._exclude(optimizer, variables)
        optimizer.build(variables)
        if stream.start:
            optimizer._iterations.assign(stream.start * self.micro_steps)
        after: list[list[list[float]]] = []
        for update in stream.gradients:
            for step in update:
                gradients = [
                    self._gradient(g, s, t, v) for g, s, t, v in zip(step, self._shapes, variables, self._real)
                ]
                optimizer.apply(gradients, variables)
            after.append([_flat(self._keras, v) for v in variables])
        return after

    def _twin(self, weights: list[float], shape: list[int], real: Any) -> Any:
        value = self._keras.ops.convert_to_tensor(weights, dtype="float64")
        twin = self._keras.Variable(self._keras.ops.reshape(value, shape), dtype="float64", name=str(real.name))
        twin.constraint = getattr(real, "constraint", None)
        return twin

    def _exclude(self, optimizer: Any, variables: list[Any]) -> None:
        excluded = set(_keras.undecayed(self._optimizer, self._real))
        inner = self._backend == "tensorflow"
        optimizer._exclude_from_weight_decay_cache = {
            optimizer._var_key(twin.value if inner else twin): str(real.path) not in excluded
            for twin, real in zip(variables, self._real)
        }

    def _gradient(self, numbers: list[float], shape: list[int], twin: Any, real: Any) -> Any:
        ops = self._keras.ops
        data = ops.reshape(ops.convert_to_tensor(numbers, dtype="float64"), shape) * self._weight
        regularizer = getattr(real, "regularizer", None)
        return data if regularizer is None else data + self._of_penalty(regularizer, twin)

    def _of_penalty(self, regularizer: Any, twin: Any) -> Any:
        """The gradient of a penalty, by the backend's own means."""
        if self._backend == "tensorflow":
            tf: Any = sys.modules["tensorflow"]
            with tf.GradientTape() as tape:
                value = tf.identity(twin.value)
                tape.watch(value)
                penalty = regularizer(value)
            return tf.cast(tape.gradient(penalty, value), "float64")
        if self._backend == "torch":
            value = twin.value.detach().clone().requires_grad_(True)
            regularizer(value).backward()
            return value.grad
        jax: Any = sys.modules["jax"]
        return jax.grad(lambda w: regularizer(w).sum())(twin.value)


def loss_weight(model: Any) -> float:
    """What a model multiplies its loss with."""
    weights = ((getattr(model, "get_compile_config", lambda: None)() or {}) or {}).get("loss_weights")
    return float(weights) if isinstance(weights, (int, float)) else 1.0


def small(shape: list[int]) -> list[int]:
    """A shape of as many dimensions, with few entries."""
    if len(shape) < 2:
        return [min(n, 3) for n in shape]
    return [1] * (len(shape) - 2) + [min(shape[-2], 3), min(shape[-1], 2)]


def tensor(row: dict[str, Any], shape: list[int]) -> Tensor:
    """The twin of a variable."""
    size = 1
    for n in shape:
        size *= n
    columns = shape[-1] if shape else 1
    parts = row["name"].split("/")
    return Tensor(row["name"], parts[-2] if len(parts) > 1 else parts[0], row["role"], size // columns, columns)


def _flat(keras: Any, variable: Any) -> list[float]:
    return [float(v) for v in keras.ops.convert_to_numpy(variable).reshape(-1)]
