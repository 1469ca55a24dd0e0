"""Live transformations of Optax, made as they were recorded: what their closures have gives the recorded weights."""

from __future__ import annotations

import json
import os

import pytest
from replaying import TOLERANCE, distances, follows_the_schema, recordings

os.environ.setdefault("JAX_PLATFORMS", "cpu")
jax = pytest.importorskip("jax")
optax = pytest.importorskip("optax")

import samestep
from samestep import _optax

jnp = jax.numpy
LIKE_THE_RECORDINGS = {"W1": (8, 6), "b1": (6,), "W2": (6, 4), "b2": (4,)}
# Optax computes schedules in single precision; an update of the weights is that far off.
SINGLE = 1e-7


def tree(shapes):
    """Parameters of these shapes."""
    return {k: tree(v) if isinstance(v, dict) else jnp.zeros(v) for k, v in shapes.items()}


PARAMS = {"dense": {"kernel": (4, 3), "bias": (3,)}, "norm": {"scale": (3,), "bias": (3,)}}


def made(value):
    """The object that a recording's JSON describes."""
    if isinstance(value, list):
        return [made(v) for v in value]
    if not isinstance(value, dict):
        return value
    kwargs = {k: made(v) for k, v in value.get("kwargs", {}).items()}
    if "boundaries_and_scales" in kwargs:
        kwargs["boundaries_and_scales"] = {int(k): v for k, v in kwargs["boundaries_and_scales"].items()}
    for name in ("mask", "weight_decay_mask", "trust_ratio_mask"):
        if kwargs.get(name) == "weights_only":
            kwargs[name] = lambda params: {k: k.startswith("W") for k in params}
    if "fn" in value:
        return getattr(optax, value["fn"])(*made(value.get("args", [])), **kwargs)
    if "schedule" in value:
        return getattr(optax, value["schedule"])(**kwargs)
    return {k: made(v) for k, v in value.items()}


def live(native):
    """The transformation of a recording."""
    chain = optax.chain(*made(native["chain"]))
    steps = native.get("MultiSteps")
    if steps is None:
        return chain
    return optax.MultiSteps(chain, **{k: v for k, v in steps.items() if k != "accumulator_dtype"})


def test_descriptions_give_the_recorded_trajectories(tmp_path):
    descriptions, as_written = {}, {}
    for file in recordings("optax", "optax/branches"):
        native = json.loads(file.read_text())["native"]
        if "chain" not in native:
            continue
        shapes = LIKE_THE_RECORDINGS if json.loads(file.read_text())["problem"] == "mlp" else {"W1": (4, 1), "b1": (1,)}
        # The numbers alone: that each is confirmed is the next test.
        descriptions[file] = _optax.describe(live(native), tree(shapes), None, confirm=False).json()
        as_written[file] = json.dumps(native)
    follows_the_schema(descriptions.values())
    found = distances(descriptions, tmp_path)
    expected = distances(as_written, tmp_path)
    wrong = {
        name: d
        for name, d in found.items()
        # A schedule's recording is as far from its own text.
        if not isinstance(d, float) or (d > TOLERANCE and d != pytest.approx(expected[name], rel=1e-3))
    }
    exact = sum(1 for d in found.values() if isinstance(d, float) and d <= TOLERANCE)
    print(f"{len(found) - len(wrong)} of {len(found)} agree, {exact} of them within {TOLERANCE}")
    assert not wrong
    assert len(found) > 90


@pytest.mark.parametrize(
    "optimizer",
    [
        optax.sgd(0.1, 0.9, nesterov=True),
        optax.adamw(0.1, weight_decay=0.2, mask=lambda p: jax.tree.map(lambda x: x.ndim > 1, p)),
        optax.chain(optax.clip_by_global_norm(1.0), optax.adam(optax.warmup_cosine_decay_schedule(0.0, 0.1, 5, 20))),
        optax.chain(optax.add_decayed_weights(0.01), optax.rmsprop(0.1, momentum=0.9, centered=True)),
        optax.multi_transform(
            {"a": optax.adam(0.1), "b": optax.set_to_zero()},
            lambda p: jax.tree.map(lambda x: "a" if x.ndim > 1 else "b", p),
        ),
        optax.chain(
            optax.masked(optax.add_decayed_weights(0.1), {"dense": True, "norm": {"scale": False, "bias": False}}),
            optax.sgd(0.1),
        ),
        optax.inject_hyperparams(optax.adamw)(learning_rate=0.1, weight_decay=0.01),
        optax.inject_hyperparams(optax.sgd)(learning_rate=optax.linear_schedule(0.1, 0.0, 10)),
        optax.MultiSteps(optax.adam(0.1), 3),
        optax.sgd(lambda count: 0.1 / (1 + 0.1 * count)),
        optax.lamb(0.1, weight_decay=0.01),
        optax.lion(0.01, weight_decay=0.1),
        optax.novograd(0.1, b1=0.8, weight_decay=0.01),
        optax.radam(0.1, b1=0.8, threshold=4.0),
        optax.radam(0.1, b2=0.9999),
        optax.novograd(optax.linear_schedule(0.1, 0.0, 20)),
        optax.yogi(0.1),
        optax.adan(0.1),
        optax.rprop(0.1),
        optax.sm3(0.1),
        optax.adafactor(0.1),
        optax.adagrad(0.1, initial_accumulator_value=0.3),
        optax.named_chain(("a", optax.clip(0.1)), ("b", optax.sgd(0.1))),
        optax.apply_if_finite(optax.amsgrad(0.1), 3),
    ],
)
def test_what_is_described_is_confirmed_on_gradients(optimizer):
    found = samestep.describe(optimizer, tree(PARAMS), updates=40)
    assert samestep.verify(optimizer, found, tree(PARAMS))
    follows_the_schema([found.json()])


def test_a_function_of_rates_is_known_for_the_updates_of_the_run():
    def rate(count):
        return 0.1 / (1 + 0.1 * count)

    optimizer = optax.sgd(rate)
    described = samestep.describe(optimizer, tree(PARAMS))
    assert described.data["updates"] == 1000
    assert [n.kind for n in described.notes] == ["rates-of-a-function"]
    short = samestep.describe(optimizer, tree(PARAMS), updates=40)
    assert not samestep.verify(optax.sgd(lambda count: 0.1 / (1 + 0.101 * count)), short, tree(PARAMS))
    # Differs from the fourth last update that is known.
    late = optax.sgd(lambda count: jnp.where(count < 36, rate(count), 0.05))
    found = samestep.verify(late, short, tree(PARAMS))
    assert not found
    assert found.first.update > 36
    # What comes after the last one is not known, and not compared.
    assert samestep.verify(optax.sgd(lambda c: jnp.where(c < 40, rate(c), 0.05)), short, tree(PARAMS))


@pytest.mark.parametrize(
    "other", [{"b1": 0.8 + 1e-6}, {"b2": 0.999 + 1e-8}, {"eps": 1.01e-8}, {"threshold": 5.0}], ids=str
)
def test_rectified_adam_with_another_number_is_refuted(other):
    """The error of XLA's powers, which a rectification makes large, excuses nothing else."""
    described = samestep.describe(optax.radam(0.1, b1=0.8, threshold=4.0), tree(PARAMS))
    broken = optax.radam(0.1, **{"b1": 0.8, "threshold": 4.0, **other})
    assert not samestep.verify(broken, described, tree(PARAMS))


def test_a_threshold_that_makes_no_numbers_is_refused():
    # The root of a number below zero, where the length is between 3 and 4.
    with pytest.raises(ValueError, match="threshold of optax.scale_by_radam is below 4"):
        samestep.describe(optax.radam(0.1, threshold=3.0), tree(PARAMS))


def scaled_wrongly(step_size, factor):
    """What calls itself optax.scale, and multiplies by another number."""
    right = optax.scale(-0.1)

    def update_fn(updates, state, params=None):
        return jax.tree.map(lambda g: factor * step_size * g, updates), state

    update_fn.__module__, update_fn.__qualname__ = "optax._src.transform", right.update.__qualname__
    return optax.GradientTransformation(right.init, update_fn)


def test_a_closure_whose_number_is_not_what_it_does_is_refused():
    with pytest.raises(ValueError, match="not explained"):
        samestep.describe(scaled_wrongly(-0.1, 2), tree(PARAMS))


def test_weights_that_are_not_numbers_are_refused():
    with pytest.raises(ValueError, match="not explained.*nan observed"):
        samestep.describe(scaled_wrongly(-0.1, jnp.nan), tree(PARAMS))


def test_what_is_not_explained_is_said():
    own = optax.GradientTransformation(lambda p: (), lambda u, s, p=None: (jax.tree.map(lambda g: -0.1 * g**3, u), s))
    with pytest.raises(ValueError, match="not a transformation of Optax that is known"):
        samestep.describe(optax.chain(own, optax.scale(0.1)), tree(PARAMS))
    with pytest.raises(ValueError, match="optimistic"):
        samestep.describe(optax.optimistic_gradient_descent(0.1), tree(PARAMS))
    with pytest.raises(ValueError, match="optax.ema at this place of the chain"):
        samestep.describe(optax.adafactor(0.1, momentum=0.9), tree(PARAMS))
    with pytest.raises(ValueError, match="more than gradients: value"):
        samestep.describe(optax.polyak_sgd(0.1), tree(PARAMS))
    one = {"dense": {"kernel": True, "bias": False}, "norm": {"scale": False, "bias": False}}
    two = {**PARAMS, "other": {"kernel": (3, 2)}}
    with pytest.raises(ValueError, match=r"dense/kernel and other/kernel"):
        samestep.describe(optax.masked(optax.sgd(0.1), {**one, "other": {"kernel": False}}), tree(two))


def test_a_broken_copy_is_refuted_and_optimizers_of_two_frameworks_are_held_against_each_other():
    description = samestep.describe(optax.adamw(0.1, weight_decay=0.2), tree(PARAMS))
    found = samestep.verify(optax.adamw(0.1, weight_decay=0.1), description, tree(PARAMS))
    assert not found
    assert [t.name for t in found.traits] == ["decoupled decay"]
    assert samestep.same(optax.adam(0.1), optax.adam(0.1), tree(PARAMS), tree(PARAMS))
    assert not samestep.same(optax.adam(0.1), optax.adam(0.1, eps=1e-7), tree(PARAMS), tree(PARAMS))


def radam_in_python(rate=0.1, b1=0.8, b2=0.999, eps=1e-8, threshold=5.0):
    """Rectified Adam with Python's powers."""

    def start(weights):
        state = {n: [[0.0, 0.0] for _ in w] for n, w in weights.items()}
        count = [0]

        def step(gradients):
            count[0] += 1
            most, power = 2 / (1 - b2) - 1, b2 ** count[0]
            length = most - 2 * count[0] * power / (1 - power)
            for name, values in weights.items():
                for i, gradient in enumerate(gradients[name]):
                    m, v = state[name][i]
                    state[name][i] = m, v = [b1 * m + (1 - b1) * gradient, b2 * v + (1 - b2) * gradient**2]
                    update = m / (1 - b1 ** count[0])
                    if length >= threshold:
                        top = (length - 4) * (length - 2) * most
                        update *= (top / ((most - 4) * (most - 2) * length)) ** 0.5
                        update /= (v / (1 - power)) ** 0.5 + eps
                    values[i] -= rate * update
            return weights

        return step

    return start


def test_powers_of_xla_are_measured_where_two_optimizers_are_held_against_each_other():
    # In one digit's place of 1 - b2**t, from which the length is subtracted: 4,096 units are not enough.
    optimizer = optax.radam(0.1, b1=0.8)
    found = samestep.same(optimizer, radam_in_python(), tree(PARAMS))
    assert found
    assert found.largest == found.excused > 4096
    assert "of which XLA's powers explain" in str(found)
    for other in ({"b2": 0.999 + 1e-8}, {"eps": 1.01e-8}, {"b1": 0.8 + 1e-6}, {"threshold": 6.0}):
        assert not samestep.same(optimizer, radam_in_python(**other), tree(PARAMS)), other
