"""Records MomentumOptimizer with a rate of 1 on gradients times a schedule, for fixtures/goldens/tensorflow: what programs say
whose velocity must carry the learning rate. Float64 throughout.

Needs, from PyPI, tensorflow-cpu==2.15.1. To run it:

    python record_rates_in_gradients.py PROBLEMS FOLDER
"""

import json
import os
import pathlib
import sys

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

tf1 = tf.compat.v1
tf1.disable_v2_behavior()
F = np.float64
SHAPES = {"W1": (8, 6), "b1": (6,), "W2": (6, 4), "b2": (4,)}


def program(nesterov):
    """The program as data: what is read back."""
    optimizer = {"learning_rate": {"call": "tf.compat.v1.train.exponential_decay",
                                   "kwargs": {"learning_rate": 0.05, "decay_steps": 30, "decay_rate": 0.3, "staircase": True}},
                 "momentum": 0.9}
    if nesterov:
        optimizer["use_nesterov"] = True
    l2 = {"call": "tf_slim.l2_regularizer", "kwargs": {"scale": 0.05}}
    variables = [("ip1/kernel", l2), ("ip1/bias", None), ("ip2/kernel", l2), ("ip2/bias", None)]
    return {"layers": [{"call": "tf.compat.v1.get_variable", "kwargs": {"name": n, "regularizer": r}} for n, r in variables],
            "loss": "loss = tf.compat.v1.losses.sparse_softmax_cross_entropy(labels=labels, logits=logits);"
                    " loss = loss + tf.compat.v1.losses.get_regularization_loss()",
            "optimizer": {"call": "tf.compat.v1.train.MomentumOptimizer", "kwargs": optimizer},
            "gradients": {"times_rate": True}}


def record(problem, nesterov):
    x = np.array(problem["x"], F).reshape(32, 8)
    y = np.array(problem["labels"])
    with tf1.Graph().as_default(), tf1.Session() as session:
        v = {n: tf1.get_variable(n, initializer=tf.constant(np.array(problem["init"][n], F).reshape(s)))
             for n, s in SHAPES.items()}
        xs, ys = tf1.placeholder(tf.float64, [None, 8]), tf1.placeholder(tf.int64, [None])
        logits = tf.matmul(tf.tanh(tf.matmul(xs, v["W1"]) + v["b1"]), v["W2"]) + v["b2"]
        data = tf.reduce_mean(tf1.nn.sparse_softmax_cross_entropy_with_logits(labels=ys, logits=logits))
        loss = data + F(0.05) * (tf.nn.l2_loss(v["W1"]) + tf.nn.l2_loss(v["W2"]))
        step = tf1.train.get_or_create_global_step()
        rate = tf1.train.exponential_decay(F(0.05), step, 30, F(0.3), staircase=True)
        variables = list(v.values())
        gradients = [rate * g for g in tf.gradients(loss, variables)]
        optimizer = tf1.train.MomentumOptimizer(F(1.0), F(0.9), use_nesterov=nesterov)
        with tf.control_dependencies(gradients):
            train = optimizer.apply_gradients(zip(gradients, variables), global_step=step)
        session.run(tf1.global_variables_initializer())
        losses, rates, snapshots = [], [], []
        for t in range(100):
            rows = slice(8 * (t % 4), 8 * (t % 4) + 8)
            feed = {xs: x[rows], ys: y[rows]}
            if t < 10:
                losses.append(float(session.run(data, feed)))
            rates.append(float(session.run(rate)))
            session.run(train, feed)
            if t + 1 in (1, 2, 3, 5, 10, 20, 50, 100):
                snapshots.append({"step": t + 1, **{n: session.run(w).ravel().tolist() for n, w in v.items()}})
    return {"framework": "tf1", "framework_version": f"tensorflow {tf.__version__} (tf.compat.v1)", "dtype": "float64",
            "problem": "mlp", "notes": "MomentumOptimizer with a rate of 1 on gradients times the schedule's rate",
            "native": program(nesterov), "hyperparameters": "exact", "learning_rates": rates, "losses": losses,
            "snapshots": snapshots}


def main(problems, folder):
    problem = json.loads(pathlib.Path(problems).read_text())["mlp"]
    for name, nesterov in (("momentum", False), ("nesterov", True)):
        (pathlib.Path(folder) / f"tf1-{name}-of-rates-l2.json").write_text(json.dumps(record(problem, nesterov)))


if __name__ == "__main__":
    main(*sys.argv[1:])
