"""Holds what Samestep reads in programs of TensorFlow 1 against the real TensorFlow. Optional.

Needs tensorflow 2 (for tf.compat.v1), tf_slim and tf_keras 2.16 (for tf.layers, which Keras 3 has not). tf.contrib.slim,
tf.contrib.layers and tf.contrib.framework are tf_slim; tf.contrib.opt does not exist any more, so decoupled.py is left out.

Runs each fixtures/programs/tensorflow/*.py with data losses that are zero, so that the gradient of the loss is that of the
penalties, and compares it for every variable, what is done to the gradients, and the learning rate at the updates of the
table with what the .expected file beside it says.

    python src/test/python/check_programs_with_tensorflow.py
"""

import importlib
import os
import pathlib
import re
import sys
import types

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")
import numpy as np  # noqa: E402
import tensorflow  # noqa: E402
import tf_keras.src.legacy_tf_layers as legacy_layers  # noqa: E402
import tf_slim  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[3]
FIXTURES = ROOT / "fixtures/programs/tensorflow"
LEFT_OUT = {"decoupled", "scope_alone", "unknown"}

from tensorflow.python.framework import ops  # noqa: E402

tf = tensorflow.compat.v1
tf.disable_v2_behavior()
# tf_slim asks for them where they were.
ops.Tensor, ops.IndexedSlices = tensorflow.Tensor, tensorflow.IndexedSlices
sys.modules["tf_keras.legacy_tf_layers"] = legacy_layers
for part in ("base", "core", "convolutional", "normalization", "pooling"):
    sys.modules["tf_keras.legacy_tf_layers." + part] = importlib.import_module(
        "tf_keras.src.legacy_tf_layers." + part)


def contrib():
    """tensorflow as TensorFlow 1 was, with what is left of tf.contrib."""
    old = types.ModuleType("tensorflow")
    for name in dir(tf):
        setattr(old, name, getattr(tf, name))
    old.contrib = types.ModuleType("tensorflow.contrib")
    old.contrib.slim = tf_slim
    old.contrib.layers = tf_slim.layers
    for name in ("arg_scope", "stack", "fully_connected", "l2_regularizer", "optimize_loss"):
        setattr(old.contrib.layers, name, getattr(tf_slim, name, None) or getattr(tf_slim.layers, name))
    old.contrib.framework = types.ModuleType("tensorflow.contrib.framework")
    old.contrib.framework.arg_scope = tf_slim.arg_scope
    old.compat = types.ModuleType("tensorflow.compat")
    old.compat.v1 = old
    modules = {
        "tensorflow": old,
        "tensorflow.contrib": old.contrib,
        "tensorflow.contrib.slim": tf_slim,
        "tensorflow.contrib.layers": old.contrib.layers,
        "tensorflow.contrib.framework": old.contrib.framework,
        "tensorflow.compat": old.compat,
        "tensorflow.compat.v1": old,
    }
    return old, modules


class Seen:
    """What a program does."""

    def __init__(self):
        self.losses, self.applied, self.rates = [], [], []


def zero(*args, **kwargs):
    logits = kwargs["logits"] if "logits" in kwargs else args[-1]
    loss = tf.reduce_sum(logits) * 0.0
    tf.add_to_collection(tf.GraphKeys.LOSSES, loss)
    return loss


def run(path):
    seen = Seen()
    old, modules = contrib()
    optimizer = tf.train.Optimizer
    gradients, compute, apply = tf.gradients, optimizer.compute_gradients, optimizer.apply_gradients

    def zero_of_each(labels=None, logits=None, **kwargs):
        return tf.reduce_sum(logits, axis=1) * 0.0

    def own_gradients(ys, xs, *args, **kwargs):
        seen.losses.append(ys)
        return gradients(ys, xs, *args, **kwargs)

    def own_compute(self, loss, *args, **kwargs):
        seen.losses.append(loss)
        return compute(self, loss, *args, **kwargs)

    def own_apply(self, pairs, *args, **kwargs):
        pairs = list(pairs)
        rate = getattr(self, "_learning_rate", None)
        seen.applied.append((rate if rate is not None else self._lr, pairs))
        return apply(self, pairs, *args, **kwargs)

    old.gradients = own_gradients
    old.losses = types.SimpleNamespace(**{n: getattr(tf.losses, n) for n in dir(tf.losses) if not n.startswith("_")})
    old.losses.sparse_softmax_cross_entropy = zero
    old.nn = types.SimpleNamespace(**{n: getattr(tf.nn, n) for n in dir(tf.nn) if not n.startswith("_")})
    old.nn.sparse_softmax_cross_entropy_with_logits = zero_of_each
    old.app = types.SimpleNamespace(flags=tf.app.flags, run=lambda main=None: sys.modules["__main__"].main([]))
    estimator(old, seen)
    before = {name: sys.modules.get(name) for name in modules}
    optimizer.compute_gradients, optimizer.apply_gradients = own_compute, own_apply
    train = tf_slim.learning.train
    tf_slim.learning.train = lambda *args, **kwargs: None
    sys.modules.update(modules)
    sys.argv = [str(path)]
    flags = set(tf.flags.FLAGS)
    tf.flags.FLAGS.unparse_flags()
    tf.flags.FLAGS([sys.argv[0]])
    try:
        with tf.Graph().as_default() as graph:
            source = path.read_text().replace("tf.app.run()", "main([])")
            exec(compile(source, str(path), "exec"), {"__name__": "__main__"})
            yield graph, seen
    finally:
        for flag in set(tf.flags.FLAGS) - flags:
            delattr(tf.flags.FLAGS, flag)
        for name, module in before.items():
            if module is not None:
                sys.modules[name] = module
            else:
                sys.modules.pop(name, None)
        optimizer.compute_gradients, optimizer.apply_gradients = compute, apply
        tf_slim.learning.train = train


def estimator(old, seen):
    """An Estimator that calls its model_fn once, to train."""

    class Estimator:
        def __init__(self, model_fn, params):
            features = {"x": tf.placeholder(tf.float32, [None, 16])}
            tf.train.create_global_step()
            model_fn(features, tf.placeholder(tf.int64, [None]), "train", params)

        def train(self, **kwargs):
            pass

    old.estimator = types.SimpleNamespace(
        Estimator=Estimator,
        EstimatorSpec=lambda *args, **kwargs: None,
        ModeKeys=types.SimpleNamespace(TRAIN="train", EVAL="eval", PREDICT="infer"),
    )


ROLES = {
    "kernel": ("kernel", "weights", "pointwise_kernel", "pointwise_weights"),
    "bias": ("bias", "biases"),
    "gamma": ("gamma",),
    "beta": ("beta",),
    "parameter": ("",),
}


def expected(path):
    """The rows of explain's table of parameters, and of the learning rate."""
    lines = path.with_suffix(".expected").read_text().splitlines()
    at = lines.index("Parameters")
    header = lines[at + 1]
    first, decay, said = (header.index(word) for word in ("first rate", "decay", "said at"))
    rows = {}
    for line in lines[at + 2:]:
        if not line.strip():
            break
        rows[line[:first].strip()] = (line[first:decay].strip(), line[decay:said].strip())
    rates = {}
    start = next(i for i, line in enumerate(lines) if line.startswith("Learning rate:"))
    for line in lines[start + 2:]:
        if not line.strip():
            break
        step, rate = line.split()[:2]
        rates[int(step)] = float(rate)
    return rows, rates, "\n".join(lines)


def variable(graph, name):
    layer, role = name.rsplit(" ", 1)
    found = [v for v in tf.trainable_variables() + tf.global_variables()
             if any(v.op.name == (layer + "/" + end if end else layer) for end in ROLES[role])]
    if not found:
        raise AssertionError("no variable " + name)
    return found[0]


def coefficients(text):
    """The L1 and L2 coefficients of a row."""
    l1 = re.search(r"g \+ (\S+) \* sign\(w\)", text)
    l2 = re.findall(r"g \+ (\S+) \* w", text)
    return float(l1.group(1)) if l1 else 0.0, sum(float(x) for x in l2)


def check(path):
    rows, rates, text = expected(path)
    count = 0
    for graph, seen in run(path):
        loss = seen.losses[0]
        trained = {v.op.name for _, pairs in seen.applied for g, v in pairs if g is not None}
        values = {}
        names = {}
        for name in rows:
            v = variable(graph, name)
            names[name] = v
            values[name] = tf.gradients(loss, v)[0]
        others = {v.op.name for v in tf.trainable_variables()} - {v.op.name for v in names.values()}
        assert not others, (path.name, "not in the table", others)
        random = np.random.RandomState(3)
        with tf.Session() as session:
            session.run(tf.global_variables_initializer())
            for v in tf.trainable_variables():
                v.load(random.uniform(0.5, 1.5, v.shape.as_list()) * random.choice([-1, 1], v.shape.as_list()), session)
            feed = {p: np.zeros([1 if d is None else d for d in p.shape.as_list()])
                    for p in placeholders(graph) if p.shape.rank is not None}
            for name, (rate, decay) in rows.items():
                v = names[name]
                if rate == "frozen":
                    assert v.op.name not in trained, (path.name, name, "is trained")
                    continue
                assert v.op.name in trained, (path.name, name, "is not trained")
                l1, l2 = coefficients(decay)
                w = session.run(v)
                gradient = values[name]
                real = session.run(gradient, feed) if gradient is not None else np.zeros_like(w)
                np.testing.assert_allclose(real, l1 * np.sign(w) + l2 * w, rtol=1e-5, atol=1e-9, err_msg=name)
                count += 1
            count += check_rates(path, seen, rates, rows, names, session)
            count += check_clips(path, seen, text, rows, names, values, session, feed)
    print(f"{path.name}: {count} numbers are as TensorFlow has them")
    return count


def placeholders(graph):
    return [op.outputs[0] for op in graph.get_operations() if op.type == "Placeholder"]


def check_rates(path, seen, rates, rows, names, session):
    """The rate of every optimizer at the steps of the table, times the multiplier of its variables."""
    count = 0
    step = tf.train.get_global_step()
    for rate, pairs in seen.applied:
        own = {v.op.name for _, v in pairs}
        name = next(n for n, v in names.items() if v.op.name in own)
        factor = re.search(r"\(x(\S+)\)", rows[name][0])
        factor = float(factor.group(1)) if factor else 1.0
        for at, expected_rate in rates.items():
            if step is not None:
                session.run(tf.assign(step, at))
            value = rate() if callable(rate) else rate
            real = session.run(value) if tf.is_tensor(value) else value
            np.testing.assert_allclose(real, factor * expected_rate, rtol=2e-4, atol=1e-30,
                                       err_msg=f"{path.name} rate at {at}")
            count += 1
    if step is not None:
        session.run(tf.assign(step, 0))
    return count


def check_clips(path, seen, text, rows, names, values, session, feed):
    """What is applied is the penalty's gradient after what the text says is done to it."""
    scale = re.search(r"g = g \* 2 ", text)
    kind = re.search(r"where\(norm\(g, (tensor|all)\) > (\S+),|g = clip\(g, -(\S+), ", text)
    count = 0
    trained = [n for n in rows if rows[n][0] != "frozen"]
    raw = {n: session.run(values[n], feed) if values[n] is not None else 0.0 * session.run(names[n]) for n in trained}
    for _, pairs in seen.applied:
        for applied, v in pairs:
            if applied is None:
                continue
            name = next(n for n in trained if names[n].op.name == v.op.name)
            g = raw[name] * (2 if scale and name.endswith("bias") else 1)
            if kind and kind.group(1):
                norm = np.sqrt(sum((r ** 2).sum() for r in (raw.values() if kind.group(1) == "all" else [g])))
                g = g * min(1.0, float(kind.group(2)) / norm) if norm else g
            elif kind:
                g = np.clip(g, -float(kind.group(3)), float(kind.group(3)))
            np.testing.assert_allclose(session.run(applied, feed), g, rtol=1e-4, atol=1e-9, err_msg=path.name + name)
            count += 1
    return count


def is_read(path):
    """A program whose numbers are not known is refused: there is nothing to compare."""
    return "Parameters" in path.with_suffix(".expected").read_text().splitlines()


def main():
    files = [path for path in sorted(FIXTURES.glob("*.py")) if path.stem not in LEFT_OUT and is_read(path)]
    total = sum(check(path) for path in files)
    print(total, "numbers are as TensorFlow has them")


if __name__ == "__main__":
    main()
