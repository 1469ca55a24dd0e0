"""Holds what Samestep writes for TensorFlow 1 against the real one (tf.compat.v1 of TensorFlow 2.15, tf_slim).

For each recording of Caffe and of Keras 3 (the configuration as text) and each API this

- runs `translate ... --to tensorflow --as python --api API`,
- executes the Python text, builds the recording's problem of that API's layers with what the text has for them, and trains
  100 steps in float64 with its total_loss and train_op,
- trains the source with Samestep's own trainer (`translate train`), and compares the weights.

What the tool calls the same training (exit code 0) must agree within --tolerance: TensorFlow makes float32 of the text's
numbers, and computes some schedules in float32, where the source does not. The rest is shown, not judged. One program also
runs in a real Estimator, whose regularizer must be seen to act.

Needs, from PyPI, tensorflow-cpu==2.15.1, tf-slim==1.1.0 and tensorflow-estimator==2.15.0 (Python 3.9 to 3.11). To run it:

    python check_with_tensorflow1.py TRANSLATE RECORDINGS... --problems PROBLEMS

TRANSLATE is the launcher, RECORDINGS are folders of recordings, PROBLEMS is the file with the data and the initial weights.
Exits with 1 for a disagreement or a text that does not run, else with 0.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import warnings

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

warnings.filterwarnings("ignore")

import numpy as np
import tensorflow as tf
import tf_slim as slim

tf1 = tf.compat.v1
tf1.disable_v2_behavior()
tf1.logging.set_verbosity(tf1.logging.ERROR)
tf.keras.backend.set_floatx("float64")

BATCH = 8
STEPS = 100
APIS = ["tf1-estimator", "slim", "tf.keras"]
LAYERS = {"linear": [("ip1", "W1", "b1")], "mlp": [("ip1", "W1", "b1"), ("ip2", "W2", "b2")]}


def run(*arguments):
    """Exit code, standard output and standard error of the tool."""
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def source(recording, folder):
    """The recording's configuration as files, and the options that name them."""
    native = recording["native"]
    if "solver_prototxt" in native:
        for part in ("solver", "net"):
            (folder / f"{part}.prototxt").write_text(native[f"{part}_prototxt"])
        return [folder / "solver.prototxt", "--net", folder / "net.prototxt"]
    (folder / "native.json").write_text(json.dumps(native))
    return [folder / "native.json"]


def network(api, layers, problem, name, x):
    """The problem's last outputs, and the model where the API has one."""
    model = tf.keras.Sequential() if api == "tf.keras" else None
    names = LAYERS[name]
    for layer, kernel, bias in names:
        w = np.array(problem["init"][kernel], "float64")
        b = np.array(problem["init"][bias], "float64")
        given = layers.get(layer, layers.get("*", {}))
        tanh = None if layer == names[-1][0] else tf.tanh
        if api == "slim":
            x = slim.fully_connected(x, w.shape[1], activation_fn=tanh, scope=layer,
                                     weights_initializer=tf1.constant_initializer(w),
                                     biases_initializer=tf1.constant_initializer(b), **given)
        elif api == "tf.keras":
            model.add(tf.keras.layers.Dense(w.shape[1], activation=tanh, name=layer,
                                            kernel_initializer=tf1.constant_initializer(w),
                                            bias_initializer=tf1.constant_initializer(b), **given))
        else:
            x = tf1.layers.dense(x, w.shape[1], activation=tanh, name=layer, kernel_initializer=tf1.constant_initializer(w),
                                 bias_initializer=tf1.constant_initializer(b), **given)
    return (model(x) if model else x), model


def shaped(problem, name):
    """The problem with its weights in their shapes."""
    shapes = {"W1": (8, 3) if name == "linear" else (8, 6), "W2": (6, 4)}
    init = {k: np.array(v, "float64").reshape(shapes.get(k, -1)) for k, v in problem["init"].items()}
    return {**problem, "init": init}


def train(text, api, problem, name):
    """The weights after each step that is recorded."""
    x = np.array(problem["x"], "float64").reshape(32, 8)
    y = np.array(problem["labels"]) if name == "mlp" else np.array(problem["target"], "float64").reshape(32, 3)
    with tf1.Graph().as_default(), tf1.Session() as session:
        program = {}
        exec(text, program)
        xs = tf1.placeholder(tf.float64, [None, 8])
        ys = tf1.placeholder(tf.int64, [None]) if name == "mlp" else tf1.placeholder(tf.float64, [None, 3])
        z, model = network(api, program["layers"], problem, name, xs)
        if name == "mlp":
            data = tf1.losses.sparse_softmax_cross_entropy(labels=ys, logits=z)
        else:
            data = 0.5 * tf.reduce_sum(tf1.squared_difference(z, ys)) / BATCH
            tf1.losses.add_loss(data)
        total = program["total_loss"]
        loss = total() if api == "slim" else total(data, model) if api == "tf.keras" else total(data)
        step = program["train_op"](loss)
        variables = {}
        for layer, kernel, bias in LAYERS[name]:
            own = [v for v in tf1.trainable_variables() if f"/{v.op.name}".split("/")[-2] == layer]
            variables[kernel] = next(v for v in own if v.shape.rank == 2)
            variables[bias] = next(v for v in own if v.shape.rank == 1)
        session.run(tf1.global_variables_initializer())
        weights = {}
        for t in range(STEPS):
            rows = slice(BATCH * (t % 4), BATCH * (t % 4) + BATCH)
            session.run(step, {xs: x[rows], ys: y[rows]})
            if t + 1 in (1, 2, 3, 5, 10, 20, 50, 100):
                weights[t + 1] = session.run(variables)
        return weights


def distance(weights, snapshots):
    worst = 0.0
    for snapshot in snapshots:
        for name, values in weights[snapshot["step"]].items():
            worst = max(worst, float(np.abs(values.ravel() - np.array(snapshot[name]).ravel()).max()))
    return worst


def in_an_estimator(launcher, folder, problem):
    """A program with model_fn in a real Estimator: how much its decay changes the weights."""
    ends = []
    for decay in (0.05, 0.0):
        (folder / "solver.prototxt").write_text(
            f'net: "net.prototxt"\ntype: "SGD"\nbase_lr: 0.05\nlr_policy: "fixed"\nweight_decay: {decay}\nmax_iter: 100\n')
        (folder / "net.prototxt").write_text("".join(
            f'layer {{ name: "{layer}" type: "InnerProduct" inner_product_param {{ num_output: {n} }} }}\n'
            for layer, n in (("ip1", 6), ("ip2", 4))))
        _, text, _ = run(launcher, folder / "solver.prototxt", "--to", "tensorflow", "--as", "python")
        program = {}
        exec(text, program)
        program["network"] = lambda features, layers: network("tf1-estimator", layers, problem, "mlp", features["x"])[0]
        x, y = np.array(problem["x"]).reshape(32, 8), np.array(problem["labels"])
        with tempfile.TemporaryDirectory() as model_dir:
            estimator = tf1.estimator.Estimator(program["model_fn"], model_dir=model_dir)
            estimator.train(lambda: tf1.data.Dataset.from_tensor_slices(({"x": x}, y)).repeat().batch(BATCH), steps=STEPS)
            ends.append(estimator.get_variable_value("ip1/kernel"))
            # The graph that it wrote is read again: what it is called there must be what was written.
            _, explained, said = run(launcher, "explain", model_dir)
            found = "declared and never added" in explained + said
            if found or (decay and "g = g + 0.05 * w" not in explained):
                raise AssertionError(f"the Estimator's graph is read otherwise:\n{explained}{said}")
    return float(np.abs(ends[0] - ends[1]).max())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("launcher")
    parser.add_argument("recordings", nargs="+")
    parser.add_argument("--problems", required=True)
    parser.add_argument("--tolerance", type=float, default=5e-6)
    parser.add_argument("--apis", nargs="*", default=APIS)
    options = parser.parse_args()
    problems = {n: shaped(p, n) for n, p in json.loads(pathlib.Path(options.problems).read_text()).items() if n in LAYERS}
    wrong, judged, shown, worst_of_all = [], 0, 0, 0.0
    files = sorted(f for folder in options.recordings for f in pathlib.Path(folder).glob("*.json"))
    for file in files:
        recording = json.loads(file.read_text())
        name = recording["problem"]
        with tempfile.TemporaryDirectory() as temporary:
            given = source(recording, pathlib.Path(temporary))
            code, out, said = run(options.launcher, "train", *given, "--problem", name, "--steps", STEPS)
            if code:
                continue
            own = json.loads(out)["snapshots"]
            for api in options.apis:
                code, text, said = run(options.launcher, *given, "--to", "tensorflow", "--as", "python", "--api", api,
                                       "--fail-on", "error")
                if code not in (0, 1) or not text:
                    continue
                same = code == 0
                try:
                    worst = distance(train(text, api, problems[name], name), own)
                except Exception as e:  # a text that does not run is what this looks for
                    wrong.append(f"{file.stem} {api}: {type(e).__name__}: {e}")
                    print(f"{file.stem:50} {api:14} does not run: {e}")
                    continue
                judged += same
                shown += not same
                if same:
                    worst_of_all = max(worst_of_all, worst)
                    if not worst <= options.tolerance:
                        wrong.append(f"{file.stem} {api}: called the same, and weights differ by {worst:.2g}")
                print(f"{file.stem:50} {api:14} {'same' if same else 'not the same':12} {worst:.2g}")
    with tempfile.TemporaryDirectory() as temporary:
        acts = in_an_estimator(options.launcher, pathlib.Path(temporary), problems["mlp"])
    if not acts > 1e-2:
        wrong.append(f"in an Estimator the decay changes the weights by {acts:.2g} only")
    print(f"{judged} programs called the same training, the largest difference {worst_of_all:.2g}; {shown} not called so;"
          f" in an Estimator the decay changes the weights by {acts:.2g}")
    for line in wrong:
        print("wrong:", line)
    return 1 if wrong or not judged else 0


if __name__ == "__main__":
    sys.exit(main())
