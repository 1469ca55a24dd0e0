"""Holds settings.txt, and what is said of initializers and running statistics, against the real Keras 3.

Run by hand: python src/test/python/check_keras_settings.py. It ends with 1 if anything differs.
"""

import inspect
import math
import pathlib
import sys

import keras
import numpy as np

TABLE = pathlib.Path(__file__).parents[3] / "src/main/resources/samestep/dialect/keras/settings.txt"
failures = []


def check(what, holds):
    print("ok  " if holds else "FAIL", what)
    if not holds:
        failures.append(what)


def defaults():
    section = ""
    for line in TABLE.read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif section == "all" and " : " in line and not line.startswith("#"):
            names, arguments = line.split(" : ")
            for name in names.split():
                known = getattr(keras.layers, name, None)
                if known is None:
                    continue
                signature = inspect.signature(known.__init__).parameters
                for _, argument, value in (a.split() for a in arguments.split(", ")):
                    if argument not in signature:
                        check(f"{name}.{argument} is an argument", False)
                        continue
                    default = signature[argument].default
                    silent = default is inspect.Parameter.empty
                    check(f"{name}.{argument} {value}", silent if value == "-" else not silent and float(value) == default)


def statistics():
    """After ten batches the mean is what the kept share says, from a start of 0."""
    for kept in (0.99, 0.9, 0.999):
        layer = keras.layers.BatchNormalization(momentum=kept, epsilon=1e-3)
        generator = np.random.default_rng(0)
        layer.build((None, 4))
        expected = np.zeros(4)
        for _ in range(10):
            batch = generator.normal(3, 2, (32, 4)).astype("float32")
            layer(batch, training=True)
            expected = kept * expected + (1 - kept) * batch.astype("float64").mean(0)
        moved = np.abs(keras.ops.convert_to_numpy(layer.moving_mean) - expected).max()
        check(f"running mean, share kept {kept}: off by {moved:.1e}", moved < 1e-6)


def moments():
    """The first two moments of initializers over 100 seeds, of a kernel with fan in 90 and fan out 180."""
    shape = (3, 3, 10, 20)
    fan_in, fan_out = 90, 180
    average = (fan_in + fan_out) / 2
    initializers = keras.initializers
    # The deviation that is left of a Gaussian cut at two deviations.
    left = math.sqrt(1 - 4 * math.exp(-2) / math.sqrt(2 * math.pi) / math.erf(math.sqrt(2)))
    cases = {
        "GlorotUniform": (initializers.GlorotUniform, math.sqrt(1 / average)),
        "HeNormal": (initializers.HeNormal, math.sqrt(2 / fan_in)),
        "LecunUniform": (initializers.LecunUniform, math.sqrt(1 / fan_in)),
        "VarianceScaling fan_out untruncated": (
            lambda seed: initializers.VarianceScaling(1.5, "fan_out", "untruncated_normal", seed=seed),
            math.sqrt(1.5 / fan_out),
        ),
        "TruncatedNormal": (initializers.TruncatedNormal, 0.05 * left),
        "RandomUniform": (initializers.RandomUniform, 0.1 / math.sqrt(12)),
        "RandomNormal": (initializers.RandomNormal, 0.05),
    }
    for name, (make, deviation) in cases.items():
        values = np.concatenate([keras.ops.convert_to_numpy(make(seed=s)(shape)).ravel() for s in range(100)])
        values = values.astype("float64")
        # Standard errors of mean and deviation; four of them are passed by chance once in 16,000.
        error = 4 / math.sqrt(values.size)
        check(
            f"{name}: mean {values.mean():.2e}, deviation {values.std():.6f}, expected {deviation:.6f}",
            abs(values.mean()) < error * deviation and abs(values.std() / deviation - 1) < error,
        )


def depthwise():
    """The fan of a depthwise kernel counts all channels as inputs."""
    layer = keras.layers.DepthwiseConv2D(3, depthwise_initializer="glorot_uniform")
    layer.build((None, 8, 8, 64))
    kernel = keras.ops.convert_to_numpy(layer.kernel)
    limit = math.sqrt(3 / ((9 * 64 + 9) / 2))
    check(f"DepthwiseConv2D: largest {np.abs(kernel).max():.4f} of {limit:.4f}", 0.98 * limit < np.abs(kernel).max() <= limit)


defaults()
statistics()
moments()
depthwise()
print(f"{len(failures)} differ")
sys.exit(1 if failures else 0)
