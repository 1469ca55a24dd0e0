"""Exact translations of Caffe's recordings to Keras 3, as compiled models: they agree with the solver; with one trait broken
they are refuted, and the trait is named."""

from __future__ import annotations

import json
import os

import pytest
from replaying import recordings

keras = pytest.importorskip("keras")

import samestep

LAYERS = {"mlp": (("ip1", 6), ("ip2", 4)), "linear": (("ip1", 3),)}


def regularizer(config, factor: float = 1.0):
    """A penalty as the translation has it; the factor breaks it."""
    if config is None:
        return None
    made = keras.regularizers.deserialize(config)
    for name in ("l1", "l2"):
        if hasattr(made, name):
            setattr(made, name, float(getattr(made, name)) * factor)
    return made


def compiled(port: dict, problem: str, factor: float = 1.0, **changed):
    """The model of a translation."""
    layers = [keras.Input((8,))]
    for name, units in LAYERS[problem]:
        config = port["layers"].get(name, {})
        layers.append(
            keras.layers.Dense(
                units,
                name=name,
                trainable=config.get("trainable", True),
                kernel_regularizer=regularizer(config.get("kernel_regularizer"), factor),
                bias_regularizer=regularizer(config.get("bias_regularizer"), factor),
            )
        )
    model = keras.Sequential(layers)
    kind = getattr(keras.optimizers, port["optimizer"]["class_name"])
    optimizer = kind.from_config({**port["optimizer"]["config"], **changed})
    excluded = port.get("exclude_from_weight_decay")
    if excluded:
        optimizer.exclude_from_weight_decay(var_names=excluded["var_names"])
    model.compile(optimizer, "mse")
    return model


def broken(port: dict, problem: str):
    """Copies with one trait broken, and words of which one has to be in the traits."""
    config = port["optimizer"]["config"]
    if any(k.endswith("_regularizer") and v for layer in port["layers"].values() for k, v in layer.items()):
        yield "factor 2", compiled(port, problem, factor=2), ("L2", "L1", "decay")
    if config.get("weight_decay"):
        yield "factor 2", compiled(port, problem, weight_decay=2 * config["weight_decay"]), ("decay",)
    if "epsilon" in config:
        yield "epsilon", compiled(port, problem, epsilon=10 * config["epsilon"]), ("epsilon", "delta", "eps")
    if config.get("momentum"):
        yield "nesterov", compiled(port, problem, nesterov=not config.get("nesterov", False)), ("nesterov", "equations")
    if config.get("gradient_accumulation_steps"):
        yield "accumulation", compiled(port, problem, gradient_accumulation_steps=None), ("accumulation",)
    for clip in ("clipnorm", "global_clipnorm", "clipvalue"):
        if config.get(clip):
            yield "clip", compiled(port, problem, **{clip: None}), ("clip",)


def test_exact_translations_agree_and_broken_ones_are_refuted_by_name(tmp_path):
    agree, wrong, other, refuted, unnamed, missed = [], {}, [], 0, [], []
    solver, net = tmp_path / "solver.prototxt", tmp_path / "net.prototxt"
    # All of them take half an hour: SAMESTEP_EVERY=1.
    for file in recordings("caffe")[:: int(os.environ.get("SAMESTEP_EVERY", "6"))]:
        recording = json.loads(file.read_text())
        solver.write_text(recording["native"]["solver_prototxt"])
        net.write_text(recording["native"]["net_prototxt"])
        translated = samestep.translate(solver, "keras", net=net)
        if not translated.proven:
            other.append(file.name)
            continue
        port = json.loads(translated.text)
        found = samestep.verify(compiled(port, recording["problem"]), solver, net=net)
        if not found:
            wrong[file.name] = str(found)
            continue
        agree.append(file.name)
        for what, model, words in broken(port, recording["problem"]):
            verdict = samestep.verify(model, solver, net=net)
            refuted += not verdict
            if verdict:
                missed.append(f"{file.name}: {what}")
            elif not any(word in " ".join(t.name for t in verdict.traits) for word in words):
                unnamed.append(f"{file.name}: {what}: {verdict}")
    print(f"{len(agree)} agree, {len(wrong)} differ, {len(other)} are not exact")
    print(f"{refuted} refuted, {len(unnamed)} of them without the name, {len(missed)} missed")
    print(*wrong.items(), *unnamed, *missed, sep="\n")
    assert not wrong
    assert not missed
    assert not unnamed
    assert len(agree) >= 5


def test_an_optimizer_that_counts_its_updates_agrees_where_its_rate_changes():
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, name="ip")])
    model.compile(keras.optimizers.Adam(keras.optimizers.schedules.PiecewiseConstantDecay([30], [0.1, 0.01])), None)
    assert samestep.verify(model, samestep.describe(model))


@pytest.mark.parametrize(
    "loss", ["mse", "mae", keras.losses.MeanSquaredError(reduction="sum"), "sparse_categorical_crossentropy"], ids=str
)
def test_gradients_are_those_of_the_models_own_loss(loss):
    def made(weights):
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, name="ip", kernel_regularizer="l2")])
        model.compile(keras.optimizers.SGD(0.1, 0.9), loss, loss_weights=weights)
        return model

    for weights in (None, 0.25):
        found = samestep.verify(made(weights), samestep.describe(made(weights)))
        assert found, str(found)
    # What the loss is multiplied by is not in the gradients that are fed.
    assert not samestep.verify(made(0.25), samestep.describe(made(None)))
