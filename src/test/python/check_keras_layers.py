"""Holds the table of Keras' layer classes against the real Keras 3.

Each class of [3] and [all] in layers.txt that keras.layers has is built, with each of its flags on and off, and the paths of
its trainable variables are compared with what the table says of that configuration. Of classes without variables it is asked
that no code of theirs adds a weight. What keras.layers has and the table has not is listed; only KNOWN may be there.

Needs keras and one of its backends; keras 3.15.1 is what it was written with. To run it:

    python check_keras_layers.py LAYERS

LAYERS is src/main/resources/samestep/dialect/keras/layers.txt. Exits with 1 for a disagreement, else with 0.
"""

import inspect
import itertools
import pathlib
import sys

import keras

L = keras.layers
# Anything may be inside of these, or they train in another way.
KNOWN = {"InputSpec", "Layer", "FlaxLayer", "JaxLayer", "TFSMLayer", "TorchModuleWrapper", "STFTSpectrogram",
         "SpectralNormalization"}
# Their weights are counted, and not trained.
COUNTED = {"Normalization"}
IMAGE, SEQUENCE, VECTOR = (1, 8, 8, 2), (1, 6, 4), (1, 5)
SIZES = {1: (1, 8, 2), 2: IMAGE, 3: (1, 8, 8, 8, 2)}


def table(path):
    """By section and class, what the line says."""
    found, section = {}, ""
    for line in path.read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            names, _, said = line.partition(" : ")
            for name in names.split():
                found.setdefault(section, {})[name] = said.strip()
    return {**found["all"], **found["3"]}


def holds(condition, config):
    """Whether a condition of the table holds in a configuration."""
    if "|" in condition:
        return any(holds(part, config) for part in condition.split("|"))
    if "&" in condition:
        return all(holds(part, config) for part in condition.split("&"))
    if ":" in condition:
        name, text = condition.split(":")
        return config.get(name) == text
    if condition[0] == "+":
        return config.get(condition[1:]) not in (None, False)
    if condition[0] == "-":
        return config.get(condition[1:]) in (None, False)
    return config.get(condition) is not False


def expected(said, config):
    """The paths that the table says."""
    paths = []
    for variable in said.split():
        path, _, rest = variable.partition("=")
        _, _, condition = rest.partition("?")
        if not condition or holds(condition, config):
            paths.append(path)
    return paths


def arguments(name):
    """What the constructor needs, the flags to try, and the shapes of the inputs."""
    digits = [c for c in name if c.isdigit()]
    dimensions = int(digits[0]) if digits else 0
    bias = {"use_bias": (True, False)}
    norm = {"scale": (True, False), "center": (True, False)}
    if name.startswith("ConvLSTM"):
        shape = (1, 3) + SIZES[dimensions][1:]
        return {"filters": 2, "kernel_size": 2}, bias, [shape]
    if name.startswith("Depthwise"):
        return {"kernel_size": 2}, bias, [SIZES[dimensions]]
    if "Conv" in name:
        return {"filters": 2, "kernel_size": 2}, bias, [SIZES[dimensions]]
    return {
        "Dense": ({"units": 2}, bias, [VECTOR]),
        "Embedding": ({"input_dim": 3, "output_dim": 2}, {}, [VECTOR]),
        "ReversibleEmbedding": ({"input_dim": 3, "output_dim": 2}, {"tie_weights": (True, False)}, [VECTOR]),
        "EinsumDense": ({"equation": "ab,bc->ac", "output_shape": 4}, {"bias_axes": (None, "c")}, [VECTOR]),
        "MultiHeadAttention": ({"num_heads": 2, "key_dim": 2}, bias, [SEQUENCE, SEQUENCE]),
        "GroupQueryAttention": (
            {"head_dim": 2, "num_query_heads": 2, "num_key_value_heads": 1}, bias, [SEQUENCE, SEQUENCE]),
        "LayerNormalization": ({}, {**norm, "rms_scaling": (True, False)}, [VECTOR]),
        "BatchNormalization": ({}, norm, [VECTOR]),
        "GroupNormalization": ({"groups": 1}, norm, [VECTOR]),
        "RMSNormalization": ({}, {}, [VECTOR]),
        "PReLU": ({}, {}, [VECTOR]),
        "Attention": ({}, {"use_scale": (True, False), "score_mode": ("dot", "concat")}, None),
        "AdditiveAttention": ({}, {"use_scale": (True, False)}, None),
    }.get(name, ({"units": 2}, bias, [VECTOR if name.endswith("Cell") else SEQUENCE]))


def variables(name, given, shapes):
    """The paths below the layer's own, and its configuration."""
    layer = getattr(L, name)(name="own", **given)
    if name.endswith("Cell"):
        layer.build(shapes[0])
    elif shapes is None:
        layer([keras.ops.ones(SEQUENCE), keras.ops.ones(SEQUENCE)])
    else:
        kind = "int32" if "Embedding" in name else "float32"
        layer(*[keras.ops.ones(shape, dtype=kind) for shape in shapes])
    # What is built without being called has no path of its layer.
    return [v.path.removeprefix("own/") for v in layer.trainable_variables], layer.get_config()


def adds_weights(name):
    """Whether code of a class adds a weight."""
    for part in getattr(L, name).__mro__:
        if part is keras.Layer or name in COUNTED:
            return False
        if part.__module__.startswith("keras") and "add_weight(" in inspect.getsource(part):
            return True
    return False


def main():
    """Prints what is wrong; the number of it decides the exit code."""
    said = table(pathlib.Path(sys.argv[1]))
    failures = built = 0
    for name, line in sorted(said.items()):
        if not hasattr(L, name) or line == "wraps":
            continue
        if line == "none":
            if adds_weights(name):
                failures += 1
                print(f"{name} adds weights, and the table says that it has none")
            continue
        basis, flags, shapes = arguments(name)
        for choice in itertools.product(*flags.values()):
            given = {**basis, **dict(zip(flags, choice))}
            try:
                real, config = variables(name, given, shapes)
            except Exception as error:  # pylint: disable=broad-exception-caught
                failures += 1
                print(f"{name} {given}: {type(error).__name__}: {str(error)[:200]}")
                continue
            built += 1
            if real != expected(line, config):
                failures += 1
                print(f"{name} {given}: {real}, the table says {expected(line, config)}")
    unknown = {n for n in dir(L) if isinstance(getattr(L, n), type)} - set(said) - KNOWN
    for name in sorted(unknown):
        failures += 1
        print(f"{name} is not in the table")
    print(f"keras {keras.__version__}: {len(said)} classes, {built} layers built, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
