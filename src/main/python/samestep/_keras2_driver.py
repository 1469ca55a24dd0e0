"""Drives optimizers of Keras 2, as tf_keras has them, on small twins of a model's variables. The user's objects are not touched."""

from __future__ import annotations

import functools
import sys
from typing import Any

from samestep import _keras
from samestep._description import Description
from samestep._drivers import SINGLE, places, representatives
from samestep._keras_driver import loss_weight, small, tensor
from samestep._streams import Stream


class Keras2Driver:
    """A live optimizer of Keras 2, also of its ``legacy`` ones. Its variables are doubles, its own numbers single precision."""

    def __init__(self, optimizer: Any, model: Any, description: Description) -> None:
        keras = _keras.library(optimizer)
        if isinstance(optimizer, keras.Model):
            model, optimizer = optimizer, optimizer.optimizer
        if model is None:
            raise TypeError("an optimizer of Keras needs model=, for the variables and their regularizers")
        self._tf: Any = sys.modules["tensorflow"]
        self._optimizer = _keras._unscaled(optimizer)
        rows = {_keras.path(v): v for v in model.trainable_variables}
        chosen = representatives([_keras._row(v, optimizer) for v in model.trainable_variables])
        self._real = [rows[row["name"]] for row in chosen]
        self._regularizers = _regularizers(model)
        self._shapes = [small(row["shape"]) for row in chosen]
        self.tensors = [tensor(row, shape) for row, shape in zip(chosen, self._shapes)]
        self.micro_steps = 1
        self._weight = loss_weight(model)
        self.unit, self.limit, self.shipped = SINGLE, 64.0, True
        self.counts_updates = True
        self.powers = 0.0
        rate = description.data["optimizer"]["config"].get("learning_rate")
        self.places = places(rate["config"]) if isinstance(rate, dict) else []
        self.description: Description | None = description

    def run(self, stream: Stream) -> list[list[list[float]]]:
        """The weights after each update, for each tensor."""
        tf = self._tf
        twins = [
            # The name is what an optimizer is told to leave out of its decay.
            tf.Variable(tf.reshape(tf.constant(w, tf.float64), s), name=_keras.path(v), constraint=v.constraint)
            for w, s, v in zip(stream.initial, self._shapes, self._real)
        ]
        optimizer = type(self._optimizer).from_config(self._optimizer.get_config())
        self._exclude(optimizer, twins)
        if hasattr(optimizer, "build"):
            optimizer.build(twins)
        if stream.start:
            optimizer.iterations.assign(stream.start)
        after: list[list[list[float]]] = []
        for update in stream.gradients:
            gradients = [
                tf.reshape(tf.constant(g, tf.float64), s) * self._weight for g, s in zip(update[0], self._shapes)
            ]
            # A loss whose gradients are these: what an optimizer does to gradients itself is in minimize.
            optimizer.minimize(functools.partial(self._loss, gradients, twins), twins)
            after.append([[float(n) for n in t.numpy().reshape(-1)] for t in twins])
        return after

    def _loss(self, gradients: list[Any], twins: list[Any]) -> Any:
        parts = [self._tf.reduce_sum(g * t) for g, t in zip(gradients, twins)]
        for real, twin in zip(self._real, twins):
            penalty = self._regularizers.get(_keras.path(real))
            if penalty is not None:
                parts.append(self._tf.cast(penalty(twin), self._tf.float64))
        return self._tf.add_n(parts)

    def _exclude(self, optimizer: Any, twins: list[Any]) -> None:
        excluded = set(_keras.undecayed(self._optimizer, self._real))
        if excluded:
            optimizer.exclude_from_weight_decay(
                var_list=[t for t, real in zip(twins, self._real) if _keras.path(real) in excluded]
            )


def _regularizers(model: Any) -> dict[str, Any]:
    """The penalty of each variable that has one; in Keras 2 the layer knows it."""
    found: dict[str, Any] = {}
    for layer in model._flatten_layers():
        for attribute, penalty in vars(layer).items():
            if attribute.endswith("_regularizer") and callable(penalty):
                variable = getattr(layer, attribute[: -len("_regularizer")], None)
                if variable is not None and hasattr(variable, "name"):
                    found[_keras.path(variable)] = penalty
    return found
