"""Live models of Keras 3, made as the recordings were: their descriptions, read back, give the recorded trajectories."""

from __future__ import annotations

import copy
import json

import pytest
from replaying import TOLERANCE, distances, follows_the_schema, recordings

keras = pytest.importorskip("keras")

import samestep


def live(native: dict) -> tuple[keras.Model, keras.optimizers.Optimizer]:
    """The model and optimizer of a recording. Numbers are what they were: the recorder gave doubles where it says so."""
    model = keras.saving.deserialize_keras_object({k: v for k, v in native["model"].items() if k != "compile_config"})
    kind = getattr(keras.optimizers, native["optimizer"]["class_name"])
    optimizer = kind.from_config(copy.deepcopy(native["optimizer"]["config"]))
    names = (native.get("exclude_from_weight_decay") or {}).get("var_names")
    if names:
        optimizer.exclude_from_weight_decay(var_names=names)
    model.compile(optimizer=optimizer, **compiled(native))
    return model, optimizer


def compiled(native: dict) -> dict:
    """The loss as it was compiled."""
    config = copy.deepcopy(native.get("compile_config") or native["model"].get("compile_config") or {})
    loss = config.get("loss")
    given = {"loss": keras.saving.deserialize_keras_object(loss)} if isinstance(loss, dict) else {"loss": loss}
    return {**given, "loss_weights": config.get("loss_weights")} if loss else {}


def test_descriptions_give_the_recorded_trajectories(tmp_path):
    descriptions = {}
    for file in recordings("keras3", "keras3/branches"):
        native = json.loads(file.read_text())["native"]
        model, _optimizer = live(native)
        found = samestep.describe(model)
        # Keras rounds a rate that is a number to single precision; the recorder put a double there.
        rate = native["optimizer"]["config"]["learning_rate"]
        if isinstance(rate, float):
            assert found.data["optimizer"]["config"]["learning_rate"] == pytest.approx(rate, rel=1e-7)
            found.data["optimizer"]["config"]["learning_rate"] = rate
        descriptions[file] = found.json()
    follows_the_schema(descriptions.values())
    found = distances(descriptions, tmp_path)
    wrong = {
        name: d
        for name, d in found.items()
        if not isinstance(d, float) or d > (5e-9 if "f32sched" in name else TOLERANCE)
    }
    print(f"{len(found) - len(wrong)} of {len(found)} agree")
    assert not wrong
    assert len(found) > 150


def dense() -> keras.Model:
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((8,)),
            layers.Dense(6, kernel_regularizer=keras.regularizers.L2(0.01), name="first"),
            layers.BatchNormalization(name="norm"),
            layers.Dense(4, name="second"),
        ]
    )
    model.layers[0].trainable = False
    return model


def test_what_is_excluded_from_the_decay_is_asked_of_the_optimizer():
    model = dense()
    optimizer = keras.optimizers.AdamW(0.1, weight_decay=0.5)
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    model.compile(optimizer, "mse")
    assert not getattr(optimizer, "_exclude_from_weight_decay_cache", {})
    found = samestep.describe(model)
    assert not getattr(optimizer, "_exclude_from_weight_decay_cache", {})
    assert len(found.data["exclude_from_weight_decay"]["var_names"]) == 3
    rows = {p["name"].split("/", 1)[-1] if p["name"].count("/") > 1 else p["name"]: p for p in found.parameters}
    assert not rows["first/kernel"]["trained"]
    assert rows["norm/gamma"]["role"] == "gamma"
    assert rows["norm/moving_mean"]["role"] == "statistics"


def test_a_model_that_is_a_class_is_described_by_its_layers():
    class Own(keras.Model):
        def __init__(self):
            super().__init__()
            self.first = keras.layers.Dense(6, kernel_regularizer=keras.regularizers.L2(0.01), name="first")
            self.second = keras.layers.Dense(4, name="second")

        def call(self, x):
            return self.second(self.first(x))

    from samestep._pipe import PROGRAM

    model = Own()
    model.build((None, 8))
    model.compile(keras.optimizers.SGD(0.1), "mse")
    answer = PROGRAM.call(["explain", "-", "--format", "json"], samestep.describe(model).json())
    names = [n for u in json.loads(answer.out)["files"][0]["updates"] for n in u["parameters"]]
    assert sorted(names) == ["first bias", "first kernel", "second bias", "second kernel"]


def test_nothing_that_is_given_is_changed():
    model = dense()
    model.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.1, 10)), "mse")
    before = model.to_json(), [v.numpy().tolist() for v in model.variables], model.optimizer.built
    samestep.describe(model)
    assert (model.to_json(), [v.numpy().tolist() for v in model.variables], model.optimizer.built) == before


def test_tensorflows_keras_is_described_as_keras():
    tensorflow = pytest.importorskip("tensorflow")
    described = []
    for library in (tensorflow.keras, keras):
        layer = library.layers.Dense(3, kernel_regularizer=library.regularizers.L2(1e-3), name="ip")
        model = library.Sequential([library.Input((4,), name="data"), layer], name="net")
        model.compile(optimizer=library.optimizers.SGD(0.1, momentum=0.9, nesterov=True, name="sgd"), loss="mse")
        described.append(samestep.describe(model).data)
    assert described[0] == described[1]
    assert described[0]["libraries"]["tensorflow"] == tensorflow.__version__
    assert [p["name"] for p in described[0]["parameters"]] == ["net/ip/kernel", "net/ip/bias"]
    assert described[0]["optimizer"]["config"]["nesterov"] is True
