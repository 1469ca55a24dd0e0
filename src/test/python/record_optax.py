"""Records optax: python record_optax.py PROBLEMS.json FOLDER [NAME ...]. Each run is a chain as JSON, which the script makes the
objects of. With names, only the runs that are called so."""

import sys

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
import optax
import recordings

HEAD = {"framework": "optax", "framework_version": f"optax {optax.__version__} (jax {jax.__version__}, x64)", "dtype": "float64"}


def part(fn, **kwargs):
    return {"fn": fn, "kwargs": kwargs}


def schedule(name, **kwargs):
    return {"schedule": name, "kwargs": kwargs}


RATE = part("scale_by_learning_rate", learning_rate=0.01)
DECAY = part("add_decayed_weights", weight_decay=0.05)
TRACE = part("trace", decay=0.9)

# The name of a run, and its chain.
RUNS = {
    "adam-epsroot": [part("adam", learning_rate=0.01, b1=0.8, b2=0.95, eps=1e-3, eps_root=1e-4)],
    "adam-betas": [part("adam", learning_rate=0.01, b1=0.7, b2=0.9, eps=1e-2)],
    "nadam-epsroot": [part("nadam", learning_rate=0.01, b1=0.8, b2=0.95, eps=1e-3, eps_root=1e-4)],
    "amsgrad-epsroot": [part("amsgrad", learning_rate=0.01, b1=0.5, b2=0.8, eps=1e-3, eps_root=1e-4)],
    "adagrad-zero": [part("adagrad", learning_rate=0.01, initial_accumulator_value=0.0, eps=1e-3)],
    "radam": [part("radam", learning_rate=0.01)],
    "radam-numbers": [part("radam", learning_rate=0.01, b1=0.8, b2=0.9, eps=1e-3, threshold=4.0)],
    "novograd-numbers": [part("novograd", learning_rate=0.01, b1=0.8, b2=0.6, eps=1e-2, eps_root=1e-2, weight_decay=0.05)],
    "lion-betas": [part("lion", learning_rate=0.001, b1=0.7, b2=0.8, weight_decay=0.05)],
    "sign-sgd": [part("sign_sgd", learning_rate=0.001)],
    "signum": [part("ema", decay=0.8, debias=False), part("scale_by_sign"), RATE],
    "adadelta-numbers": [part("adadelta", learning_rate=0.5, rho=0.8, eps=1e-3)],
    "adamax-betas": [part("adamax", learning_rate=0.01, b1=0.7, b2=0.9, eps=1e-2)],
    "adabelief-decoupled": [part("scale_by_belief", eps=1e-4, eps_root=1e-4), DECAY, RATE],
    "lamb-numbers": [part("lamb", learning_rate=0.01, b1=0.8, b2=0.9, eps=1e-2, weight_decay=0.05)],
    "lamb-plain": [part("lamb", learning_rate=0.01)],
    "lars-all": [part("lars", learning_rate=0.5, weight_decay=0.05, trust_coefficient=0.1, eps=1e-2, momentum=0.8)],
    "lars-nesterov": [part("lars", learning_rate=0.5, trust_coefficient=0.1, nesterov=True)],
    "lars-schedule": [
        part(
            "lars",
            learning_rate=schedule("linear_schedule", init_value=0.5, end_value=0.1, transition_steps=10),
            trust_coefficient=0.1,
        )
    ],
    "trust-ratio": [part("scale_by_trust_ratio", trust_coefficient=0.1, eps=1e-2), RATE],
    "rate-in-trace": [
        DECAY,
        part(
            "scale_by_learning_rate",
            learning_rate=schedule("exponential_decay", init_value=0.05, transition_steps=5, decay_rate=0.5),
        ),
        TRACE,
    ],
    "rate-in-trace-nesterov": [RATE, part("trace", decay=0.8, nesterov=True)],
    "rms-trace-outside": [part("scale_by_rms", decay=0.8, eps=1e-3, initial_scale=0.5), TRACE, RATE],
    "rmsprop-numbers": [part("rmsprop", learning_rate=0.01, decay=0.8, eps=1e-3, initial_scale=0.5, momentum=0.7)],
    "rmsprop-centered-momentum": [part("rmsprop", learning_rate=0.01, decay=0.8, centered=True, momentum=0.7)],
    "rmsprop-centered-epsout": [
        part("rmsprop", learning_rate=0.01, decay=0.8, eps=1e-3, eps_in_sqrt=False, centered=True)
    ],
    "clip-global": [part("clip_by_global_norm", max_norm=0.3), DECAY, part("sgd", learning_rate=0.05, momentum=0.9)],
    "decay-then-clip": [DECAY, part("clip_by_global_norm", max_norm=0.3), part("sgd", learning_rate=0.05, momentum=0.9)],
    "clip-value": [part("clip", max_delta=0.05), part("adam", learning_rate=0.01)],
    "scale-then-clip": [part("scale", step_size=3.0), part("clip", max_delta=0.05), part("adam", learning_rate=0.01)],
    "masked-decay": [part("masked", inner=DECAY, mask="weights_only"), part("sgd", learning_rate=0.05, momentum=0.9)],
    "bigvision": [
        part("clip_by_global_norm", max_norm=1.0),
        part("scale_by_adam", b2=0.95),
        part("scale", step_size=0.01),
        part("add_decayed_weights", weight_decay=0.002, mask="weights_only"),
        part(
            "scale_by_schedule",
            step_size_fn=schedule("linear_schedule", init_value=1.0, end_value=0.1, transition_steps=15),
        ),
        part("scale", step_size=-1.0),
    ],
    "adam-decay-after-schedule": [
        part(
            "adam", learning_rate=schedule("linear_schedule", init_value=0.02, end_value=0.001, transition_steps=15)
        ),
        part("add_decayed_weights", weight_decay=-0.002),
    ],
    "two-scales": [part("trace", decay=0.9), DECAY, part("scale", step_size=0.1), part("scale", step_size=-0.5)],
    "staircase": [
        part(
            "sgd",
            learning_rate=schedule(
                "exponential_decay",
                init_value=0.1,
                transition_steps=4,
                decay_rate=0.5,
                transition_begin=2,
                staircase=True,
                end_value=0.02,
            ),
        )
    ],
    "exponential-end": [
        part(
            "sgd",
            learning_rate=schedule(
                "exponential_decay", init_value=0.1, transition_steps=4, decay_rate=0.5, transition_begin=3, end_value=0.03
            ),
        )
    ],
    "cosine": [
        part("sgd", learning_rate=schedule("cosine_decay_schedule", init_value=0.1, decay_steps=15, alpha=0.1))
    ],
    "cosine-exponent": [
        part("sgd", learning_rate=schedule("cosine_decay_schedule", init_value=0.1, decay_steps=15, exponent=2.0))
    ],
    "polynomial-begin": [
        part(
            "sgd",
            learning_rate=schedule(
                "polynomial_schedule", init_value=0.1, end_value=0.01, power=2.0, transition_steps=10, transition_begin=3
            ),
        )
    ],
    "piecewise": [
        part(
            "sgd",
            learning_rate=schedule(
                "piecewise_constant_schedule", init_value=0.1, boundaries_and_scales={"3": 0.5, "10": 0.1}
            ),
        )
    ],
    "warmup-exponential": [
        part(
            "sgd",
            learning_rate=schedule(
                "warmup_exponential_decay_schedule",
                init_value=0.0,
                peak_value=0.1,
                warmup_steps=5,
                transition_steps=4,
                decay_rate=0.5,
            ),
        )
    ],
    "warmup-constant": [
        part("sgd", learning_rate=schedule("warmup_constant_schedule", init_value=0.0, peak_value=0.1, warmup_steps=5))
    ],
    "sgdr": [
        part(
            "sgd",
            learning_rate=schedule(
                "sgdr_schedule",
                cosine_kwargs=[
                    {"init_value": 0.0, "peak_value": 0.1, "warmup_steps": 2, "decay_steps": 8, "end_value": 0.01},
                    {"init_value": 0.01, "peak_value": 0.05, "warmup_steps": 3, "decay_steps": 10, "end_value": 0.0},
                ],
            ),
        )
    ],
    "join": [
        part(
            "sgd",
            learning_rate=schedule(
                "join_schedules",
                schedules=[
                    schedule("linear_schedule", init_value=0.0, end_value=0.1, transition_steps=4),
                    schedule("constant_schedule", value=0.1),
                    schedule("cosine_decay_schedule", init_value=0.1, decay_steps=8),
                ],
                boundaries=[4, 9],
            ),
        )
    ],
}

RUNS.update(
    {
        "adafactor": [part("adafactor", learning_rate=0.05)],
        "adafactor-factored": [
            part("adafactor", learning_rate=0.05, min_dim_size_to_factor=2, decay_rate=0.6, clipping_threshold=0.5, eps=1e-4)
        ],
        "adafactor-plain": [
            part("adafactor", learning_rate=0.01, multiply_by_parameter_scale=False, clipping_threshold=None, eps=1e-4)
        ],
        "adafactor-decay": [
            part("adafactor", learning_rate=0.05, weight_decay_rate=0.01, factored=False, weight_decay_mask="weights_only")
        ],
        "adafactor-schedule": [
            part(
                "adafactor",
                learning_rate=schedule("cosine_decay_schedule", init_value=0.05, decay_steps=15, alpha=0.1),
                min_dim_size_to_factor=3,
            )
        ],
        "yogi": [part("yogi", learning_rate=0.01)],
        "yogi-numbers": [
            part("scale_by_yogi", b1=0.8, b2=0.9, eps=1e-2, eps_root=1e-3, initial_accumulator_value=0.01),
            DECAY,
            RATE,
        ],
        "adan": [part("adan", learning_rate=0.01)],
        "adan-numbers": [part("adan", learning_rate=0.01, b1=0.9, b2=0.7, b3=0.8, eps=1e-2, eps_root=1e-3, weight_decay=0.05)],
        "rprop": [part("rprop", learning_rate=0.01)],
        "rprop-numbers": [
            part("rprop", learning_rate=0.01, eta_minus=0.3, eta_plus=1.5, min_step_size=0.005, max_step_size=0.02)
        ],
        "sm3": [part("sm3", learning_rate=0.05)],
        "sm3-numbers": [part("scale_by_sm3", b1=0.5, b2=0.8, eps=1e-2), DECAY, RATE],
    }
)

# Chains of the first recordings whose schedules are rounded at other places there.
RUNS.update(
    {
        "adamw-decayschedule": [
            part(
                "adamw",
                learning_rate=0.01,
                weight_decay=schedule("linear_schedule", init_value=0.1, end_value=0.0, transition_steps=100),
            )
        ],
        "adamw-warmupcosine": [
            part(
                "adamw",
                learning_rate=schedule(
                    "warmup_cosine_decay_schedule",
                    init_value=0.0,
                    peak_value=0.01,
                    warmup_steps=10,
                    decay_steps=100,
                    end_value=0.0001,
                ),
                weight_decay=0.05,
            )
        ],
        "rmsprop-momentum-exp": [
            DECAY,
            part(
                "rmsprop",
                learning_rate=schedule("exponential_decay", init_value=0.01, transition_steps=10, decay_rate=0.8),
                momentum=0.9,
            ),
        ],
    }
)

# The same with several gradients for an update.
STEPS = {
    "multisteps": ({"every_k_schedule": 4}, [DECAY, part("adam", learning_rate=0.01)]),
    "multisteps-sum": ({"every_k_schedule": 2, "use_grad_mean": False}, [part("clip", max_delta=0.1), RATE]),
}


def made(value):
    """The object that JSON describes."""
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
        return getattr(optax, value["fn"])(**kwargs)
    return getattr(optax, value["schedule"])(**kwargs) if "schedule" in value else value


def record(problem, tx, folder, name, native):
    state = {"w": {k: jnp.asarray(v) for k, v in problem.init.items()}}
    state["opt"] = tx.init(state["w"])

    def loss(w, x, y):
        z = x @ w["W1"] + w["b1"]
        if problem.name == "linear":
            return ((z - y) ** 2).sum() / (2 * problem.size)
        z = jnp.tanh(z) @ w["W2"] + w["b2"]
        return optax.softmax_cross_entropy_with_integer_labels(z, y).mean()

    gradient = jax.jit(jax.grad(loss))

    def updated(w, opt, grads):
        updates, opt = tx.update(grads, opt, w)
        return optax.apply_updates(w, updates), opt

    # What is compiled as a whole may round a schedule in single precision at other places.
    update = updated if "schedule" in str(native) else jax.jit(updated)

    def step(x, y, _):
        state["w"], state["opt"] = update(state["w"], state["opt"], gradient(state["w"], jnp.asarray(x), jnp.asarray(y)))

    result = recordings.run(problem, lambda: {k: np.asarray(v) for k, v in state["w"].items()}, step)
    recordings.write(folder, "optax-" + name, {**HEAD, "problem": problem.name}, native, result)


def main(file, folder, *names):
    for name, chain in RUNS.items():
        if names and name not in names:
            continue
        record(recordings.Problem(file, "mlp"), optax.chain(*made(chain)), folder, name, {"chain": chain})
    for name, (arguments, chain) in STEPS.items():
        if names and name not in names:
            continue
        tx = optax.MultiSteps(optax.chain(*made(chain)), accumulator_dtype=jnp.float64, **arguments)
        native = {"chain": chain, "MultiSteps": {**arguments, "accumulator_dtype": "float64"}}
        record(recordings.Problem(file, "mlp"), tx, folder, name, native)


main(*sys.argv[1:])
