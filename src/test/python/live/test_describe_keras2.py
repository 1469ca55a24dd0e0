"""Live optimizers of Keras 2, as tf_keras has them, made as they were recorded."""

from __future__ import annotations

import copy
import json

import pytest
from replaying import TOLERANCE, distances, follows_the_schema, recordings

keras = pytest.importorskip("tf_keras")

import samestep


@pytest.fixture
def doubles():
    """The number format of the recordings: Keras 2 rounds the numbers of a penalty to it."""
    keras.backend.set_floatx("float64")
    yield
    keras.backend.set_floatx("float32")


def live(native):
    """The model of a recording, compiled with its optimizer."""
    model = keras.Sequential.from_config(copy.deepcopy(native["model"]["config"]))
    given = native["optimizer"]
    home = keras.optimizers.legacy if "legacy" in given.get("module", "") else keras.optimizers
    config = copy.deepcopy(given["config"])
    if home is not keras.optimizers and given["class_name"] == "Nadam":
        # What it calls decay in its configuration is another argument of it.
        config["schedule_decay"] = config.pop("decay")
    optimizer = getattr(home, given["class_name"]).from_config(config)
    names = (native.get("exclude_from_weight_decay") or {}).get("var_names")
    if names:
        optimizer.exclude_from_weight_decay(var_names=names)
    compiled = native.get("compile_config") or native["model"].get("compile_config") or {}
    loss = compiled.get("loss")
    loss = keras.losses.deserialize(loss) if isinstance(loss, dict) else loss
    eagerly = {"run_eagerly": True} if compiled.get("run_eagerly") else {}
    model.compile(optimizer, loss, loss_weights=compiled.get("loss_weights") if loss else None, **eagerly)
    return model


def exact(described, recorded):
    """The description with the recorded doubles in place of what Keras has rounded to single precision."""
    if isinstance(described, dict) and isinstance(recorded, dict):
        return {k: exact(v, recorded.get(k, v)) for k, v in described.items()}
    is_rounded = isinstance(described, float) and described == pytest.approx(recorded, rel=1e-7)
    return recorded if is_rounded else described


def test_descriptions_give_the_recorded_trajectories(doubles, tmp_path):
    descriptions, as_written, refused = {}, {}, {}
    for file in recordings("keras2"):
        native = json.loads(file.read_text())["native"]
        try:
            found = samestep.describe(live(native))
        except (TypeError, ValueError, AttributeError) as e:
            refused[file.name] = str(e)
            continue
        found.data["optimizer"] = exact(found.data["optimizer"], native["optimizer"])
        descriptions[file], as_written[file] = found.json(), json.dumps(native)
    follows_the_schema(descriptions.values())
    found, expected = distances(descriptions, tmp_path), distances(as_written, tmp_path)
    wrong = {
        name: d
        for name, d in found.items()
        # A schedule of Keras is in single precision: its recording is as far from its own text.
        if not isinstance(d, float) or (d > TOLERANCE and d != pytest.approx(expected[name], rel=1e-3))
    }
    close = sum(1 for d in found.values() if isinstance(d, float) and d <= TOLERANCE)
    print(f"{len(found) - len(wrong)} of {len(found)} agree, {close} within {TOLERANCE}; refused: {refused}")
    assert not wrong
    assert len(found) > 40


def small():
    """A model with a penalty and a normalisation."""
    return keras.Sequential(
        [
            keras.layers.Dense(3, kernel_regularizer=keras.regularizers.L2(0.01), name="ip", input_shape=(4,)),
            keras.layers.BatchNormalization(name="norm"),
        ]
    )


@pytest.mark.parametrize(
    "optimizer",
    [
        keras.optimizers.SGD(0.1, 0.9, nesterov=True),
        keras.optimizers.Adam(keras.optimizers.schedules.PiecewiseConstantDecay([3], [0.1, 0.01])),
        keras.optimizers.AdamW(0.1, weight_decay=0.1),
        keras.optimizers.legacy.SGD(0.1, momentum=0.9, decay=0.01),
        keras.optimizers.legacy.Adam(0.1, clipnorm=0.5),
    ],
)
def test_what_is_described_is_what_is_done(optimizer):
    model = small()
    if isinstance(optimizer, keras.optimizers.AdamW):
        optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    model.compile(optimizer, "sparse_categorical_crossentropy")
    description = samestep.describe(model)
    rows = {p["name"]: p["role"] for p in description.parameters}
    assert rows["norm/gamma"] == "gamma"
    assert rows["norm/moving_mean"] == "statistics"
    verdict = samestep.verify(model, description)
    assert verdict, verdict
    broken = small()
    broken.compile(keras.optimizers.SGD(0.05), "sparse_categorical_crossentropy")
    assert not samestep.verify(broken, description)
