"""Transformations of one's own, written by hand: their equations are found from what they answer, or the refusal says why not."""

from __future__ import annotations

import os

import pytest
from replaying import follows_the_schema

os.environ.setdefault("JAX_PLATFORMS", "cpu")
jax = pytest.importorskip("jax")
optax = pytest.importorskip("optax")

import samestep

jnp = jax.numpy
each = jax.tree.map
PARAMS = {
    "dense": {"kernel": jnp.zeros((4, 3)), "bias": jnp.zeros(3)},
    "norm": {"scale": jnp.zeros(3), "bias": jnp.zeros(3)},
}


def zeros(params):
    return each(jnp.zeros_like, params)


def of(update, init=zeros):
    """A transformation of two functions."""
    return optax.GradientTransformation(init, update)


def sgd(rate=0.1, momentum=0.9, nesterov=False, coupled=0.0, decoupled=0.0):
    def update(gradients, state, params):
        gradients = each(lambda g, w: g + coupled * w, gradients, params)
        state = each(lambda m, g: momentum * m + g, state, gradients)
        steps = each(lambda m, g: g + momentum * m, state, gradients) if nesterov else state
        return each(lambda u, w: -rate * (u + decoupled * w), steps, params), state

    return of(update)


def adam(rate=0.001, b1=0.9, b2=0.999, eps=1e-8, root=0.0, coupled=0.0, decoupled=0.0, decays=lambda w: True, late=0.0):
    def init(params):
        return jnp.zeros([], jnp.int32), zeros(params), zeros(params)

    def update(gradients, state, params):
        count, mean, squares = state
        count = count + 1
        gradients = each(lambda g, w: g + coupled * w, gradients, params)
        mean = each(lambda m, g: b1 * m + (1 - b1) * g, mean, gradients)
        squares = each(lambda v, g: b2 * v + (1 - b2) * g * g, squares, gradients)

        def step(m, v, w):
            root_of = jnp.sqrt(v / (1 - b2**count) + root + late * (v + eps**2))
            return -rate * (m / (1 - b1**count) / (root_of + eps) + (decoupled * w if decays(w) else 0))

        return each(step, mean, squares, params), (count, mean, squares)

    return of(update, init)


def rmsprop(rate=0.01, decay=0.9, eps=1e-8, inside=True, momentum=0.0):
    def update(gradients, state, params):
        squares = each(lambda v, g: decay * v + (1 - decay) * g * g, state[0], gradients)
        steps = each(lambda v, g: g / jnp.sqrt(v + eps) if inside else g / (jnp.sqrt(v) + eps), squares, gradients)
        trace = each(lambda t, u: momentum * t + u, state[1], steps)
        return each(lambda t: -rate * t, trace), (squares, trace)

    return of(update, lambda p: (zeros(p), zeros(p)))


def lion(rate=1e-3, b1=0.9, b2=0.99, decay=0.1):
    def update(gradients, state, params):
        steps = each(lambda g, m, w: -rate * (jnp.sign((1 - b1) * g + b1 * m) + decay * w), gradients, state, params)
        return steps, each(lambda m, g: b2 * m + (1 - b2) * g, state, gradients)

    return of(update)


def adagrad(rate=0.1, first=0.1, eps=1e-7):
    def update(gradients, state, params):
        state = each(lambda s, g: s + g * g, state, gradients)
        return each(lambda s, g: -rate * g / jnp.sqrt(s + eps), state, gradients), state

    return of(update, lambda p: each(lambda x: jnp.full_like(x, first), p))


def scale(size):
    return ("scale", {"step_size": size})


def trace(decay, nesterov=False):
    return ("trace", {"decay": decay, "nesterov": nesterov})


def moments(b1=0.9, b2=0.999, eps=1e-8, root=0.0):
    return ("scale_by_adam", {"b1": b1, "b2": b2, "eps": eps, "eps_root": root})


def decay(size):
    return ("add_decayed_weights", {"weight_decay": size})


def rms(number, eps, inside):
    return ("scale_by_rms", {"decay": number, "eps": eps, "eps_in_sqrt": inside})


@pytest.mark.parametrize(
    ("own", "calls"),
    [
        (sgd(momentum=0.0), [scale(-0.1)]),
        (sgd(rate=1 / 3), [trace(0.9), scale(-1 / 3)]),
        (sgd(momentum=0.95, nesterov=True), [trace(0.95, True), scale(-0.1)]),
        (sgd(coupled=5e-4), [decay(5e-4), trace(0.9), scale(-0.1)]),
        (sgd(decoupled=0.01), [trace(0.9), decay(0.01), scale(-0.1)]),
        (adam(), [moments(), scale(-0.001)]),
        (adam(b1=0.0, b2=0.95, eps=1e-3), [moments(0.0, 0.95, 1e-3), scale(-0.001)]),
        (adam(eps=0.0, root=1e-10), [moments(eps=0.0, root=1e-10), scale(-0.001)]),
        (adam(decoupled=0.01), [moments(), decay(0.01), scale(-0.001)]),
        (adam(coupled=0.01), [decay(0.01), moments(), scale(-0.001)]),
        (rmsprop(), [rms(0.9, 1e-8, True), scale(-0.01)]),
        (rmsprop(eps=1e-5, inside=False), [rms(0.9, 1e-5, False), scale(-0.01)]),
        (rmsprop(momentum=0.9), [rms(0.9, 1e-8, True), trace(0.9), scale(-0.01)]),
        (lion(), [("scale_by_lion", {"b1": 0.9, "b2": 0.99}), decay(0.1), scale(-0.001)]),
        (adagrad(), [("scale_by_rss", {"initial_accumulator_value": 0.1000001, "eps": 0.0}), scale(-0.1)]),
    ],
)
def test_equations_written_by_hand_are_found_and_confirmed(own, calls):
    found = samestep.describe(own, PARAMS)
    assert [(c["fn"], c["kwargs"]) for c in found.data["chain"]] == calls
    (part,) = found.data["solved"]
    assert part["precision"] == "double"
    assert found.data["updates"] == 1000
    assert [n.kind for n in found.notes] == ["equations-from-answers"]
    assert "samestep" not in part["function"]
    samestep.explain(found)


def test_a_part_of_a_chain_and_a_decay_of_kernels_are_found():
    own = adam(rate=-1.0, decoupled=0.1, decays=lambda w: w.ndim > 1)
    found = samestep.describe(optax.chain(optax.clip_by_global_norm(1.0), own, optax.scale(-0.1)), PARAMS)
    assert [c["fn"] for c in found.data["chain"]] == [
        "clip_by_global_norm",
        "scale_by_adam",
        "masked",
        "scale",
        "scale",
    ]
    mask = found.data["chain"][2]["kwargs"]["mask"]["parameters"]["*"]
    assert mask == {"kernel": True, "bias": False, "gamma": False, "beta": False}
    several = samestep.describe(optax.MultiSteps(sgd(), 2), PARAMS)
    assert several.data["MultiSteps"] == {"every_k_schedule": 2, "use_grad_mean": True}


def test_what_is_in_single_precision_is_said():
    found = samestep.describe(sgd(rate=jnp.float32(0.1), momentum=jnp.float32(0.9)), PARAMS)
    assert found.data["solved"][0]["precision"] == "single"
    follows_the_schema([found.json()])


def test_a_number_of_single_precision_is_said_with_the_decimal_that_was_meant():
    single = float(jnp.float32(0.9))
    found = samestep.describe(adam(b1=single), PARAMS)
    assert found.data["chain"][0]["kwargs"]["b1"] == single
    (note,) = [n for n in found.notes if n.kind == "numbers-of-single-precision"]
    assert note.message == "b1 is 0.8999999761581421, which is 0.9 in single precision"


def with_noise():
    def update(gradients, state, params):
        key, part = jax.random.split(state)
        noise = each(lambda g: 0.01 * jax.random.normal(part, g.shape), gradients)
        return each(lambda g, n: -0.1 * (jnp.sign(g) + n), gradients, noise), key

    return of(update, lambda p: jax.random.key(0))


def clipped(norm=1.0):
    def update(gradients, state, params):
        size = jnp.sqrt(sum(jnp.sum(g * g) for g in jax.tree.leaves(gradients)))
        return each(lambda g: -0.1 * g * jnp.minimum(1.0, norm / (size + 1e-30)), gradients), state

    return of(update)


def at_a_rate(rate):
    def update(gradients, state, params):
        return each(lambda g: -rate(state) * g, gradients), state + 1

    return of(update, lambda p: jnp.zeros([], jnp.int32))


def cubed():
    return of(lambda gradients, state, params: (each(lambda g: -0.1 * g**3, gradients), state))


def by_count():
    """Its rate is that of a count in floating point, which no look at a late count finds: only the 1,000 updates do."""

    def update(gradients, state, params):
        return each(lambda g: jnp.where(state < 700, -0.1, -0.05) * g, gradients), state + 1.0

    return of(update, lambda p: jnp.zeros([]))


@pytest.mark.parametrize(
    ("own", "reason"),
    [
        (with_noise(), "and from its answers"),
        (clipped(), "an epsilon is neither beside the root nor in it"),
        (cubed(), "neither proportional to the gradient nor without its size"),
        (
            at_a_rate(lambda n: 0.1 / (1 + 0.01 * n)),
            r"its rate changes: -0\.1 at the first update, -0\.0961538 at the fifth",
        ),
        (at_a_rate(lambda n: jnp.where(n < 20_000, 0.1, 0.05)), r"-0\.05 where it has counted 30000"),
        (by_count(), r"not explained by what its closures have.*update 701 "),
        (adam(late=1e-4), "and from its answers"),
        (adam(b2=jnp.float32(0.999)), r"1 - b2\*\*count is computed in single precision: .*float\(b2\)"),
    ],
)
def test_what_is_not_explained_is_refused_with_what_was_seen(own, reason):
    with pytest.raises(ValueError, match=reason):
        samestep.describe(own, PARAMS)


def test_a_number_that_is_off_is_not_confirmed():
    """The solver alone: what it gives of another transformation is not what this one does."""
    found = samestep.describe(adam(), PARAMS)
    for other in (adam(b1=0.9 + 1e-9), adam(eps=1.0001e-8), adam(decoupled=1e-6), adam(rate=0.001 + 1e-12)):
        assert not samestep.verify(other, found, PARAMS)
